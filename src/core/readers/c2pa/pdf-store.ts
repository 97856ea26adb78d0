import { type Said, said } from '../../../say/said.js';
import type { C2paEvidence } from '../../c2pa/manifest-store.js';
import { fault } from '../../ground/fault.js';
import type { Asset } from '../../media/asset.js';
import { type Read, readValue } from '../../media/carrier.js';
import { readManifestStore } from '../manifest-store/index.js';
import type { ReadContext } from '../reader.js';
import { ask, saidBy } from './ask.js';
import { remarked } from './second-opinion.js';

/**
 * The engines look for a PDF's store in one way: a reference in the catalog's associated files, to a stream without a
 * filter. What they do not reach Assay may have found, and a store that is there must not come out as absent. The
 * native SDK takes it as it takes a sidecar, and holds it against the file.
 */
export async function withPdfStore(
  read: Read<C2paEvidence>,
  asset: Asset,
  format: string,
  context: ReadContext,
): Promise<Read<C2paEvidence>> {
  if (asset.mediaType.container !== 'pdf' || read.status === 'found' || read.status === 'failed') return read;
  const own = await readManifestStore(asset);
  const store = readValue(own);
  if (!store)
    return (own.status === 'failed' || own.status === 'malformed') &&
      STORE_MAY_BE_THERE.test(own.code) &&
      read.status !== 'malformed'
      ? (own as Read<never>)
      : read;
  if (context.engine === 'wasm') return unreached(said('engine.noCall', { engine: 'wasm' }));
  const answer = await ask('native', context, async (engine) =>
    engine.readSidecar
      ? engine.readSidecar(await asset.source(), format, store.bytes)
      : unreached(said('engine.noCall', { engine: 'native' })),
  );
  if ('fault' in answer) return unreached(saidBy('native', answer.fault));
  if (answer.read.status === 'absent') return unreached(said('engine.noManifest'));
  return remarked(answer.read, said('note.pdfStore.handed'));
}

/** Codes of a walk that came as far as a store, or to several, to where an encrypted PDF may have one, or to a bound. */
const STORE_MAY_BE_THERE = /^(manifestStore|bound)\./;

function unreached(why: Said): Read<C2paEvidence> {
  return { status: 'failed', ...fault('c2pa.storeNotReached', { why }) };
}

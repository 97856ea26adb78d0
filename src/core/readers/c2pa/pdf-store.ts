import { type Said, said } from '../../../say/said.js';
import type { C2paEvidence } from '../../c2pa/manifest-store.js';
import { fault } from '../../ground/fault.js';
import type { Asset } from '../../media/asset.js';
import { type Read, readValue } from '../../media/carrier.js';
import { readManifestStore } from '../manifest-store/index.js';
import { NEWEST } from '../manifest-store/pdf.js';
import type { ReadContext } from '../reader.js';
import { ask, saidBy } from './ask.js';
import { remarked } from './second-opinion.js';

/** `handed`: the store was given to the engine, and the other one cannot be asked about the same. */
export interface PdfRead {
  read: Read<C2paEvidence>;
  handed: boolean;
}

/**
 * The engines look for a PDF's store in one way: the first reference in the catalog's associated files, to a stream without a
 * filter. What they do not reach Assay may have found, and a store that is there must not come out as absent; of several the
 * first is the oldest, which says nothing of what was added since. The native SDK takes a store as it takes a sidecar, and
 * holds it against the file.
 */
export async function withPdfStore(
  read: Read<C2paEvidence>,
  asset: Asset,
  format: string,
  context: ReadContext,
): Promise<PdfRead> {
  const asked = (told: Read<C2paEvidence>): PdfRead => ({ read: told, handed: false });
  if (asset.mediaType.container !== 'pdf' || read.status === 'failed') return asked(read);
  const own = await readManifestStore(asset);
  const notes = own.notes ?? [];
  const store = readValue(own);
  if (!store) return asked(unfound(read, own));
  const isOneOfSeveral = notes.includes(NEWEST);
  if (read.status === 'found' && !isOneOfSeveral) return asked(remarked(read, ...notes));
  if (context.engine === 'wasm') return asked(unreached(said('engine.noCall', { engine: 'wasm' })));
  const answer = await ask('native', context, async (engine) =>
    engine.readSidecar
      ? engine.readSidecar(await asset.source(), format, store.bytes)
      : unreached(said('engine.noCall', { engine: 'native' })),
  );
  if ('fault' in answer) return asked(unreached(saidBy('native', answer.fault)));
  if (answer.read.status === 'absent') return asked(unreached(said('engine.noManifest')));
  const why = isOneOfSeveral ? [] : [said('note.pdfStore.handed')];
  return { read: remarked(answer.read, ...why, ...notes), handed: true };
}

/** Where Assay found no store, or more than it can tell apart. */
function unfound(
  read: Read<C2paEvidence>,
  own: Awaited<ReturnType<typeof readManifestStore>>,
): Read<C2paEvidence> {
  const told = remarked(read, ...(own.notes ?? []));
  if (own.status !== 'failed' && own.status !== 'malformed') return told;
  // Which of them the engine took nobody knows; where the newest cannot be read it took an older one.
  const isOther =
    read.status === 'found'
      ? own.code === 'manifestStore.several' || own.notes?.includes(NEWEST) === true
      : STORE_MAY_BE_THERE.test(own.code) && read.status !== 'malformed';
  return isOther ? (own as Read<never>) : told;
}

/** Codes of a walk that came as far as a store, or to several, to where an encrypted PDF may have one, or to a bound. */
const STORE_MAY_BE_THERE = /^(manifestStore|bound)\./;

function unreached(why: Said): Read<C2paEvidence> {
  return { status: 'failed', ...fault('c2pa.storeNotReached', { why }) };
}

import { fault } from '../../../base/fault.js';
import { type Message, message } from '../../../i18n/message.js';
import type { C2paEvidence } from '../../c2pa/manifest-store.js';
import type { Asset } from '../../media/asset.js';
import { foundValue, type Read } from '../../media/carrier.js';
import { readManifestStore } from '../manifest-store/index.js';
import { NEWEST_OF_SEVERAL } from '../manifest-store/pdf.js';
import type { ReadContext } from '../reader.js';
import { askEngine, engineMessage } from './ask.js';
import { addNotes } from './second-opinion.js';

/** `handed`: Assay passed the store to the engine, so the other engine cannot be asked about it. */
export interface PdfRead {
  read: Read<C2paEvidence>;
  handed: boolean;
}

/**
 * Reads stores of a PDF that the engines do not find. They look in one place only: the first reference in the catalog's
 * associated files, to a stream without a filter. Assay may have found a store elsewhere, and an existing store must
 * not be reported as absent; of several stores the first is the oldest, which says nothing about later additions. The
 * native SDK accepts a store like a sidecar and validates it against the file.
 */
export async function readPdfStore(
  read: Read<C2paEvidence>,
  asset: Asset,
  format: string,
  context: ReadContext,
): Promise<PdfRead> {
  const asRead = (told: Read<C2paEvidence>): PdfRead => ({ read: told, handed: false });
  if (asset.mediaType.container !== 'pdf' || read.status === 'failed') return asRead(read);
  const own = await readManifestStore(asset);
  const notes = own.notes ?? [];
  const store = foundValue(own);
  if (!store) return asRead(qualifyRead(read, own));
  const isOneOfSeveral = notes.includes(NEWEST_OF_SEVERAL);
  if (read.status === 'found' && !isOneOfSeveral) return asRead(addNotes(read, ...notes));
  if (context.engine === 'wasm') return asRead(notReached(message('engine.noCall', { engine: 'wasm' })));
  const answer = await askEngine('native', context, async (engine) =>
    engine.readSidecar
      ? engine.readSidecar(await asset.source(), format, store.bytes)
      : notReached(message('engine.noCall', { engine: 'native' })),
  );
  if ('fault' in answer) return asRead(notReached(engineMessage('native', answer.fault)));
  if (answer.read.status === 'absent') return asRead(notReached(message('engine.noManifest')));
  const why = isOneOfSeveral ? [] : [message('note.pdfStore.handed')];
  return { read: addNotes(answer.read, ...why, ...notes), handed: true };
}

/** Qualifies the engine's result if Assay found no store, or several that it cannot tell apart. */
function qualifyRead(
  read: Read<C2paEvidence>,
  own: Awaited<ReturnType<typeof readManifestStore>>,
): Read<C2paEvidence> {
  const told = addNotes(read, ...(own.notes ?? []));
  if (own.status !== 'failed' && own.status !== 'malformed') return told;
  // It is unknown which of them the engine read; if the newest cannot be read, it read an older one.
  const isOther =
    read.status === 'found'
      ? own.code === 'manifestStore.several' || own.notes?.includes(NEWEST_OF_SEVERAL) === true
      : STORE_MAY_BE_THERE.test(own.code) && read.status !== 'malformed';
  return isOther ? (own as Read<never>) : told;
}

/** Fault codes of a walk that reached one or several stores, an encrypted PDF that may have one, or a limit. */
const STORE_MAY_BE_THERE = /^(manifestStore|bound)\./;

function notReached(why: Message): Read<C2paEvidence> {
  return { status: 'failed', ...fault('c2pa.storeNotReached', { why }) };
}

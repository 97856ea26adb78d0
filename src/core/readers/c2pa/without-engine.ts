import { fault, pickFault } from '../../../base/fault.js';
import type { C2paEvidence } from '../../c2pa/manifest-store.js';
import type { Asset } from '../../media/asset.js';
import type { Read } from '../../media/carrier.js';
import { READ_TYPES } from '../../media/read-types.js';
import { conclude } from '../conclude.js';
import { hasOggStore } from '../containers/ogg-streams.js';
import { isStoreName, readZipMembers, type ZipWalk } from '../containers/zip-members.js';
import { readManifestStore } from '../manifest-store/index.js';
import type { ReadContext } from '../reader.js';

/**
 * Raw formats built on TIFF for which C2PA defines no embedding. A store that is nevertheless embedded as in TIFF is
 * reported as not read.
 */
const NO_EMBEDDING: ReadonlySet<string> = new Set([READ_TYPES.orf.mime, READ_TYPES.rw2.mime]);

const noEmbedding = (format: string) =>
  ({ status: 'unsupported', ...fault('carrier.none', { what: 'credentials', format }) }) as const;

/**
 * Reads formats for which C2PA defines an embedding but that no official engine reads. Assay checks whether a store is
 * present, so its absence is certain.
 */
export async function readWithoutEngine(asset: Asset, context: ReadContext): Promise<Read<C2paEvidence>> {
  const { container, format, mime } = asset.mediaType;
  const notRead = {
    status: 'unsupported',
    ...fault('carrier.notRead', { what: 'credentials', format }),
  } as const;
  // A supplied manifest store is the only one of interest.
  if (context.sidecars?.store !== undefined) return notRead;
  if (container === 'ogg') return (await hasOggStore(asset)) ? notRead : { status: 'absent' };
  if (container === 'zip') return findStoreInZip(await readZipMembers(asset), notRead);
  const own = await readManifestStore(asset);
  if (own.status === 'found' || own.status === 'unsupported') return notRead;
  if (NO_EMBEDDING.has(mime)) return noEmbedding(format);
  if (own.status === 'absent') return own;
  const why = pickFault(own);
  return own.status === 'malformed' ? { status: 'malformed', ...why } : { status: 'failed', ...why };
}

/** Searches the directory for a store. A truncated directory may have listed one beyond the break. */
function findStoreInZip({ items, fault: stopped }: ZipWalk, notRead: Read<C2paEvidence>): Read<C2paEvidence> {
  if (items.some(({ name }) => isStoreName(name))) return notRead;
  const read = conclude<C2paEvidence | undefined>(undefined, true, stopped);
  return read.status === 'found' ? { status: 'absent' } : (read as Read<C2paEvidence>);
}

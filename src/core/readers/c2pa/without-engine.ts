import type { C2paEvidence } from '../../c2pa/manifest-store.js';
import { bareFault, fault } from '../../ground/fault.js';
import type { Asset } from '../../media/asset.js';
import type { Read } from '../../media/carrier.js';
import { READ_TYPES } from '../../media/read-types.js';
import { conclude } from '../conclude.js';
import { oggHoldsStore } from '../containers/ogg-streams.js';
import { isStoreName, type ZipWalk, zipMembers } from '../containers/zip-members.js';
import { readManifestStore } from '../manifest-store/index.js';
import type { ReadContext } from '../reader.js';

/** Raws built on TIFF for which C2PA defines no place: where a store stands in TIFF’s all the same, it is told as not read. */
const NO_PLACE: ReadonlySet<string> = new Set([READ_TYPES.orf.mime, READ_TYPES.rw2.mime]);

const noPlace = (format: string) =>
  ({ status: 'unsupported', ...fault('carrier.none', { what: 'credentials', format }) }) as const;

/**
 * Formats with a standard place for a manifest store that no official engine reads: we look whether one stands there, and
 * where none does, that is known.
 */
export async function readWithoutEngine(asset: Asset, context: ReadContext): Promise<Read<C2paEvidence>> {
  const { container, format, mime } = asset.mediaType;
  const notRead = {
    status: 'unsupported',
    ...fault('carrier.notRead', { what: 'credentials', format }),
  } as const;
  // Whoever brings a manifest store asks about that one.
  if (context.sidecars?.store !== undefined) return notRead;
  if (container === 'ogg') return (await oggHoldsStore(asset)) ? notRead : { status: 'absent' };
  if (container === 'zip') return inZip(await zipMembers(asset), notRead);
  const own = await readManifestStore(asset);
  if (own.status === 'found' || own.status === 'unsupported') return notRead;
  if (NO_PLACE.has(mime)) return noPlace(format);
  if (own.status === 'absent') return own;
  const why = bareFault(own);
  return own.status === 'malformed' ? { status: 'malformed', ...why } : { status: 'failed', ...why };
}

/** A directory that broke off may have named it behind that. */
function inZip({ items, fault: stopped }: ZipWalk, notRead: Read<C2paEvidence>): Read<C2paEvidence> {
  if (items.some(({ name }) => isStoreName(name))) return notRead;
  const read = conclude<C2paEvidence | undefined>(undefined, true, stopped);
  return read.status === 'found' ? { status: 'absent' } : (read as Read<C2paEvidence>);
}

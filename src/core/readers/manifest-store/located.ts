import { fault } from '../../../base/fault.js';
import type { Message } from '../../../i18n/message.js';
import type { ByteRange } from '../../media/asset.js';
import { foundValue, type Read } from '../../media/carrier.js';
import { isManifestStoreStart } from '../../trust/formats/manifest-boxes.js';
import { trustLimits } from '../../trust/lists/trust-limits.js';
import { conclude, type WalkFault } from '../conclude.js';
import { bounded, malformed } from '../containers/walk.js';

/** Raw manifest store of a file and its locator. */
export interface RawManifestStore {
  bytes: Buffer;
  locator: string;
  /** Offset from the start of the file; absent if the store was assembled from pieces. */
  offset?: number;
  /**
   * Byte ranges of the file that the store occupies, including the container's fields that frame it or state its
   * length. A hard binding has to exclude these, because they are unknown before signing. Absent if they cannot be
   * determined.
   */
  ranges?: readonly ByteRange[];
  /** Whole metadata segments, for containers in which these never hold picture data. */
  metadata?: readonly ByteRange[];
}

/** Result of one container's walk: stores that identify themselves as such, and the fault that cut the walk short. */
export interface LocatedStores {
  stores: RawManifestStore[];
  fault?: WalkFault | undefined;
  /** Set if a position reserved for C2PA holds bytes that are not JUMBF, and so no other kind of store either. */
  holdsOther?: boolean;
  /** Notes on stores that were not read. */
  notes?: readonly Message[];
}

/**
 * Concludes the read. The standard allows one store per file; with several, the engines and Assay could read different
 * ones.
 */
export function concludeStores({
  stores,
  fault: walkFault,
  holdsOther,
  notes = [],
}: LocatedStores): Read<RawManifestStore> {
  const [store, ...others] = stores;
  const stopped = walkFault ?? (holdsOther && !store ? malformed('manifestStore.other') : undefined);
  if (!store) {
    const none = conclude<RawManifestStore>({ bytes: Buffer.alloc(0), locator: '' }, true, stopped);
    return notes.length === 0 ? none : { ...none, notes };
  }
  if (others.length > 0) {
    return { status: 'malformed', ...fault('manifestStore.several') };
  }
  return conclude(store, false, stopped, notes);
}

const OF_STORE: ReadonlySet<string> = new Set([
  'manifestStore.several',
  'manifestStore.other',
  'manifestStore.pdf',
  'bound.manifestStore',
  'jpeg.app11Order',
]);

/** Returns whether the walk reached a manifest store, or a position reserved for C2PA with content, readable or not. */
export const isLocated = (read: Read<RawManifestStore>): boolean =>
  foundValue(read) !== undefined || ('code' in read && read.code !== undefined && OF_STORE.has(read.code));

/** Returns whether the bytes are content other than JUMBF. */
export const isNoJumbf = (bytes: Buffer): boolean =>
  bytes.length > 0 && bytes.toString('latin1', 4, 8) !== 'jumb';

/** Returns the candidate as a C2PA store; `undefined` for other JUMBF, which may occur in the same positions. */
export function toStore(
  bytes: Buffer,
  place: string,
  where: Pick<RawManifestStore, 'offset' | 'ranges'>,
): RawManifestStore[] {
  return isManifestStoreStart(bytes) ? [{ bytes, locator: place, ...where }] : [];
}

export function findSizeFault(bytes: number): WalkFault | undefined {
  return bytes > trustLimits.manifestStoreBytes
    ? bounded('bound.manifestStore', { of: 'other', most: trustLimits.manifestStoreBytes })
    : undefined;
}

export const createCutOffFault = (): WalkFault => malformed('manifestStore.truncated');

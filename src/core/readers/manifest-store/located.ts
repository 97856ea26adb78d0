import type { Said } from '../../../say/said.js';
import { fault } from '../../ground/fault.js';
import type { ByteRange } from '../../media/asset.js';
import { type Read, readValue } from '../../media/carrier.js';
import { beginsManifestStore } from '../../trust/manifest-boxes.js';
import { trustLimits } from '../../trust/trust-limits.js';
import { conclude, type WalkFault } from '../conclude.js';
import { bounded, malformed } from '../containers/walk.js';

/** The raw manifest store of a file and where it stands there. */
export interface RawManifestStore {
  bytes: Buffer;
  place: string;
  /** Bytes from the start of the file; left out where the store is pieced together. */
  offset?: number;
  /**
   * The bytes of the file that it takes, together with the fields of the container that frame it or state its length. A hard
   * binding has to leave these out, since they are not known before signing. Left out where they cannot be told.
   */
  ranges?: readonly ByteRange[];
  /** Whole segments of metadata in a container in which none of them holds any of the picture. */
  metadata?: readonly ByteRange[];
}

/** What one container's walk found: stores that announce themselves as such, and what cut the walk short. */
export interface Located {
  stores: RawManifestStore[];
  fault?: WalkFault | undefined;
  /** A place that is C2PA's alone holds bytes that are no JUMBF, and so no store of others either. */
  holdsOther?: boolean;
  /** What should be known of stores that were not taken. */
  notes?: readonly Said[];
}

/** The standard allows one store a file: with several, the engines and Assay could take different ones. */
export function concludeStores({
  stores,
  fault: walkFault,
  holdsOther,
  notes = [],
}: Located): Read<RawManifestStore> {
  const [store, ...others] = stores;
  const stopped = walkFault ?? (holdsOther && !store ? malformed('manifestStore.other') : undefined);
  if (!store) {
    const none = conclude<RawManifestStore>({ bytes: Buffer.alloc(0), place: '' }, true, stopped);
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

/** Whether the walk came to a manifest store, or to a place of C2PA's own that holds something, be it readable or not. */
export const isLocated = (read: Read<RawManifestStore>): boolean =>
  readValue(read) !== undefined || ('code' in read && read.code !== undefined && OF_STORE.has(read.code));

/** Empty places are none either. */
export const isNoJumbf = (bytes: Buffer): boolean =>
  bytes.length > 0 && bytes.toString('latin1', 4, 8) !== 'jumb';

/** A candidate that is no C2PA store is passed over: other JUMBF lives in the same places. */
export function asStore(
  bytes: Buffer,
  place: string,
  where: Pick<RawManifestStore, 'offset' | 'ranges'>,
): RawManifestStore[] {
  return beginsManifestStore(bytes) ? [{ bytes, place, ...where }] : [];
}

export function tooLarge(bytes: number): WalkFault | undefined {
  return bytes > trustLimits.manifestStoreBytes
    ? bounded('bound.manifestStore', { of: 'other', most: trustLimits.manifestStoreBytes })
    : undefined;
}

export const cutOff = (): WalkFault => malformed('manifestStore.truncated');

import type { Said } from '../../../say/said.js';
import { fault } from '../../ground/fault.js';
import type { Read } from '../../media/carrier.js';
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
}

/** What one container's walk found: stores that announce themselves as such, and what cut the walk short. */
export interface Located {
  stores: RawManifestStore[];
  fault?: WalkFault | undefined;
  /** What should be known of stores that were not taken. */
  notes?: readonly Said[];
}

/** The standard allows one store a file: with several, the engines and Assay could take different ones. */
export function concludeStores({ stores, fault: stopped, notes = [] }: Located): Read<RawManifestStore> {
  const [store, ...others] = stores;
  if (!store) {
    const none = conclude<RawManifestStore>({ bytes: Buffer.alloc(0), place: '' }, true, stopped);
    return notes.length === 0 ? none : { ...none, notes };
  }
  if (others.length > 0) {
    return { status: 'malformed', ...fault('manifestStore.several') };
  }
  return conclude(store, false, stopped, notes);
}

/** A candidate that is no C2PA store is passed over: other JUMBF lives in the same places. */
export function asStore(bytes: Buffer, place: string, offset?: number): RawManifestStore[] {
  return beginsManifestStore(bytes) ? [{ bytes, place, ...(offset === undefined ? {} : { offset }) }] : [];
}

export function tooLarge(bytes: number): WalkFault | undefined {
  return bytes > trustLimits.manifestStoreBytes
    ? bounded('bound.manifestStore', { of: 'other', most: trustLimits.manifestStoreBytes })
    : undefined;
}

export const cutOff = (): WalkFault => malformed('manifestStore.truncated');

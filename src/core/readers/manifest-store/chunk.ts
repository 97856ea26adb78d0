import type { Asset, ByteRange } from '../../media/asset.js';
import { isManifestStoreStart } from '../../trust/formats/manifest-boxes.js';
import {
  createCutOffFault,
  findSizeFault,
  isNoJumbf,
  type LocatedStores,
  type RawManifestStore,
} from './located.js';

/** Byte span that may be the store. */
export interface StoreCandidate {
  locator: string;
  offset: number;
  bytes: number;
  /** Value of `RawManifestStore.ranges` if the candidate is a store. */
  ranges: readonly ByteRange[];
  /** Set if only a manifest store may be in this position. */
  isOfC2pa?: true;
}

/** Length sufficient to recognize a store: the headers of `jumb` and `jumd`, and the content type. */
const HEAD_BYTES = 40;

/**
 * Returns the candidates that are a C2PA store. Only the first bytes of each are read before it is recognized, because
 * a file can point to the same large run from thousands of places.
 */
export async function readStoreCandidates(
  asset: Asset,
  candidates: readonly StoreCandidate[],
  fault?: LocatedStores['fault'],
): Promise<LocatedStores> {
  const stores: RawManifestStore[] = [];
  let holdsOther = false;
  for (const { locator, offset, bytes, ranges, isOfC2pa } of candidates) {
    const head = await asset.read(offset, Math.min(bytes, HEAD_BYTES));
    if (!isManifestStoreStart(head)) {
      holdsOther ||= isOfC2pa === true && isNoJumbf(head);
      continue;
    }
    const large = findSizeFault(bytes);
    if (large) return { stores, fault: large };
    const read = await asset.read(offset, bytes);
    stores.push({ bytes: read, locator, offset, ranges });
    if (read.length < bytes) return { stores, fault: createCutOffFault() };
    // Two already exceed the standard's maximum.
    if (stores.length > 1) break;
  }
  return { stores, fault, holdsOther };
}

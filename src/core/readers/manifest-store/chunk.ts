import type { Asset, ByteRange } from '../../media/asset.js';
import { beginsManifestStore } from '../../trust/manifest-boxes.js';
import { cutOff, isNoJumbf, type Located, type RawManifestStore, tooLarge } from './located.js';

/** A run of bytes in the file that may be the store. */
export interface Candidate {
  place: string;
  offset: number;
  bytes: number;
  /** Where the store is one: what `RawManifestStore.ranges` is. */
  ranges: readonly ByteRange[];
  /** Nothing but a manifest store stands in such a place. */
  isOfC2pa?: true;
}

/** Enough of a store to know it by: the headers of `jumb` and `jumd`, and the content type. */
const HEAD_BYTES = 40;

/**
 * Keeps those that are a C2PA store. Only the first bytes of each are read before it is known for one: a file
 * can point to the same large run from thousands of places.
 */
export async function readCandidates(
  asset: Asset,
  candidates: readonly Candidate[],
  fault?: Located['fault'],
): Promise<Located> {
  const stores: RawManifestStore[] = [];
  let holdsOther = false;
  for (const { place, offset, bytes, ranges, isOfC2pa } of candidates) {
    const head = await asset.read(offset, Math.min(bytes, HEAD_BYTES));
    if (!beginsManifestStore(head)) {
      holdsOther ||= isOfC2pa === true && isNoJumbf(head);
      continue;
    }
    const large = tooLarge(bytes);
    if (large) return { stores, fault: large };
    const read = await asset.read(offset, bytes);
    stores.push({ bytes: read, place, offset, ranges });
    if (read.length < bytes) return { stores, fault: cutOff() };
    // Two are already more than the standard allows.
    if (stores.length > 1) break;
  }
  return { stores, fault, holdsOther };
}

import type { Asset } from '../../media/asset.js';
import { type BmffBox, listTopBoxes } from '../containers/bmff-boxes.js';
import { readStoreCandidates, type StoreCandidate } from './chunk.js';
import type { LocatedStores, RawManifestStore } from './located.js';

/** UUID of the ContentProvenanceBox (C2PA 2.2 Annex A). */
const CONTENT_PROVENANCE = 'd8fec3d61b0e483c92975828877ec481';
/** uuid (16), version and flags (4); then the purpose as a C string and, for a store, an 8-byte offset to Merkle boxes. */
const PREFIX_BYTES = 20;
const MERKLE_OFFSET_BYTES = 8;
const EXTENDED_SIZE = 1;
const MAX_PURPOSE_BYTES = 64;
const STORE_PURPOSES = ['manifest', 'original', 'update'] as const;
type Purpose = (typeof STORE_PURPOSES)[number];

/** Locates the store of MP4, MOV, M4A, HEIF and AVIF: a top-level `uuid` box. */
export async function findBmffStore(asset: Asset): Promise<LocatedStores> {
  const { items, fault } = await listTopBoxes(asset);
  const candidates: (StoreCandidate & { purpose: Purpose })[] = [];
  for (const box of items.filter((b) => b.type === 'uuid')) {
    const purpose = await purposeOf(asset, box);
    if (!purpose) continue;
    const skip = PREFIX_BYTES + purpose.length + 1 + MERKLE_OFFSET_BYTES;
    candidates.push({
      purpose,
      locator: `box uuid (${purpose})`,
      offset: box.dataOffset + skip,
      bytes: Math.max(0, box.dataBytes - skip),
      isOfC2pa: true,
      ranges: [{ start: box.offset, bytes: box.dataOffset - box.offset + box.dataBytes }],
    });
  }
  const first = await readStoreCandidates(
    asset,
    candidates.filter((c) => c.purpose !== 'update'),
    fault,
  );
  const updates = await readStoreCandidates(
    asset,
    candidates.filter((c) => c.purpose === 'update'),
    first.fault,
  );
  const holdsOther = first.holdsOther === true || updates.holdsOther === true;
  return { stores: joinStores(first.stores, updates.stores), fault: updates.fault, holdsOther };
}

/**
 * Returns whether a segment states its hash. The manifest with all hashes is in the initialisation segment (Annex
 * A.5.2).
 */
export async function hasSegmentHash(asset: Asset): Promise<boolean> {
  const { items } = await listTopBoxes(asset);
  for (const box of items.filter((b) => b.type === 'uuid'))
    if ((await readPurpose(asset, box)) === 'merkle') return true;
  return false;
}

async function purposeOf(asset: Asset, box: BmffBox): Promise<Purpose | undefined> {
  const purpose = await readPurpose(asset, box);
  return STORE_PURPOSES.find((p) => p === purpose);
}

/** Returns the purpose of a C2PA box; `undefined` for other boxes. */
async function readPurpose(asset: Asset, box: BmffBox): Promise<string | undefined> {
  const head = await asset.read(box.dataOffset, Math.min(box.dataBytes, PREFIX_BYTES + MAX_PURPOSE_BYTES));
  if (head.length <= PREFIX_BYTES || head.toString('hex', 0, 16) !== CONTENT_PROVENANCE) return undefined;
  const end = head.indexOf(0, PREFIX_BYTES);
  return end < 0 ? undefined : head.toString('latin1', PREFIX_BYTES, end);
}

/**
 * Joins update manifests to the first store. An update manifest leaves the first store in place, so that no offset in
 * the file moves, and is in a box of its own at the end: its manifests follow those of the first. Without a first store
 * it updates nothing.
 */
function joinStores(stores: RawManifestStore[], updates: RawManifestStore[]): RawManifestStore[] {
  const [first] = stores;
  const [update] = updates;
  const plain = (store: RawManifestStore | undefined) =>
    store !== undefined && store.bytes.readUInt32BE(0) !== EXTENDED_SIZE;
  if (stores.length !== 1 || updates.length !== 1 || !first || !update || !plain(first) || !plain(update))
    return [...stores, ...updates];
  const body = trimPadding(first.bytes);
  const added = trimPadding(update.bytes);
  const skip = 8 + (added.length >= 12 ? added.readUInt32BE(8) : 0);
  const whole = Buffer.concat([body, added.subarray(skip)]);
  whole.writeUInt32BE(whole.length, 0);
  const ranges = [...(first.ranges ?? []), ...(update.ranges ?? [])];
  return [{ bytes: whole, locator: `${first.locator} and ${update.locator}`, ranges }];
}

/** Trims the store to the length in its header. Boxes are padded to keep their size when a manifest is replaced. */
function trimPadding(store: Buffer): Buffer {
  const size = store.readUInt32BE(0);
  return size >= 8 && size <= store.length ? store.subarray(0, size) : store;
}

import type { Asset } from '../../media/asset.js';
import { type BmffBox, topBoxes } from '../containers/bmff-boxes.js';
import { type Candidate, readCandidates } from './chunk.js';
import type { Located, RawManifestStore } from './located.js';

/** C2PA 2.2 Annex A: the ContentProvenanceBox. */
const CONTENT_PROVENANCE = 'd8fec3d61b0e483c92975828877ec481';
/** uuid (16), version and flags (4); then the purpose as C string, and for a store an 8-byte offset to Merkle boxes. */
const PREFIX_BYTES = 20;
const MERKLE_OFFSET_BYTES = 8;
const EXTENDED_SIZE = 1;
const LONGEST_PURPOSE_BYTES = 64;
const STORE_PURPOSES = ['manifest', 'original', 'update'] as const;
type Purpose = (typeof STORE_PURPOSES)[number];

/** MP4, MOV, M4A, HEIF, AVIF: the top-level `uuid` box with a store in it. */
export async function bmffStore(asset: Asset): Promise<Located> {
  const { items, fault } = await topBoxes(asset);
  const candidates: (Candidate & { purpose: Purpose })[] = [];
  for (const box of items.filter((b) => b.type === 'uuid')) {
    const purpose = await purposeOf(asset, box);
    if (!purpose) continue;
    const skip = PREFIX_BYTES + purpose.length + 1 + MERKLE_OFFSET_BYTES;
    candidates.push({
      purpose,
      place: `box uuid (${purpose})`,
      offset: box.dataOffset + skip,
      bytes: Math.max(0, box.dataBytes - skip),
      isOfC2pa: true,
      ranges: [{ start: box.offset, bytes: box.dataOffset - box.offset + box.dataBytes }],
    });
  }
  const first = await readCandidates(
    asset,
    candidates.filter((c) => c.purpose !== 'update'),
    fault,
  );
  const updates = await readCandidates(
    asset,
    candidates.filter((c) => c.purpose === 'update'),
    first.fault,
  );
  const holdsOther = first.holdsOther === true || updates.holdsOther === true;
  return { stores: joined(first.stores, updates.stores), fault: updates.fault, holdsOther };
}

/** Annex A.5.2: a segment names its hash among those of a manifest, which stands in the initialisation segment. */
export async function namesItsHash(asset: Asset): Promise<boolean> {
  const { items } = await topBoxes(asset);
  for (const box of items.filter((b) => b.type === 'uuid'))
    if ((await purposeWritten(asset, box)) === 'merkle') return true;
  return false;
}

async function purposeOf(asset: Asset, box: BmffBox): Promise<Purpose | undefined> {
  const purpose = await purposeWritten(asset, box);
  return STORE_PURPOSES.find((p) => p === purpose);
}

/** Of a box of C2PA alone. */
async function purposeWritten(asset: Asset, box: BmffBox): Promise<string | undefined> {
  const head = await asset.read(
    box.dataOffset,
    Math.min(box.dataBytes, PREFIX_BYTES + LONGEST_PURPOSE_BYTES),
  );
  if (head.length <= PREFIX_BYTES || head.toString('hex', 0, 16) !== CONTENT_PROVENANCE) return undefined;
  const end = head.indexOf(0, PREFIX_BYTES);
  return end < 0 ? undefined : head.toString('latin1', PREFIX_BYTES, end);
}

/**
 * An update manifest leaves the first store where it is, so that no offset in the file moves, and stands in a
 * box of its own at the end: its manifests follow those of the first. Without a first store it updates nothing.
 */
function joined(stores: RawManifestStore[], updates: RawManifestStore[]): RawManifestStore[] {
  const [first] = stores;
  const [update] = updates;
  const plain = (store: RawManifestStore | undefined) =>
    store !== undefined && store.bytes.readUInt32BE(0) !== EXTENDED_SIZE;
  if (stores.length !== 1 || updates.length !== 1 || !first || !update || !plain(first) || !plain(update))
    return [...stores, ...updates];
  const body = unpadded(first.bytes);
  const added = unpadded(update.bytes);
  const skip = 8 + (added.length >= 12 ? added.readUInt32BE(8) : 0);
  const whole = Buffer.concat([body, added.subarray(skip)]);
  whole.writeUInt32BE(whole.length, 0);
  const ranges = [...(first.ranges ?? []), ...(update.ranges ?? [])];
  return [{ bytes: whole, place: `${first.place} and ${update.place}`, ranges }];
}

/** The store as long as its own header says; boxes are padded to keep their size when a manifest is replaced. */
function unpadded(store: Buffer): Buffer {
  const size = store.readUInt32BE(0);
  return size >= 8 && size <= store.length ? store.subarray(0, size) : store;
}

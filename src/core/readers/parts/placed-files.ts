import { said } from '../../../say/said.js';
import type { AssetPart } from '../../evidence/evidence.js';
import { fault } from '../../ground/fault.js';
import { limits } from '../../ground/limits.js';
import { withoutEnd } from '../../ground/text-end.js';
import type { Asset } from '../../media/asset.js';
import { endOfDescriptor } from '../containers/psd-descriptor.js';
import { psdLayers, sectionAt } from '../containers/psd-sections.js';
import { bounded, malformed } from '../containers/walk.js';
import { type Inner, nothingInside, together } from './inner.js';
import { partName } from './part-name.js';

/**
 * Files placed in a Photoshop document (smart objects): the document keeps each whole, behind all layers (Adobe Photoshop
 * File Formats Specification, “Linked Layer”). Layers themselves are pixels.
 */
export async function placedInPsd(asset: Asset): Promise<Inner> {
  const layers = await psdLayers(asset);
  // That the document breaks off is told by the readers of what stands before.
  if (!layers || layers.end <= layers.start) return nothingInside();
  const info = await sectionAt(asset, layers.start, layers.large ? 8 : 4);
  // Old programs leave out all that follows the layers.
  if (!info || info.end + 4 > layers.end) return nothingInside(info ? undefined : BROKEN);
  const masks = await sectionAt(asset, info.end);
  if (!masks || masks.end > layers.end) return nothingInside(BROKEN);
  return inBlocks(asset, masks.end, layers);
}

const BROKEN = malformed('psd.truncated', { what: 'length' });
const LINKED: ReadonlySet<string> = new Set(['lnkD', 'lnk2', 'lnk3', 'lnkE']);
const SIGNATURE = /^8B(IM|64)$/;
const HEAD_BYTES = 16;

interface Block {
  key: string;
  start: number;
  end: number;
}

async function inBlocks(asset: Asset, from: number, layers: { end: number; large: boolean }): Promise<Inner> {
  const found: Inner[] = [];
  let at = from;
  for (let count = 0; at + 12 <= layers.end; count++) {
    if (count >= limits.psdResources)
      return together(...found, nothingInside(bounded('bound.psdResources', { most: limits.psdResources })));
    const block = await blockAt(asset, at, layers);
    if (block === undefined) return together(...found, nothingInside(BROKEN));
    if (LINKED.has(block.key)) found.push(await inLinked(asset, block));
    at = await nextBlock(asset, block.end, layers.end);
  }
  return together(...found);
}

/** In PSB some blocks give their length in 64 bits, and which ones do is not the same in all versions. */
async function blockAt(
  asset: Asset,
  at: number,
  { end: most, large }: { end: number; large: boolean },
): Promise<Block | undefined> {
  const head = await asset.read(at, HEAD_BYTES);
  if (!SIGNATURE.test(head.toString('latin1', 0, 4))) return undefined;
  const key = head.toString('latin1', 4, 8);
  const short = { key, start: at + 12, end: at + 12 + head.readUInt32BE(8) };
  if (!large || head.length < HEAD_BYTES) return short.end > most ? undefined : short;
  const long = { key, start: at + 16, end: at + 16 + Number(head.readBigUInt64BE(8)) };
  for (const block of [long, short]) {
    if (block.end > most) continue;
    const next = await nextBlock(asset, block.end, most);
    if (next + 12 > most || SIGNATURE.test((await asset.read(next, 4)).toString('latin1'))) return block;
  }
  return undefined;
}

/** Blocks are filled up to four bytes, or to two, or are not. */
async function nextBlock(asset: Asset, end: number, most: number): Promise<number> {
  const head = await asset.read(end, 8);
  for (let at = 0; at < 4; at++) if (SIGNATURE.test(head.toString('latin1', at, at + 4))) return end + at;
  return Math.min(most, end + 4 - (end % 4));
}

/** A list of files: each with its length in 64 bits, filled up to four bytes. */
async function inLinked(asset: Asset, block: Block): Promise<Inner> {
  const found: Inner[] = [];
  for (let at = block.start; at + 8 <= block.end; ) {
    const entry = await sectionAt(asset, at, 8);
    if (!entry || entry.end > block.end) return together(...found, nothingInside(BROKEN));
    found.push(await linkedFile(asset, entry));
    if (found.length > limits.parts) break;
    at = entry.end + ((4 - ((entry.end - entry.start) % 4)) % 4);
  }
  return together(...found);
}

/** What stands before the file: names and a descriptor of how it was opened. */
const BEFORE_FILE_BYTES = 256 * 1024;
const EMBEDDED = 'liFD';

async function linkedFile(asset: Asset, entry: { start: number; end: number }): Promise<Inner> {
  const most = Math.min(entry.end - entry.start, BEFORE_FILE_BYTES);
  const head = await asset.read(entry.start, most);
  const place = 'linked layer';
  const base = { kind: 'attachment' as const, place, offset: entry.start, bytes: entry.end - entry.start };
  const fields = fieldsOf(head);
  if (fields === undefined) return { parts: [{ ...base, closed: fault('part.damaged') }] };
  const { kind, name, bytes, at } = fields;
  if (kind !== EMBEDDED && bytes === 0)
    return {
      parts: [],
      notes: [said('note.partLink', { place, link: name.slice(0, limits.faultParamCharacters) })],
    };
  const part: AssetPart = { ...base, ...partName(name) };
  if (kind !== EMBEDDED || at === undefined) return { parts: [{ ...part, closed: fault('part.packing') }] };
  const offset = entry.start + at;
  if (offset + bytes > entry.end) return { parts: [{ ...part, closed: fault('part.damaged') }] };
  return { parts: [{ ...part, offset, bytes }] };
}

interface Fields {
  kind: string;
  name: string;
  /** Of the file. */
  bytes: number;
  /** Where the file begins; undefined where what stands before it is not known. */
  at: number | undefined;
}

function fieldsOf(head: Buffer): Fields | undefined {
  if (head.length < 9) return undefined;
  const nameAt = 9 + (head[8] ?? 0);
  if (nameAt + 4 > head.length) return undefined;
  const nameEnd = nameAt + 4 + 2 * head.readUInt32BE(nameAt);
  // File type, creator, length, whether a descriptor follows.
  const after = nameEnd + 17;
  if (after > head.length) return undefined;
  const name = withoutEnd(
    Buffer.from(head.subarray(nameAt + 4, nameEnd))
      .swap16()
      .toString('utf16le'),
    '\0',
  );
  const isDescribed = head[after - 1] !== 0;
  return {
    kind: head.toString('latin1', 0, 4),
    name,
    bytes: Number(head.readBigUInt64BE(nameEnd + 8)),
    at: isDescribed ? endOfDescriptor(head, after + 4) : after,
  };
}

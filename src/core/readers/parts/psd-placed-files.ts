import { fault } from '../../../base/fault.js';
import { limits } from '../../../base/limits.js';
import { trimEndCharacters } from '../../../base/trim-end.js';
import { message } from '../../../i18n/message.js';
import type { AssetPart } from '../../evidence/evidence.js';
import type { Asset } from '../../media/asset.js';
import { findDescriptorEnd } from '../containers/psd-descriptor.js';
import { findPsdLayers, readSectionSpan } from '../containers/psd-sections.js';
import { bounded, malformed } from '../containers/walk.js';
import { type InnerParts, mergeInnerParts, noInnerParts } from './inner.js';
import { toPartName } from './part-name.js';

/**
 * Returns the files placed in a Photoshop document (smart objects). The document stores each whole, after all layers
 * (Adobe Photoshop File Formats Specification, “Linked Layer”). Layers themselves are pixels.
 */
export async function findPlacedFiles(asset: Asset): Promise<InnerParts> {
  const layers = await findPsdLayers(asset);
  // The readers of the preceding sections report the truncation.
  if (!layers || layers.end <= layers.start) return noInnerParts();
  const info = await readSectionSpan(asset, layers.start, layers.large ? 8 : 4);
  // Old programs omit everything after the layers.
  if (!info || info.end + 4 > layers.end) return noInnerParts(info ? undefined : BROKEN);
  const masks = await readSectionSpan(asset, info.end);
  if (!masks || masks.end > layers.end) return noInnerParts(BROKEN);
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

async function inBlocks(
  asset: Asset,
  from: number,
  layers: { end: number; large: boolean },
): Promise<InnerParts> {
  const found: InnerParts[] = [];
  let at = from;
  for (let count = 0; at + 12 <= layers.end; count++) {
    if (count >= limits.psdResources)
      return mergeInnerParts(
        ...found,
        noInnerParts(bounded('bound.entries', { place: 'PSD', most: limits.psdResources })),
      );
    const block = await readBlock(asset, at, layers);
    if (block === undefined) return mergeInnerParts(...found, noInnerParts(BROKEN));
    if (LINKED.has(block.key)) found.push(await findLinkedFiles(asset, block));
    at = await findNextBlock(asset, block.end, layers.end);
  }
  return mergeInnerParts(...found);
}

/** Reads a block. In PSB some blocks have a 64-bit length; which ones depends on the version. */
async function readBlock(
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
    const next = await findNextBlock(asset, block.end, most);
    if (next + 12 > most || SIGNATURE.test((await asset.read(next, 4)).toString('latin1'))) return block;
  }
  return undefined;
}

/** Returns the start of the next block. Blocks may be padded to four bytes, to two, or not at all. */
async function findNextBlock(asset: Asset, end: number, most: number): Promise<number> {
  const head = await asset.read(end, 8);
  for (let at = 0; at < 4; at++) if (SIGNATURE.test(head.toString('latin1', at, at + 4))) return end + at;
  return Math.min(most, end + 4 - (end % 4));
}

/** Reads a list of files, each with a 64-bit length and padded to four bytes. */
async function findLinkedFiles(asset: Asset, block: Block): Promise<InnerParts> {
  const found: InnerParts[] = [];
  for (let at = block.start; at + 8 <= block.end; ) {
    const entry = await readSectionSpan(asset, at, 8);
    if (!entry || entry.end > block.end) return mergeInnerParts(...found, noInnerParts(BROKEN));
    found.push(await readLinkedFile(asset, entry));
    if (found.length > limits.parts) break;
    at = entry.end + ((4 - ((entry.end - entry.start) % 4)) % 4);
  }
  return mergeInnerParts(...found);
}

/** Maximum length of the data before the file: names and a descriptor of how it was opened. */
const BEFORE_FILE_BYTES = 256 * 1024;
const EMBEDDED = 'liFD';

async function readLinkedFile(asset: Asset, entry: { start: number; end: number }): Promise<InnerParts> {
  const most = Math.min(entry.end - entry.start, BEFORE_FILE_BYTES);
  const head = await asset.read(entry.start, most);
  const place = 'linked layer';
  const base = {
    kind: 'attachment' as const,
    locator: place,
    offset: entry.start,
    bytes: entry.end - entry.start,
  };
  const fields = fieldsOf(head);
  if (fields === undefined) return { parts: [{ ...base, unreadable: fault('part.damaged') }] };
  const { kind, name, bytes, at } = fields;
  if (kind !== EMBEDDED && bytes === 0)
    return {
      parts: [],
      notes: [message('note.partLink', { place, link: name.slice(0, limits.faultParamCharacters) })],
    };
  const part: AssetPart = { ...base, ...toPartName(name) };
  if (kind !== EMBEDDED || at === undefined)
    return { parts: [{ ...part, unreadable: fault('part.packing') }] };
  const offset = entry.start + at;
  if (offset + bytes > entry.end) return { parts: [{ ...part, unreadable: fault('part.damaged') }] };
  return { parts: [{ ...part, offset, bytes }] };
}

interface Fields {
  kind: string;
  name: string;
  /** Length of the file. */
  bytes: number;
  /** Offset of the file; `undefined` if the data before it are unknown. */
  at: number | undefined;
}

function fieldsOf(head: Buffer): Fields | undefined {
  if (head.length < 9) return undefined;
  const nameAt = 9 + (head[8] ?? 0);
  if (nameAt + 4 > head.length) return undefined;
  const nameEnd = nameAt + 4 + 2 * head.readUInt32BE(nameAt);
  // Skips file type, creator, length, and whether a descriptor follows.
  const after = nameEnd + 17;
  if (after > head.length) return undefined;
  const name = trimEndCharacters(
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
    at: isDescribed ? findDescriptorEnd(head, after + 4) : after,
  };
}

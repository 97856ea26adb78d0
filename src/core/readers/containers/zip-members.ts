import zlib from 'node:zlib';
import { PartClosed } from '../../evidence/evidence.js';
import { fault } from '../../ground/fault.js';
import { limits } from '../../ground/limits.js';
import type { Asset } from '../../media/asset.js';
import { malformed, once, type Walk } from './walk.js';
import type { ZipMember } from './zip-directory.js';

export type { ZipMember };

export interface ZipWalk extends Walk<ZipMember> {
  /** Members whose bytes are those of others too. */
  overlapping: number;
}

export const zipMembers = (asset: Asset): Promise<ZipWalk> =>
  once(asset, 'zip members', async () => {
    // Loaded only where a ZIP is met.
    const { zipDirectory } = await import('./zip-directory.js');
    const { items, fault: stopped, directoryAt } = await zipDirectory(asset);
    for (const member of items) member.dataOffset = await dataOffset(asset, member);
    const { unlisted, overlapping } = await laidOut(asset, items, directoryAt);
    const why = stopped ?? (unlisted ? malformed('zip.unlisted') : undefined);
    return { items, overlapping, ...(why === undefined ? {} : { fault: why }) };
  });

const LOCAL = Buffer.from('PK\x03\x04', 'latin1');

const LOCAL_BYTES = 30;

async function dataOffset(asset: Asset, { headerOffset }: ZipMember): Promise<number | undefined> {
  const head = await asset.read(headerOffset, LOCAL_BYTES);
  if (head.length < LOCAL_BYTES || !head.subarray(0, LOCAL.length).equals(LOCAL)) return undefined;
  return headerOffset + LOCAL_BYTES + head.readUInt16LE(26) + head.readUInt16LE(28);
}

/** What may stand between a member's bytes and the next: nothing, or sizes with and without a mark (APPNOTE 4.3.9). */
const DESCRIPTORS = [0, 12, 16, 20, 24] as const;

/** Whether a member stands between those that are listed, and how many of these share bytes. */
async function laidOut(
  asset: Asset,
  items: readonly ZipMember[],
  directoryAt = asset.bytes,
): Promise<{ unlisted: boolean; overlapping: number }> {
  const runs = items
    .flatMap(({ headerOffset, dataOffset: at, packedBytes }) =>
      at === undefined ? [] : [{ from: headerOffset, to: at + packedBytes }],
    )
    .sort((a, b) => a.from - b.from);
  let end = 0;
  let overlapping = 0;
  for (const { from, to } of [...runs, { from: directoryAt, to: directoryAt }]) {
    if (from < end) overlapping += 1;
    else if (from > end && (await memberAt(asset, end, from))) return { unlisted: true, overlapping };
    end = Math.max(end, to);
  }
  return { unlisted: false, overlapping };
}

async function memberAt(asset: Asset, from: number, to: number): Promise<boolean> {
  const between = await asset.read(from, Math.min(to - from, 32));
  return DESCRIPTORS.some((at) => between.subarray(at, at + LOCAL.length).equals(LOCAL));
}

/** Deflate cannot pack anything that is a file into fewer. */
const LEAST_PACKED_BYTES = 16;

/** Nothing stands in it: a folder, an empty file. */
export const isEmptyMember = ({ bytes, packedBytes }: ZipMember): boolean =>
  bytes === 0 && packedBytes < LEAST_PACKED_BYTES;

/** C2PA 2.4 A.8: in formats that are ZIP inside, a manifest store is the member of this name. */
const STORE = 'meta-inf/content_credential.c2pa';

export const isStoreName = (name: string): boolean => name.replace(/^\/+/, '').toLowerCase() === STORE;

/** Stored as it is: a run of the file, so long as both sizes say so. */
export function storedRun(asset: Asset, member: ZipMember): { offset: number; bytes: number } | undefined {
  const { dataOffset: offset, packedBytes, bytes, method, encrypted } = member;
  if (method !== 0 || encrypted || offset === undefined || bytes !== packedBytes) return undefined;
  return offset + bytes > asset.bytes ? undefined : { offset, bytes };
}

export const canUnpack = ({ method, encrypted }: ZipMember): boolean =>
  !encrypted && (method === 0 || method === 8);

/**
 * The bytes of a member, held against the size and the checksum that the directory states. Rejects with a PartClosed
 * where there are more than `most`, or others than stated.
 */
export async function unpackedMember(asset: Asset, member: ZipMember, most: number): Promise<Buffer> {
  const run = storedRun(asset, member);
  if (member.bytes > most)
    throw new PartClosed(
      most < limits.unpackedPartBytes
        ? fault('bound.unpackedParts', { most: limits.unpackedPartsBytes })
        : fault('bound.unpackedPart', { most }),
    );
  if (run !== undefined) return asset.read(run.offset, run.bytes);
  const { dataOffset: offset, packedBytes, bytes, method, crc32 } = member;
  if (bytes > limits.partRatioFromBytes && bytes > limits.partRatio * packedBytes)
    throw new PartClosed(fault('bound.partRatio', { ratio: limits.partRatio }));
  // What is packed is hardly ever larger than what is in it.
  if (
    method !== 8 ||
    offset === undefined ||
    offset + packedBytes > asset.bytes ||
    packedBytes > most + SLACK_BYTES
  )
    throw new PartClosed(fault('part.damaged'));
  const content = inflated(await asset.read(offset, packedBytes), bytes);
  if (content === undefined || content.length !== bytes || !isSum(content, crc32))
    throw new PartClosed(fault('part.damaged'));
  return content;
}

/** Of deflate’s own, where nothing could be packed. */
const SLACK_BYTES = 1024 ** 2;

/** Undefined where there is more, or none. */
function inflated(packed: Buffer, bytes: number): Buffer | undefined {
  try {
    return zlib.inflateRawSync(packed, { maxOutputLength: Math.max(1, bytes) });
  } catch {
    return undefined;
  }
}

/** Since Node 20.15; before, the checksum is not held against anything. */
const isSum = (content: Buffer, stated: number): boolean =>
  typeof zlib.crc32 !== 'function' || zlib.crc32(content) === stated;

/** The first bytes of a member, as far as so many packed bytes give them; undefined where it cannot be unpacked. */
export async function headOfMember(asset: Asset, member: ZipMember): Promise<Buffer | undefined> {
  const { dataOffset: offset, packedBytes, method } = member;
  if (!canUnpack(member) || offset === undefined) return undefined;
  const packed = await asset.read(offset, Math.min(packedBytes, limits.sniffBytes));
  if (method === 0) return packed;
  try {
    return zlib
      .inflateRawSync(packed, {
        finishFlush: zlib.constants.Z_SYNC_FLUSH,
        maxOutputLength: limits.inflatedTextBytes,
      })
      .subarray(0, limits.sniffBytes);
  } catch {
    return undefined;
  }
}

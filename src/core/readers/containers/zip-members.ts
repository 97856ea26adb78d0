import zlib from 'node:zlib';
import { fault } from '../../../base/fault.js';
import { limits } from '../../../base/limits.js';
import { UnreadablePartError } from '../../evidence/evidence.js';
import type { Asset } from '../../media/asset.js';
import { cachePerAsset, malformed, type Walk } from './walk.js';
import type { ZipMember } from './zip-directory.js';

export type { ZipMember };

export interface ZipWalk extends Walk<ZipMember> {
  /** Number of members whose bytes overlap those of others. */
  overlapping: number;
}

export const readZipMembers = (asset: Asset): Promise<ZipWalk> =>
  cachePerAsset(asset, 'zip members', async () => {
    // Loads the library only for a ZIP.
    const { readZipDirectory: zipDirectory } = await import('./zip-directory.js');
    const { items, fault: stopped, directoryAt } = await zipDirectory(asset);
    for (const member of items) member.dataOffset = await dataOffset(asset, member);
    const { unlisted, overlapping } = await checkLayout(asset, items, directoryAt);
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

/**
 * Possible gaps between a member's bytes and the next member: nothing, or sizes with and without a mark (APPNOTE
 * 4.3.9).
 */
const DESCRIPTORS = [0, 12, 16, 20, 24] as const;

/** Returns whether there are unlisted members between the listed ones, and how many listed ones share bytes. */
async function checkLayout(
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

/** Minimum deflated length of any file. */
const MIN_PACKED_BYTES = 16;

/** Returns whether the member has no content, as a folder or an empty file. */
export const isEmptyMember = ({ bytes, packedBytes }: ZipMember): boolean =>
  bytes === 0 && packedBytes < MIN_PACKED_BYTES;

/** Name of the manifest store in formats based on ZIP (C2PA 2.4 A.8). */
const STORE = 'meta-inf/content_credential.c2pa';

export const isStoreName = (name: string): boolean => name.replace(/^\/+/, '').toLowerCase() === STORE;

/** Returns the byte span of a member stored without compression, if both sizes agree. */
export function findStoredSpan(
  asset: Asset,
  member: ZipMember,
): { offset: number; bytes: number } | undefined {
  const { dataOffset: offset, packedBytes, bytes, method, isEncrypted: encrypted } = member;
  if (method !== 0 || encrypted || offset === undefined || bytes !== packedBytes) return undefined;
  return offset + bytes > asset.bytes ? undefined : { offset, bytes };
}

export const canUnpack = ({ method, isEncrypted: encrypted }: ZipMember): boolean =>
  !encrypted && (method === 0 || method === 8);

/**
 * Returns the bytes of a member after checking the size and checksum in the directory. Rejects with `UnreadablePartError` if
 * there are more than `most` bytes, or if a check fails.
 */
export async function unpackMember(asset: Asset, member: ZipMember, most: number): Promise<Buffer> {
  const run = findStoredSpan(asset, member);
  if (member.bytes > most)
    throw new UnreadablePartError(
      most < limits.unpackedPartBytes
        ? fault('bound.unpackedParts', { most: limits.unpackedPartsBytes })
        : fault('bound.unpackedPart', { most }),
    );
  if (run !== undefined) return asset.read(run.offset, run.bytes);
  const { dataOffset: offset, packedBytes, bytes, method, crc32 } = member;
  if (bytes > limits.partRatioFromBytes && bytes > limits.partRatio * packedBytes)
    throw new UnreadablePartError(fault('bound.partRatio', { ratio: limits.partRatio }));
  // Packed data are hardly ever larger than their content.
  if (
    method !== 8 ||
    offset === undefined ||
    offset + packedBytes > asset.bytes ||
    packedBytes > most + SLACK_BYTES
  )
    throw new UnreadablePartError(fault('part.damaged'));
  const content = inflateBytes(await asset.read(offset, packedBytes), bytes);
  if (content === undefined || content.length !== bytes || !hasChecksum(content, crc32))
    throw new UnreadablePartError(fault('part.damaged'));
  return content;
}

/** Overhead of deflate for incompressible content. */
const SLACK_BYTES = 1024 ** 2;

/** Inflates the bytes; `undefined` if there are more than stated, or none. */
function inflateBytes(packed: Buffer, bytes: number): Buffer | undefined {
  try {
    return zlib.inflateRawSync(packed, { maxOutputLength: Math.max(1, bytes) });
  } catch {
    return undefined;
  }
}

/** Checks the checksum. Node before 20.15 lacks `crc32`, so the check is skipped. */
const hasChecksum = (content: Buffer, stated: number): boolean =>
  typeof zlib.crc32 !== 'function' || zlib.crc32(content) === stated;

/**
 * Returns as many first bytes of a member as a limited number of packed bytes yields; `undefined` if it cannot be
 * unpacked.
 */
export async function readMemberHead(asset: Asset, member: ZipMember): Promise<Buffer | undefined> {
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

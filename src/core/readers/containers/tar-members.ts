import { limits } from '../../../base/limits.js';
import type { Asset } from '../../media/asset.js';
import { bounded, cachePerAsset, malformed, type Walk } from './walk.js';

/** Files in a tar (POSIX.1-2024 pax, with GNU tar's extensions): each is a byte span of the archive after its header. */
export interface TarMember {
  name: string;
  offset: number;
  bytes: number;
  /**
   * - `file`: its bytes are stored unchanged.
   * - `link`: another name for `target`.
   * - `sparse`: stored without its holes, or without its beginning.
   */
  kind: 'file' | 'link' | 'sparse';
  target?: string;
}

export const readTarMembers = (asset: Asset): Promise<Walk<TarMember>> =>
  cachePerAsset(asset, 'tar members', () => walkTar(asset));

const BLOCK_BYTES = 512;
/**
 * Header types (POSIX.1-2024, ustar) of members without data, and of members that are not files; all others count as
 * files.
 */
const NO_DATA: ReadonlySet<string> = new Set(['1', '2', '3', '4', '5', '6']);
const NO_FILES: ReadonlySet<string> = new Set(['2', '3', '4', '5', '6', 'g', 'A', 'D', 'N', 'V', 'X']);
/** Headers that extend the next one: pax records, and GNU's long names of members and of links. */
const EXTENDED: ReadonlySet<string> = new Set(['x', 'L', 'K']);
/** Maximum length: a path of PATH_MAX, or a pax header with one and a few more records. */
const MAX_EXTENDED_BYTES = 64 * 1024;

/** Fields that preceding headers state for the next member. */
interface HeaderOverrides {
  path?: string;
  bytes?: number;
  target?: string;
  sparse?: true;
}

async function walkTar(asset: Asset): Promise<Walk<TarMember>> {
  const items: TarMember[] = [];
  let ahead: HeaderOverrides = {};
  for (let at = 0, headers = 0; at < asset.bytes; headers += 1) {
    if (headers >= limits.archiveMembers)
      return { items, fault: bounded('bound.entries', { place: 'tar', most: limits.archiveMembers }) };
    const head = await asset.read(at, BLOCK_BYTES);
    at += BLOCK_BYTES;
    // Zeros end an archive; another one may have been appended.
    if (head.every((byte) => byte === 0)) continue;
    const bytes = readStatedBytes(head);
    if (bytes === undefined) return { items, fault: malformed('tar.header') };
    const type = typeOf(head);
    if (EXTENDED.has(type)) {
      if (bytes > MAX_EXTENDED_BYTES || at + bytes > asset.bytes)
        return { items, fault: malformed('tar.header') };
      ahead = { ...ahead, ...readOverrides(type, await asset.read(at, bytes)) };
      at += inBlocks(bytes);
      continue;
    }
    const held = NO_DATA.has(type) ? 0 : (ahead.bytes ?? bytes);
    if (!NO_FILES.has(type)) items.push(memberAt(at, head, { ...ahead, bytes: held }));
    if (type === 'S') at += await sparseBytes(asset, at, head);
    if (at + held > asset.bytes) return { items, fault: malformed('tar.truncated') };
    at += inBlocks(held);
    // A global header precedes those of single members, so it does not reset their fields.
    if (type !== 'g') ahead = {};
  }
  return { items };
}

const typeOf = (head: Buffer): string => head.toString('latin1', 156, 157);

/** Returns the stated size; `undefined` if these bytes are not a header. */
const readStatedBytes = (head: Buffer): number | undefined =>
  head.length === BLOCK_BYTES && hasValidChecksum(head) ? numberAt(head, 124, 12) : undefined;

/** GNU's list of the holes in a file may continue in blocks after the header. */
async function sparseBytes(asset: Asset, from: number, head: Buffer): Promise<number> {
  let at = from;
  for (let more = head[482]; more; at += BLOCK_BYTES) more = (await asset.read(at, BLOCK_BYTES))[504];
  return at - from;
}

function memberAt(offset: number, head: Buffer, ahead: HeaderOverrides): TarMember {
  const name = ahead.path ?? nameIn(head);
  const type = typeOf(head);
  if (type === '1')
    return {
      name,
      offset,
      bytes: 0,
      kind: 'link',
      target: ahead.target ?? upToZero(head.subarray(157, 257)),
    };
  // Type `M` is the rest of a file that began in another archive.
  const isWhole = type !== 'S' && type !== 'M' && !ahead.sparse;
  return { name, offset, bytes: ahead.bytes ?? 0, kind: isWhole ? 'file' : 'sparse' };
}

function readOverrides(type: string, text: Buffer): HeaderOverrides {
  if (type === 'x') return parsePaxRecords(text);
  return type === 'L' ? { path: upToZero(text) } : { target: upToZero(text) };
}

const inBlocks = (bytes: number): number => Math.ceil(bytes / BLOCK_BYTES) * BLOCK_BYTES;

function upToZero(bytes: Buffer): string {
  const end = bytes.indexOf(0);
  return bytes.toString('utf8', 0, end < 0 ? bytes.length : end);
}

/** Only ustar has `prefix`; GNU's own format has other fields there. */
function nameIn(head: Buffer): string {
  const prefix = head.toString('latin1', 257, 263) === 'ustar\0' ? upToZero(head.subarray(345, 500)) : '';
  const name = upToZero(head.subarray(0, 100));
  return prefix === '' ? name : `${prefix}/${name}`;
}

/** Reads octal digits, or GNU's base 256 if the first bit is set; `undefined` if it is neither. */
function numberAt(head: Buffer, at: number, length: number): number | undefined {
  const field = head.subarray(at, at + length);
  if (((field[0] ?? 0) & 0x80) !== 0) {
    const value = Number(BigInt(`0x${field.toString('hex')}`) & ((1n << 95n) - 1n));
    return value <= Number.MAX_SAFE_INTEGER && field[0] === 0x80 ? value : undefined;
  }
  const text = field
    .toString('latin1')
    .replace(/[\0 ]+$/, '')
    .trim();
  if (text === '') return 0;
  return /^[0-7]{1,12}$/.test(text) ? Number.parseInt(text, 8) : undefined;
}

const SUM_AT = 148;
const SUM_BYTES = 8;

/** Checks the sum of all bytes, with the checksum field counted as spaces. Old writers summed signed bytes. */
function hasValidChecksum(head: Buffer): boolean {
  const stated = numberAt(head, SUM_AT, SUM_BYTES);
  let unsigned = 0x20 * SUM_BYTES;
  let signed = unsigned;
  for (const [at, byte] of head.entries()) {
    if (at >= SUM_AT && at < SUM_AT + SUM_BYTES) continue;
    unsigned += byte;
    signed += byte > 0x7f ? byte - 0x100 : byte;
  }
  return stated === unsigned || stated === signed;
}

/** Parses records of `length key=value` and returns the known ones. */
function parsePaxRecords(text: Buffer): HeaderOverrides {
  const ahead: HeaderOverrides = {};
  for (let at = 0; at < text.length; ) {
    const length = Number.parseInt(text.toString('latin1', at, at + 8), 10);
    if (!(length > 0) || at + length > text.length) break;
    const record = text.toString('utf8', at, at + length - 1);
    const [, key = '', value = ''] = /^\d+ ([^=]*)=([\s\S]*)$/.exec(record) ?? [];
    if (key === 'path' || key === 'GNU.sparse.name') ahead.path = value;
    else if (key === 'linkpath') ahead.target = value;
    else if (key === 'size' && /^\d{1,15}$/.test(value)) ahead.bytes = Number(value);
    if (key.startsWith('GNU.sparse.')) ahead.sparse = true;
    at += length;
  }
  return ahead;
}

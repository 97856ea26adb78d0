import { isUtf8 } from 'node:buffer';

/**
 * Names of files are bytes; most are UTF-8, and some (Latin-1, GBK, Shift-JIS) are not. Inside, a path is a string in which
 * each byte that is no part of UTF-8 stands as a low surrogate on its own, U+DC80 to U+DCFF, as in Python's `surrogateescape`
 * (PEP 383): so it is a key like any other, nothing of it is lost, and what is UTF-8 stands as it is. Where it leaves
 * this program it is text with U+FFFD for each such byte, and beside that, in base64, the bytes themselves.
 */

/** A surrogate that is no half of a pair: with `u` a pair is one character. */
const LONE = /[\ud800-\udfff]/u;
const LONES = /[\ud800-\udfff]/gu;

/** Whether its bytes are UTF-8, so that it is text as it is. */
export const isTextPath = (path: string): boolean => !LONE.test(path);

export function pathOfBytes(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (isUtf8(buffer)) return buffer.toString('utf8');
  let path = '';
  for (let at = 0; at < buffer.length; ) {
    const lead = buffer[at] ?? 0;
    const length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    const piece = buffer.subarray(at, at + length);
    if (piece.length === length && isUtf8(piece)) {
      path += piece.toString('utf8');
      at += length;
    } else {
      path += String.fromCharCode(0xdc00 + lead);
      at += 1;
    }
  }
  return path;
}

export function bytesOfPath(path: string): Buffer {
  if (isTextPath(path)) return Buffer.from(path, 'utf8');
  const pieces: Buffer[] = [];
  let from = 0;
  for (const { index, 0: lone } of path.matchAll(LONES)) {
    const byte = lone.charCodeAt(0) - 0xdc00;
    pieces.push(Buffer.from(path.slice(from, index), 'utf8'));
    // Any other half of a pair is no byte of a name: somebody else's string.
    pieces.push(byte >= 0x80 && byte <= 0xff ? Buffer.of(byte) : Buffer.from('\ufffd', 'utf8'));
    from = index + 1;
  }
  pieces.push(Buffer.from(path.slice(from), 'utf8'));
  return Buffer.concat(pieces);
}

/** For people, and for whoever takes text alone: U+FFFD for each byte that is not UTF-8. */
export const textOfPath = (path: string): string => (isTextPath(path) ? path : path.replace(LONES, '\ufffd'));

/** Base64 of its bytes; undefined where its text says all. */
export const pathBytesOf = (path: string): string | undefined =>
  isTextPath(path) ? undefined : bytesOfPath(path).toString('base64');

/** What a record says of a file's path. */
export interface ToldPath {
  path: string;
  pathBytes?: string | undefined;
}

export function toldPath(path: string): { path: string; pathBytes?: string } {
  const pathBytes = pathBytesOf(path);
  return pathBytes === undefined ? { path } : { path: textOfPath(path), pathBytes };
}

/** The path that a record speaks of: what its records are told apart by, and what opens the file. */
export const pathTold = ({ path, pathBytes }: ToldPath): string =>
  pathBytes === undefined ? path : pathOfBytes(Buffer.from(pathBytes, 'base64'));

/** No path that is text begins so; where one does all the same, it is kept as bytes too. */
const KEPT_AS_BYTES = '\u0001bytes:';

/** For databases, which take text alone: no two paths have the same. */
export const keyOfPath = (path: string): string =>
  isTextPath(path) && !path.startsWith(KEPT_AS_BYTES)
    ? path
    : `${KEPT_AS_BYTES}${bytesOfPath(path).toString('base64')}`;

export const pathOfKey = (key: string): string =>
  key.startsWith(KEPT_AS_BYTES) ? pathOfBytes(Buffer.from(key.slice(KEPT_AS_BYTES.length), 'base64')) : key;

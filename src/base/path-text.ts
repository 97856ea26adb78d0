import { isUtf8 } from 'node:buffer';

/**
 * Paths as strings. File names are bytes: most are UTF-8, but some are Latin-1, GBK or Shift-JIS. Internally, every
 * byte that is not valid UTF-8 becomes a lone low surrogate, U+DC80 to U+DCFF, as in Python's `surrogateescape` (PEP
 * 383): the string works as a key, nothing is lost, and valid UTF-8 is unchanged. In output, each such byte becomes
 * U+FFFD, and the path's bytes are added in base64.
 */

/** Matches only lone surrogates: with the `u` flag a pair is one character. */
const LONE_SURROGATE = /[\ud800-\udfff]/u;
const LONE_SURROGATES = /[\ud800-\udfff]/gu;

/** Returns whether the path is valid UTF-8. */
export const isTextPath = (path: string): boolean => !LONE_SURROGATE.test(path);

export function decodePath(bytes: Uint8Array): string {
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

export function encodePath(path: string): Buffer {
  if (isTextPath(path)) return Buffer.from(path, 'utf8');
  const pieces: Buffer[] = [];
  let from = 0;
  for (const { index, 0: lone } of path.matchAll(LONE_SURROGATES)) {
    const byte = lone.charCodeAt(0) - 0xdc00;
    pieces.push(Buffer.from(path.slice(from, index), 'utf8'));
    // Other lone surrogates do not come from a file name.
    pieces.push(byte >= 0x80 && byte <= 0xff ? Buffer.of(byte) : Buffer.from('\ufffd', 'utf8'));
    from = index + 1;
  }
  pieces.push(Buffer.from(path.slice(from), 'utf8'));
  return Buffer.concat(pieces);
}

/** Returns the path as text for display and for formats without bytes, with U+FFFD for each byte that is not UTF-8. */
export const displayPath = (path: string): string =>
  isTextPath(path) ? path : path.replace(LONE_SURROGATES, '\ufffd');

/** Returns the path's bytes in base64; `undefined` if the text is sufficient. */
export const pathBytesBase64 = (path: string): string | undefined =>
  isTextPath(path) ? undefined : encodePath(path).toString('base64');

/** Path of a file as written in a record. */
export interface RecordPath {
  path: string;
  pathBytes?: string | undefined;
}

export function toRecordPath(path: string): { path: string; pathBytes?: string } {
  const pathBytes = pathBytesBase64(path);
  return pathBytes === undefined ? { path } : { path: displayPath(path), pathBytes };
}

/** Returns the internal path of a record, which identifies the file and opens it. */
export const fromRecordPath = ({ path, pathBytes }: RecordPath): string =>
  pathBytes === undefined ? path : decodePath(Buffer.from(pathBytes, 'base64'));

/** Prefix of encoded keys. A text path that begins with it is encoded too. */
const ENCODED_KEY_PREFIX = '\u0001bytes:';

/** Returns a key for databases, which store text only. Different paths have different keys. */
export const pathToKey = (path: string): string =>
  isTextPath(path) && !path.startsWith(ENCODED_KEY_PREFIX)
    ? path
    : `${ENCODED_KEY_PREFIX}${encodePath(path).toString('base64')}`;

export const keyToPath = (key: string): string =>
  key.startsWith(ENCODED_KEY_PREFIX)
    ? decodePath(Buffer.from(key.slice(ENCODED_KEY_PREFIX.length), 'base64'))
    : key;

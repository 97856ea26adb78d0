import { createPublicKey, verify } from 'node:crypto';
import { ownMember, parseJsonRecord } from '../../../base/json-shape.js';
import type { Picture } from './picture.js';

/** NovelAI `Comment` with a signature: the signed text and the signature. */
export interface SignedComment {
  signedText: string;
  signature: Buffer;
}

const SIGNATURE_BYTES = 64;

/** Matches the member with its comma. Within a JSON string every quote is escaped by a backslash. */
const MEMBER = /,\s*"signed_hash"\s*:\s*"([^"\\]*)"|"signed_hash"\s*:\s*"([^"\\]*)"\s*,?\s*/g;

export const canBeSigned = (text: string): boolean => text.includes('"signed_hash"');

/**
 * Extracts the signature. NovelAI signs the pixels and the Comment's JSON text before it adds `signed_hash`. The member
 * is cut out of the original text, because reserialized JSON could have other spacing. Returns `undefined` if there is
 * no such member, `unreadable` if it is not a signature.
 */
export function parseSignedComment(text: string): SignedComment | 'unreadable' | undefined {
  if (!canBeSigned(text) || typeof ownMember(parseJsonRecord(text) ?? {}, 'signed_hash') !== 'string')
    return undefined;
  for (const found of text.matchAll(MEMBER)) {
    const signedText = text.slice(0, found.index) + text.slice(found.index + found[0].length);
    const rest = parseJsonRecord(signedText);
    // A nested member was matched; the outer one is still there.
    if (!rest || ownMember(rest, 'signed_hash') !== undefined) continue;
    const signature = Buffer.from(found[1] ?? found[2] ?? '', 'base64');
    return signature.length === SIGNATURE_BYTES ? { signedText, signature } : 'unreadable';
  }
  return 'unreadable';
}

/** DER header of an Ed25519 key (RFC 8410 §4). */
const SPKI_HEAD = Buffer.from('302a300506032b6570032100', 'hex');

/** Verifies Ed25519 over the RGB samples in row order, without alpha, followed by the text. */
export function verifySignedComment(comment: SignedComment, picture: Picture, publicKey: string): boolean {
  if (picture.channels < 3) return false;
  const key = createPublicKey({
    key: Buffer.concat([SPKI_HEAD, Buffer.from(publicKey, 'base64')]),
    format: 'der',
    type: 'spki',
  });
  const message = Buffer.concat([rgbOf(picture), Buffer.from(comment.signedText, 'utf8')]);
  return verify(null, message, key, comment.signature);
}

function rgbOf({ channels, data, width, height }: Picture): Buffer {
  if (channels === 3) return data;
  const rgb = Buffer.allocUnsafe(width * height * 3);
  for (let from = 0, to = 0; to < rgb.length; from += channels, to += 3) {
    rgb[to] = data[from] ?? 0;
    rgb[to + 1] = data[from + 1] ?? 0;
    rgb[to + 2] = data[from + 2] ?? 0;
  }
  return rgb;
}

import { createPublicKey, verify } from 'node:crypto';
import { jsonRecordIn, member } from '../../ground/json-shape.js';
import type { Picture } from './picture.js';

/** A NovelAI `Comment` that holds a signature: the text as it was signed, and the signature. */
export interface SignedComment {
  signedText: string;
  signature: Buffer;
}

const SIGNATURE_BYTES = 64;

/** The member with the comma that goes with it. Within a JSON string every quote stands behind a backslash. */
const MEMBER = /,\s*"signed_hash"\s*:\s*"([^"\\]*)"|"signed_hash"\s*:\s*"([^"\\]*)"\s*,?\s*/g;

export const mayBeSigned = (text: string): boolean => text.includes('"signed_hash"');

/**
 * NovelAI signs the pixels and the Comment's JSON text before it adds `signed_hash` to it. The member is cut out of
 * the text as it stands: another writer's JSON would space it otherwise. Undefined where there is no such member;
 * `unreadable` where it is no signature.
 */
export function signedComment(text: string): SignedComment | 'unreadable' | undefined {
  if (!mayBeSigned(text) || typeof member(jsonRecordIn(text) ?? {}, 'signed_hash') !== 'string')
    return undefined;
  for (const found of text.matchAll(MEMBER)) {
    const signedText = text.slice(0, found.index) + text.slice(found.index + found[0].length);
    const rest = jsonRecordIn(signedText);
    // One deeper in the text leaves the outer one standing.
    if (!rest || member(rest, 'signed_hash') !== undefined) continue;
    const signature = Buffer.from(found[1] ?? found[2] ?? '', 'base64');
    return signature.length === SIGNATURE_BYTES ? { signedText, signature } : 'unreadable';
  }
  return 'unreadable';
}

/** DER head of an Ed25519 key (RFC 8410 §4). */
const SPKI_HEAD = Buffer.from('302a300506032b6570032100', 'hex');

/** Ed25519 over the RGB samples row by row, without alpha, and then the text. */
export function holds(comment: SignedComment, picture: Picture, publicKey: string): boolean {
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

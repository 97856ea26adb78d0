import { cutText } from './id3-texts.js';

/** What stands before a picture, or another file, in the fields that sound files keep them in. */

export interface InField {
  /** Where the file begins in the field. */
  at: number;
  /** As the field states it. */
  mediaType: string;
  name: string;
}

/** MIME type of a picture that is a link and no picture (ID3v2.4 §4.14; RFC 9639 §8.8); three characters in ID3v2.2. */
export const LINK = '-->';

/** ID3v2.4 §4.14: encoding, type, kind of picture, description, the picture. `PIC` of v2.2 has three characters for the type. */
export function inPictureFrame(id: string, content: Buffer): InField | undefined {
  const encoding = content[0] ?? 0;
  const type =
    id === 'PIC'
      ? { text: content.toString('latin1', 1, 4), rest: content.subarray(4) }
      : cutText(content.subarray(1), 0);
  if (type.rest.length < 2) return undefined;
  const description = cutText(type.rest.subarray(1), encoding);
  return { at: content.length - description.rest.length, mediaType: type.text.trim(), name: '' };
}

/** ID3v2.4 §4.15: encoding, type, file name, description, the file. */
export function inObjectFrame(content: Buffer): InField | undefined {
  const type = cutText(content.subarray(1), 0);
  const file = cutText(type.rest, content[0] ?? 0);
  const description = cutText(file.rest, content[0] ?? 0);
  if (description.rest.length === 0) return undefined;
  return { at: content.length - description.rest.length, mediaType: type.text.trim(), name: file.text };
}

export interface InBlock extends InField {
  /** As the block states it. */
  bytes: number;
}

/** RFC 9639 §8.8: kind, type, description, four numbers, then the picture, each with its length before it. */
export function inPictureBlock(block: Buffer): InBlock | undefined {
  const number = (at: number) => (at + 4 <= block.length ? block.readUInt32BE(at) : undefined);
  const typeBytes = number(4);
  if (typeBytes === undefined) return undefined;
  const descriptionBytes = number(8 + typeBytes);
  if (descriptionBytes === undefined) return undefined;
  const lengthAt = 8 + typeBytes + 4 + descriptionBytes + 16;
  const bytes = number(lengthAt);
  if (bytes === undefined) return undefined;
  return { at: lengthAt + 4, bytes, mediaType: block.toString('latin1', 8, 8 + typeBytes), name: '' };
}

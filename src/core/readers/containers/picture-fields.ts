import { splitText } from './id3-texts.js';

/** Fields that precede a picture or another file in the fields of sound files. */

export interface FieldContent {
  /** Offset of the file within the field. */
  at: number;
  /** Media type as stated in the field. */
  mediaType: string;
  name: string;
}

/** MIME type of a link in place of a picture (ID3v2.4 §4.14; RFC 9639 §8.8); three characters in ID3v2.2. */
export const LINK_MIME = '-->';

/**
 * Parses a picture frame (ID3v2.4 §4.14): encoding, media type, picture type, description, picture. `PIC` of v2.2 has
 * three characters for the media type.
 */
export function parsePictureFrame(id: string, content: Buffer): FieldContent | undefined {
  const encoding = content[0] ?? 0;
  const type =
    id === 'PIC'
      ? { text: content.toString('latin1', 1, 4), rest: content.subarray(4) }
      : splitText(content.subarray(1), 0);
  if (type.rest.length < 2) return undefined;
  const description = splitText(type.rest.subarray(1), encoding);
  return { at: content.length - description.rest.length, mediaType: type.text.trim(), name: '' };
}

/** Parses an object frame (ID3v2.4 §4.15): encoding, media type, file name, description, file. */
export function parseObjectFrame(content: Buffer): FieldContent | undefined {
  const type = splitText(content.subarray(1), 0);
  const file = splitText(type.rest, content[0] ?? 0);
  const description = splitText(file.rest, content[0] ?? 0);
  if (description.rest.length === 0) return undefined;
  return { at: content.length - description.rest.length, mediaType: type.text.trim(), name: file.text };
}

export interface BlockContent extends FieldContent {
  /** Length as stated in the block. */
  bytes: number;
}

/**
 * Parses a picture block (RFC 9639 §8.8): picture type, media type, description, four numbers, then the picture, each
 * text and the picture with a length before it.
 */
export function parsePictureBlock(block: Buffer): BlockContent | undefined {
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

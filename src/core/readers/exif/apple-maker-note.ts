import { trimEndCharacters } from '../../../base/trim-end.js';

const HEADER = Buffer.from('Apple iOS\0', 'latin1');
const IFD_AT = 14;
const ASCII = 2;
const CONTENT_IDENTIFIER = 0x11;

/**
 * Returns the content identifier in Apple's MakerNote, which both halves of a Live Photo carry. The note is a
 * big-endian TIFF directory whose offsets count from the note's own start (ExifTool, Apple tags).
 */
export function readAppleContentIdentifier(note: Buffer): string | undefined {
  if (!note.subarray(0, HEADER.length).equals(HEADER) || note.length < IFD_AT + 2) return undefined;
  const entries = note.readUInt16BE(IFD_AT);
  for (let i = 0; i < entries; i++) {
    const at = IFD_AT + 2 + i * 12;
    if (at + 12 > note.length) return undefined;
    if (note.readUInt16BE(at) !== CONTENT_IDENTIFIER || note.readUInt16BE(at + 2) !== ASCII) continue;
    const length = note.readUInt32BE(at + 4);
    const start = note.readUInt32BE(at + 8);
    const text = trimEndCharacters(
      note.toString('latin1', start, Math.min(start + length, note.length)),
      '\0',
    );
    return /^[0-9A-Fa-f-]{36}$/.test(text) ? text : undefined;
  }
  return undefined;
}

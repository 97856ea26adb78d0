import type { ExifBlock } from '../evidence.js';

export type TagNames = (block: ExifBlock, tag: number) => string;

/** exifr's dictionaries of EXIF tag names, by directory. */
const DICTIONARIES: Readonly<Record<ExifBlock, readonly string[]>> = {
  // Writers put Exif tags into IFD0, and the other way round.
  IFD0: ['ifd0', 'exif'],
  Exif: ['exif', 'ifd0'],
  GPS: ['gps'],
  Interop: ['interop'],
  IFD1: ['ifd1', 'ifd0'],
};

/** Loaded when the first block is met: most files have none. */
export async function loadTagNames(): Promise<TagNames> {
  const { default: exifr } = await import('exifr');
  return (block, tag) => {
    for (const dictionary of DICTIONARIES[block]) {
      const name = exifr.tagKeys.get(dictionary)?.get(tag);
      if (name !== undefined) return name;
    }
    return `0x${tag.toString(16).padStart(4, '0')}`;
  };
}

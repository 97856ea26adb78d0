import type { ExifBlock } from '../evidence/evidence.js';
import { GPS_TAGS, INTEROP_TAGS, PICTURE_TAGS, type TagTable } from './exif-tags.js';

/** Writers put Exif tags into IFD0, and the other way round: these share their table. */
const TABLES: Readonly<Record<ExifBlock, TagTable>> = {
  IFD0: PICTURE_TAGS,
  Exif: PICTURE_TAGS,
  IFD1: PICTURE_TAGS,
  GPS: GPS_TAGS,
  Interop: INTEROP_TAGS,
};

/** A tag by its name; by its number where it has none. */
export const tagName = (block: ExifBlock, tag: number): string =>
  TABLES[block][tag] ?? `0x${tag.toString(16).padStart(4, '0')}`;

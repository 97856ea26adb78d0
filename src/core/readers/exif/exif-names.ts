import type { ExifBlock } from '../../evidence/evidence.js';
import { GPS_TAGS, INTEROP_TAGS, PICTURE_TAGS, type TagTable } from './exif-tags.js';

/** IFD0 and Exif share one table, because writers mix up their tags. */
const TABLES: Readonly<Record<ExifBlock, TagTable>> = {
  IFD0: PICTURE_TAGS,
  Exif: PICTURE_TAGS,
  IFD1: PICTURE_TAGS,
  GPS: GPS_TAGS,
  Interop: INTEROP_TAGS,
};

/** Returns the name of a tag, or its number if it has none. */
export const toTagName = (block: ExifBlock, tag: number): string =>
  TABLES[block][tag] ?? `0x${tag.toString(16).padStart(4, '0')}`;

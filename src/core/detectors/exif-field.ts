import type { ExifField } from '../evidence/evidence.js';
import type { Location } from '../media/carrier.js';

/** Length limit for names and titles; longer text is no name of a camera, lens or person. */
export const MAX_NAME_CHARACTERS = 120;

/** Placeholders that cameras and programs write for an empty value; `ai` is one service’s placeholder. */
const EMPTY_VALUE = /^([\s0\-.]*|n\/a|none|null|unknown|ai)$/i;

/** Returns true for blanks, zeros, dashes and words for nothing. */
export function isEmptyValue(text: string): boolean {
  return EMPTY_VALUE.test(text);
}

/** Returns the trimmed text of one EXIF field; `undefined` if it is a placeholder, too long for a name, or not text. */
export function readExifText(
  fields: readonly ExifField[],
  block: ExifField['block'],
  name: string,
): string | undefined {
  const value = fields.find((f) => f.block === block && f.name === name)?.value;
  const text = typeof value === 'string' ? value.trim() : '';
  return isEmptyValue(text) || text.length > MAX_NAME_CHARACTERS ? undefined : text;
}

/** Returns the location of an EXIF field. */
export function exifLocation(field: Pick<ExifField, 'block' | 'name' | 'offset'>): Location {
  return {
    carrier: 'exif',
    locator: `${field.block} ${field.name}`,
    ...(field.offset === undefined ? {} : { offset: field.offset }),
  };
}

/**
 * Joins maker and model into one name without repeating the maker, since many models begin with it. `undefined` if both
 * are missing.
 */
export function joinDeviceName(make: string | undefined, model: string | undefined): string | undefined {
  const maker = make?.trim() ?? '';
  const device = model?.trim() ?? '';
  const first = (text: string) => text.split(/[\s,]/)[0]?.toLowerCase();
  const isNamedTwice = device.toLowerCase().startsWith(maker.toLowerCase()) || first(maker) === first(device);
  const name = isNamedTwice ? device || maker : `${maker} ${device}`.trim();
  return name === '' ? undefined : name;
}

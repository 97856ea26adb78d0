import type { ExifField } from '../evidence/evidence.js';
import type { Location } from '../media/carrier.js';

/** Names and titles; what is longer is no name of a camera, lens or person. */
export const MOST_NAME_CHARACTERS = 120;

/** What stands there where a camera or program has nothing to give; `ai` is one service's word for itself. */
const NOTHING = /^([\s0\-.]*|n\/a|none|null|unknown|ai)$/i;

/** True for blanks, zeros, dashes and words for nothing. */
export function saysNothing(text: string): boolean {
  return NOTHING.test(text);
}

/** The text of one EXIF field, trimmed; undefined where it says nothing, is too long for a name, or no text. */
export function exifTextOf(
  fields: readonly ExifField[],
  block: ExifField['block'],
  name: string,
): string | undefined {
  const value = fields.find((f) => f.block === block && f.name === name)?.value;
  const text = typeof value === 'string' ? value.trim() : '';
  return saysNothing(text) || text.length > MOST_NAME_CHARACTERS ? undefined : text;
}

/** Where an EXIF field stands. */
export function exifPlace(field: Pick<ExifField, 'block' | 'name' | 'offset'>): Location {
  return {
    carrier: 'exif',
    place: `${field.block} ${field.name}`,
    ...(field.offset === undefined ? {} : { offset: field.offset }),
  };
}

/** Maker and model as one name; makers often begin the model with their own name. Undefined where both are missing. */
export function deviceName(make: string | undefined, model: string | undefined): string | undefined {
  const maker = make?.trim() ?? '';
  const device = model?.trim() ?? '';
  const first = (text: string) => text.split(/[\s,]/)[0]?.toLowerCase();
  const isNamedTwice = device.toLowerCase().startsWith(maker.toLowerCase()) || first(maker) === first(device);
  const name = isNamedTwice ? device || maker : `${maker} ${device}`.trim();
  return name === '' ? undefined : name;
}

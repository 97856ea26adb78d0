import { compact } from '../../base/json-shape.js';
import { type Evidence, type ExifField, seiLocator } from '../evidence/evidence.js';
import { foundValue, type Location, TAG_CARRIERS, type TextCarrier } from '../media/carrier.js';

/** One field of a file, verbatim. Locators are named as in the detectors (detectors/texts.ts). */
export interface RawField {
  carrier: TextCarrier;
  /** Name by its standard, or as written in the file. */
  name: string;
  locator: string;
  offset?: number;
  bytes?: number;
  /** Absent if the value is not text. */
  text?: string;
}

/** Returns every field of every text carrier in reading order. Binary fields have only their size. */
export function collectFields(evidence: Pick<Evidence, TextCarrier>): RawField[] {
  const field = (
    carrier: TextCarrier,
    found: { [K in keyof Omit<RawField, 'carrier'>]: RawField[K] | undefined },
  ) => ({ carrier, ...compact(found) }) as RawField;
  return [
    ...(foundValue(evidence.xmp) ?? []).flatMap(({ locator: place, offset, properties }) =>
      properties.map(({ path, value }) =>
        field('xmp', { name: path, locator: `${place}: ${path}`, offset, text: value }),
      ),
    ),
    ...(foundValue(evidence.exif) ?? []).map(({ block, name, value, offset }) =>
      field('exif', { name, locator: `${block} ${name}`, offset, text: formatExifValue(value) }),
    ),
    ...(foundValue(evidence.iptcIim) ?? []).map(({ dataset, name, value }) =>
      field('iptcIim', { name: dataset, locator: `${dataset} ${name}`, text: value }),
    ),
    ...(foundValue(evidence.pngText) ?? []).map(({ chunk, keyword, text, offset }) =>
      field('pngText', { name: keyword, locator: `${chunk} ${keyword}`, offset, text }),
    ),
    ...(foundValue(evidence.comment) ?? []).map(({ locator: place, offset, text }) =>
      field('comment', { name: 'comment', locator: place, offset, text }),
    ),
    ...(foundValue(evidence.privateChunk) ?? []).map(({ id, locator: place, offset, bytes, text }) =>
      field('privateChunk', { name: id, locator: place, offset, bytes, text }),
    ),
    ...(foundValue(evidence.seft) ?? []).map(({ name, offset, bytes, text }) =>
      field('seft', { name, locator: name, offset, bytes, text }),
    ),
    ...TAG_CARRIERS.flatMap((carrier) =>
      (foundValue(evidence[carrier]) ?? []).map(({ system, key, value, offset }) =>
        field(carrier, { name: key, locator: `${system} ${key}`, offset, text: value }),
      ),
    ),
    ...(foundValue(evidence.sei) ?? []).map(({ codec, uuid, text, offset }) =>
      field('sei', { name: uuid, locator: seiLocator({ codec, uuid }), offset, text }),
    ),
    ...(foundValue(evidence.stealthText) ?? []).map(({ channel, text }) =>
      field('stealthText', { name: 'stealth', locator: `${channel} channel, lowest bits`, text }),
    ),
  ];
}

/** Bounds the values shown of a list. Tables of offsets have as many entries as the picture has rows. */
const MAX_NUMBERS = 16;

function formatExifValue(value: ExifField['value']): string {
  if (!Array.isArray(value)) return String(value);
  const shown = value.slice(0, MAX_NUMBERS).join(', ');
  return value.length > MAX_NUMBERS ? `${shown}, … (${value.length})` : shown;
}

/** Returns a key for a locator that is independent of how detectors describe its notation. */
export function locatorKey({ carrier, locator: place }: Pick<Location, 'carrier' | 'locator'>): string {
  return JSON.stringify([carrier, place.replace(/ \((?:element|attribute)\)$/, '')]);
}

/** Returns a key that includes the offset, because a file may have many locators of the same name. */
export function exactLocatorKey(at: Pick<Location, 'carrier' | 'locator' | 'offset'>): string {
  return `${locatorKey(at)} ${at.offset ?? ''}`;
}

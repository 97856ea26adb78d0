import { type Evidence, type ExifField, seiPlace } from '../evidence/evidence.js';
import { compact } from '../ground/json-shape.js';
import { type Location, readValue, TAG_CARRIERS, type TextCarrier } from '../media/carrier.js';

/** One field of a file, verbatim. Places are named as the detectors name them (detectors/texts.ts). */
export interface RawField {
  carrier: TextCarrier;
  /** As its standard or the file writes it. */
  name: string;
  place: string;
  offset?: number;
  bytes?: number;
  /** Left out: it is no text. */
  text?: string;
}

/** Every field of every carrier that holds text, binary ones by their size alone; in the order of reading. */
export function rawFields(evidence: Pick<Evidence, TextCarrier>): RawField[] {
  const field = (
    carrier: TextCarrier,
    found: { [K in keyof Omit<RawField, 'carrier'>]: RawField[K] | undefined },
  ) => ({ carrier, ...compact(found) }) as RawField;
  return [
    ...(readValue(evidence.xmp) ?? []).flatMap(({ place, offset, properties }) =>
      properties.map(({ path, value }) =>
        field('xmp', { name: path, place: `${place}: ${path}`, offset, text: value }),
      ),
    ),
    ...(readValue(evidence.exif) ?? []).map(({ block, name, value, offset }) =>
      field('exif', { name, place: `${block} ${name}`, offset, text: exifValue(value) }),
    ),
    ...(readValue(evidence.iptcIim) ?? []).map(({ dataset, name, value }) =>
      field('iptcIim', { name: dataset, place: `${dataset} ${name}`, text: value }),
    ),
    ...(readValue(evidence.pngText) ?? []).map(({ chunk, keyword, text, offset }) =>
      field('pngText', { name: keyword, place: `${chunk} ${keyword}`, offset, text }),
    ),
    ...(readValue(evidence.comment) ?? []).map(({ place, offset, text }) =>
      field('comment', { name: 'comment', place, offset, text }),
    ),
    ...(readValue(evidence.privateChunk) ?? []).map(({ id, place, offset, bytes, text }) =>
      field('privateChunk', { name: id, place, offset, bytes, text }),
    ),
    ...(readValue(evidence.seft) ?? []).map(({ name, offset, bytes, text }) =>
      field('seft', { name, place: name, offset, bytes, text }),
    ),
    ...TAG_CARRIERS.flatMap((carrier) =>
      (readValue(evidence[carrier]) ?? []).map(({ system, key, value, offset }) =>
        field(carrier, { name: key, place: `${system} ${key}`, offset, text: value }),
      ),
    ),
    ...(readValue(evidence.sei) ?? []).map(({ codec, uuid, text, offset }) =>
      field('sei', { name: uuid, place: seiPlace({ codec, uuid }), offset, text }),
    ),
    ...(readValue(evidence.stealthText) ?? []).map(({ channel, text }) =>
      field('stealthText', { name: 'stealth', place: `${channel} channel, lowest bits`, text }),
    ),
  ];
}

/** Tables of offsets are as long as the picture is high. */
const MOST_NUMBERS = 16;

function exifValue(value: ExifField['value']): string {
  if (!Array.isArray(value)) return String(value);
  const shown = value.slice(0, MOST_NUMBERS).join(', ');
  return value.length > MOST_NUMBERS ? `${shown}, … (${value.length})` : shown;
}

/** The same place has one key, whatever a detector says of how it is written there. */
export function placeKey({ carrier, place }: Pick<Location, 'carrier' | 'place'>): string {
  return JSON.stringify([carrier, place.replace(/ \((?:element|attribute)\)$/, '')]);
}

/** A file may have many places of one name. */
export function exactPlace(at: Pick<Location, 'carrier' | 'place' | 'offset'>): string {
  return `${placeKey(at)} ${at.offset ?? ''}`;
}

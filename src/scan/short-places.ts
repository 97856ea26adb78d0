import { asRecord, type JsonRecord } from '../core/ground/json-shape.js';
import type { SlimRecord } from './record.js';

type Place = SlimRecord['signals'][number]['basis'][number];

/**
 * Places of one file are near each other: fields of one XMP packet, boxes below one manifest. In a line a place without
 * `carrier` has that of the place before it, and its `offset` where it has none of its own. One with `of` has the carrier of
 * the place of that number, and what its `place` says stands behind what that one's does.
 */
interface Short extends Partial<Place> {
  of?: number;
}

/** A place that others go on from is so long at most: what a line says short is not long to read. */
const MOST_BASE_CHARACTERS = 1_024;
/** So many are looked through for each place. */
const MOST_BASES = 64;
/** What writing `of` takes in place of a carrier. */
const LEAST_SHARED = 16;

export function shortPlaces(places: readonly Place[]): Short[] {
  /** Places that others may go on from: those that go on from none themselves. */
  const bases: number[] = [];
  return places.map((place, at) => {
    const of = baseOf(places, bases, place);
    if (of !== undefined) {
      const { carrier: _, ...rest } = place;
      return { of, ...rest, place: place.place.slice(places[of]?.place.length) };
    }
    if (place.place.length <= MOST_BASE_CHARACTERS && bases.length < MOST_BASES) bases.push(at);
    const before = places[at - 1];
    if (before === undefined || before.carrier !== place.carrier) return place;
    const { carrier: _, ...rest } = place;
    if (before.offset === undefined) return rest;
    if (place.offset === undefined) return place;
    if (before.offset !== place.offset) return rest;
    const { offset: __, ...short } = rest;
    return short;
  });
}

/** Of the bases the one that says most of what it says. */
function baseOf(
  places: readonly Place[],
  bases: readonly number[],
  { carrier, place }: Place,
): number | undefined {
  let [best, shared] = [undefined as number | undefined, LEAST_SHARED];
  for (const at of bases) {
    const base = places[at] as Place;
    const { length } = base.place;
    if (base.carrier === carrier && length > shared && place.startsWith(base.place))
      [best, shared] = [at, length];
  }
  return best;
}

/** The other way; what is neither form comes back as it is, for the check of the record to refuse. */
export function placesIn(places: readonly unknown[]): unknown[] {
  const whole: (JsonRecord | undefined)[] = [];
  for (const [at, one] of places.entries()) {
    const short = asRecord(one);
    whole.push(short === undefined || 'carrier' in short ? short : placeIn(short, places, whole, at));
  }
  return whole.map((one, at) => one ?? places[at]);
}

function placeIn(
  { of, ...rest }: JsonRecord,
  places: readonly unknown[],
  whole: readonly (JsonRecord | undefined)[],
  at: number,
): JsonRecord | undefined {
  if (of === undefined) {
    const before = whole[at - 1];
    const offset = rest['offset'] ?? before?.['offset'];
    if (before === undefined) return undefined;
    return { carrier: before['carrier'], ...rest, ...(offset === undefined ? {} : { offset }) };
  }
  const base = typeof of === 'number' ? whole[of] : undefined;
  const [start, end] = [base?.['place'], rest['place']];
  if (base === undefined || 'of' in (asRecord(places[of as number]) ?? {})) return undefined;
  if (typeof start !== 'string' || typeof end !== 'string' || start.length > MOST_BASE_CHARACTERS)
    return undefined;
  return { carrier: base['carrier'], ...rest, place: `${start}${end}` };
}

import { asRecord, type JsonRecord } from '../../base/json-shape.js';
import type { SummaryRecord } from './record.js';

type BasisLocator = SummaryRecord['signals'][number]['basis'][number];

/**
 * Shortened locators of a record's line. Locators of one file resemble each other: fields of one XMP packet, or boxes
 * below one manifest. Without `carrier` the previous locator's carrier applies, and its `offset` too if there is none.
 * With `of` the carrier is that of the numbered locator, whose `place` precedes this one's.
 */
interface ShortLocator extends Partial<BasisLocator> {
  of?: number;
}

/** Maximum length of a locator that others extend, so that a short line cannot expand to a long record. */
const MAX_BASE_CHARACTERS = 1_024;
/** Locators compared with each locator. */
const MAX_BASES = 64;
/** Minimum shared characters: writing `of` costs as much as a carrier. */
const MIN_SHARED_CHARACTERS = 16;

export function shortenLocators(places: readonly BasisLocator[]): ShortLocator[] {
  /** Numbers of locators that others may extend: those that extend none themselves. */
  const bases: number[] = [];
  return places.map((place, at) => {
    const of = longestBase(places, bases, place);
    if (of !== undefined) {
      const { carrier: _, ...rest } = place;
      return { of, ...rest, locator: place.locator.slice(places[of]?.locator.length) };
    }
    if (place.locator.length <= MAX_BASE_CHARACTERS && bases.length < MAX_BASES) bases.push(at);
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

/** Returns the base that shares the longest prefix. */
function longestBase(
  places: readonly BasisLocator[],
  bases: readonly number[],
  { carrier, locator: place }: BasisLocator,
): number | undefined {
  let [best, shared] = [undefined as number | undefined, MIN_SHARED_CHARACTERS];
  for (const at of bases) {
    const base = places[at] as BasisLocator;
    const { length } = base.locator;
    if (base.carrier === carrier && length > shared && place.startsWith(base.locator))
      [best, shared] = [at, length];
  }
  return best;
}

/** Expands shortened locators. Invalid values are returned unchanged, for the schema of the record to reject. */
export function expandLocators(places: readonly unknown[]): unknown[] {
  const whole: (JsonRecord | undefined)[] = [];
  for (const [at, one] of places.entries()) {
    const short = asRecord(one);
    whole.push(short === undefined || 'carrier' in short ? short : expandLocator(short, places, whole, at));
  }
  return whole.map((one, at) => one ?? places[at]);
}

function expandLocator(
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
  const [start, end] = [base?.['locator'], rest['locator']];
  if (base === undefined || 'of' in (asRecord(places[of as number]) ?? {})) return undefined;
  if (typeof start !== 'string' || typeof end !== 'string' || start.length > MAX_BASE_CHARACTERS)
    return undefined;
  return { carrier: base['carrier'], ...rest, locator: `${start}${end}` };
}

import { fault, faultMessage } from '../../base/fault.js';
import { truncate } from '../../base/json-shape.js';
import { limits } from '../../base/limits.js';
import type { Carrier } from '../media/carrier.js';
import type { Declared, Observation, StoredReport } from '../report/report.js';

/**
 * Shortens what a file says until the Report fits (`limits.reportBytes` and the bounds of its texts and lists). Values
 * are shortened before anything is concluded from them, and carriers whose values were cut are reported as not read
 * completely.
 */

/** Members of a Report that grow with the file. */
export interface GrowingMembers {
  signals: StoredReport['signals'];
  contentCredentials: StoredReport['contentCredentials'];
  declared?: Declared | undefined;
  streams?: StoredReport['asset']['streams'] | undefined;
  claimedDates?: StoredReport['asset']['claimedDates'] | undefined;
  parts: NonNullable<StoredReport['parts']>;
}

interface TextLimits {
  items: number;
  characters: number;
}

/** Labels and locators stay distinguishable at this length. */
const MIN_CHARACTERS = 128;

/** Concludes the Report from as much as fits; `anyCut` tells whether something was left out. */
export function concludeWithinLimits(
  growing: GrowingMembers,
  reads: StoredReport['reads'],
  conclude: (members: GrowingMembers, reads: StoredReport['reads']) => Observation['report'],
): { report: Observation['report']; anyCut: boolean } {
  let report: Observation['report'] | undefined;
  let anyCut = false;
  for (const { kept: members, cut } of shrinkingCandidates(growing)) {
    report = conclude(members, cut.size === 0 ? reads : addCutFaults(reads, cut));
    anyCut = cut.size > 0;
    if (fitsReport(report)) break;
  }
  // The loop runs at least once, since the first candidate is uncut.
  return { report: report as Observation['report'], anyCut };
}

const CUT_FAULT = fault('bound.report', { most: limits.reportBytes });

function addCutFaults(reads: StoredReport['reads'], cut: ReadonlySet<Carrier>): StoredReport['reads'] {
  const faulted = [...cut].map((carrier) => {
    const read = reads[carrier];
    const note = [...(read.messages?.note ?? []), faultMessage(CUT_FAULT)];
    return [carrier, read.code === undefined ? { ...read, ...CUT_FAULT } : { ...read, messages: { note } }];
  });
  return { ...reads, ...Object.fromEntries(faulted) };
}

/** Yields the values uncut and then ever shorter. `cut`: carriers that had more. */
function* shrinkingCandidates(
  members: GrowingMembers,
): Generator<{ kept: GrowingMembers; cut: ReadonlySet<Carrier> }> {
  yield { kept: members, cut: new Set() };
  let characters: number = limits.reportTextCharacters;
  for (let items: number = limits.reportItems; items >= 1; items >>= 1) {
    yield shortenMembers(members, { items, characters });
    characters = Math.max(characters >> 1, MIN_CHARACTERS);
  }
}

function shortenMembers(
  growing: GrowingMembers,
  limit: TextLimits,
): { kept: GrowingMembers; cut: ReadonlySet<Carrier> } {
  const cutCarriers = new Set<Carrier | 'file'>();
  const of = (carrier: Carrier) => () => cutCarriers.add(carrier);
  const { contentCredentials: credentials, declared, streams, claimedDates, parts } = growing;
  const { codes } = credentials;
  const kept: GrowingMembers = {
    signals: shortenItems(distinctFirst(growing.signals, limit.items), limit, ({ basis }) => {
      for (const { carrier } of basis) cutCarriers.add(carrier);
    }),
    contentCredentials: shortenValue(
      {
        ...credentials,
        ...(codes && {
          codes: {
            active: failuresFirst(codes.active, limit.items),
            ingredients: failuresFirst(codes.ingredients, limit.items),
            cawg: failuresFirst(codes.cawg, limit.items),
          },
        }),
      },
      limit,
      of('c2pa'),
    ),
    declared: shortenValue(declared, limit, of('c2pa')),
    streams: shortenValue(streams, limit, of('streams')),
    claimedDates:
      claimedDates && shortenItems(claimedDates, limit, ({ carrier }) => cutCarriers.add(carrier)),
    parts: shortenValue(parts, limit, of('parts')),
  };
  cutCarriers.delete('file');
  return { kept, cut: cutCarriers as Set<Carrier> };
}

/** Calls `onCut` with each item that was shortened or dropped. */
function shortenItems<T>(all: readonly T[], room: TextLimits, onCut: (one: T) => void): T[] {
  all.slice(room.items).forEach(onCut);
  return all.slice(0, room.items).map((one) => shortenValue(one, room, () => onCut(one)));
}

/** Puts one signal of each id and backing first, so that a cut loses repetitions rather than meanings. */
export function distinctFirst(signals: StoredReport['signals'], max: number): StoredReport['signals'] {
  if (signals.length <= max) return signals;
  const seen = new Set<string>();
  const repeated: StoredReport['signals'] = [];
  const once = signals.filter((signal) => {
    const key = `${signal.id} ${signal.backing}`;
    if (!seen.has(key)) return seen.add(key);
    repeated.push(signal);
    return false;
  });
  return [...once, ...repeated];
}

type Codes = NonNullable<StoredReport['contentCredentials']['codes']>['active'];

function failuresFirst(codes: Codes, max: number): Codes {
  if (codes.length <= max) return codes;
  const [failures, others] = [true, false].map((is) =>
    codes.filter(({ kind }) => (kind === 'failure') === is),
  );
  return [...(failures ?? []), ...(others ?? [])];
}

/** Shortens every text and list in a value. */
function shortenValue<T>(value: T, room: TextLimits, onCut: () => void): T {
  if (typeof value === 'string') {
    if (value.length <= room.characters) return value;
    onCut();
    return truncate(value, room.characters) as T;
  }
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    if (value.length > room.items) onCut();
    return value.slice(0, room.items).map((one) => shortenValue(one, room, onCut)) as T;
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, shortenValue(one, room, onCut)]),
  ) as T;
}

/** Most Reports take a hundredth of the room; for those the estimate suffices and no JSON is made. */
function fitsReport(report: object): boolean {
  const weight = { characters: 0, values: 0 };
  if (!addWeight(report, weight) || weight.values > limits.reportValues) return false;
  return (
    weight.characters * MAX_BYTES_PER_CHARACTER <= limits.reportBytes ||
    Buffer.byteLength(JSON.stringify(report)) <= limits.reportBytes
  );
}

/** JSON needs at most this many bytes for one character. */
const MAX_BYTES_PER_CHARACTER = 6;
/** Estimate for a number, or for the punctuation around a name or text. */
const OVERHEAD_CHARACTERS = 8;

/** Adds up the size of a value. Returns false if one of its texts or lists is too long. */
function addWeight(value: unknown, weight: { characters: number; values: number }): boolean {
  weight.values += 1;
  weight.characters += OVERHEAD_CHARACTERS;
  if (typeof value === 'string') {
    weight.characters += value.length;
    return value.length <= limits.reportTextCharacters;
  }
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) {
    for (const one of value) if (!addWeight(one, weight)) return false;
    return value.length <= limits.reportItems;
  }
  for (const name in value) {
    weight.characters += name.length;
    if (!addWeight((value as Record<string, unknown>)[name], weight)) return false;
  }
  return true;
}

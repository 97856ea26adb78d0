import { fault, faultSaid } from '../ground/fault.js';
import { cut } from '../ground/json-shape.js';
import { limits } from '../ground/limits.js';
import type { Carrier } from '../media/carrier.js';
import type { Declared, Observation, Report } from '../report/report.js';

/**
 * A file may say more than an answer has room for (`limits.reportBytes` and the bounds of its texts and lists). What comes
 * of the file is then shortened before anything is concluded of it, and the carrier of what was cut is told as not read to
 * its end.
 */

/** Members of a Report that grow with the file. */
export interface Growing {
  signals: Report['signals'];
  contentCredentials: Report['contentCredentials'];
  declared?: Declared | undefined;
  streams?: Report['asset']['streams'] | undefined;
  claimedDates?: Report['asset']['claimedDates'] | undefined;
  parts: NonNullable<Report['parts']>;
}

interface Room {
  items: number;
  characters: number;
}

/** Labels and places are told apart by so many characters. */
const LEAST_CHARACTERS = 128;

/** Concludes from as much of the evidence as the answer has room for. `anyCut`: whether something was left out. */
export function withRoom(
  growing: Growing,
  reads: Report['reads'],
  conclude: (kept: Growing, reads: Report['reads']) => Observation['report'],
): { report: Observation['report']; anyCut: boolean } {
  let report: Observation['report'] | undefined;
  let anyCut = false;
  for (const { kept, cut } of everLess(growing)) {
    report = conclude(kept, cut.size === 0 ? reads : withFaults(reads, cut));
    anyCut = cut.size > 0;
    if (hasRoom(report)) break;
  }
  // The generator yields at least once.
  return { report: report as Observation['report'], anyCut };
}

const CUT = fault('bound.report', { most: limits.reportBytes });

function withFaults(reads: Report['reads'], cut: ReadonlySet<Carrier>): Report['reads'] {
  const faulted = [...cut].map((carrier) => {
    const read = reads[carrier];
    const note = [...(read.said?.note ?? []), faultSaid(CUT)];
    return [carrier, read.code === undefined ? { ...read, ...CUT } : { ...read, said: { note } }];
  });
  return { ...reads, ...Object.fromEntries(faulted) };
}

/** Yields everything first, and then ever smaller selections. `cut`: carriers of which something is left out. */
function* everLess(growing: Growing): Generator<{ kept: Growing; cut: ReadonlySet<Carrier> }> {
  yield { kept: growing, cut: new Set() };
  let characters: number = limits.reportTextCharacters;
  for (let items: number = limits.reportItems; items >= 1; items >>= 1) {
    yield within(growing, { items, characters });
    characters = Math.max(characters >> 1, LEAST_CHARACTERS);
  }
}

function within(growing: Growing, room: Room): { kept: Growing; cut: ReadonlySet<Carrier> } {
  const lost = new Set<Carrier | 'file'>();
  const of = (carrier: Carrier) => () => lost.add(carrier);
  const { contentCredentials: credentials, declared, streams, claimedDates, parts } = growing;
  const { codes } = credentials;
  const kept: Growing = {
    signals: some(meaningsFirst(growing.signals, room.items), room, ({ basis }) => {
      for (const { carrier } of basis) lost.add(carrier);
    }),
    contentCredentials: shortened(
      {
        ...credentials,
        ...(codes && {
          codes: {
            active: failuresFirst(codes.active, room.items),
            ingredients: failuresFirst(codes.ingredients, room.items),
            cawg: failuresFirst(codes.cawg, room.items),
          },
        }),
      },
      room,
      of('c2pa'),
    ),
    declared: shortened(declared, room, of('c2pa')),
    streams: shortened(streams, room, of('streams')),
    claimedDates: claimedDates && some(claimedDates, room, ({ carrier }) => lost.add(carrier)),
    parts: shortened(parts, room, of('parts')),
  };
  lost.delete('file');
  return { kept, cut: lost as Set<Carrier> };
}

/** Shortens a list and its entries. `onCut` is called with each entry that is dropped or shortened. */
function some<T>(all: readonly T[], room: Room, onCut: (one: T) => void): T[] {
  all.slice(room.items).forEach(onCut);
  return all.slice(0, room.items).map((one) => shortened(one, room, () => onCut(one)));
}

/** First each id with each backing, so that a cut loses repetitions and not meanings. */
export function meaningsFirst(signals: Report['signals'], most: number): Report['signals'] {
  if (signals.length <= most) return signals;
  const seen = new Set<string>();
  const again: Report['signals'] = [];
  const once = signals.filter((signal) => {
    const key = `${signal.id} ${signal.backing}`;
    if (!seen.has(key)) return seen.add(key);
    again.push(signal);
    return false;
  });
  return [...once, ...again];
}

type Codes = NonNullable<Report['contentCredentials']['codes']>['active'];

function failuresFirst(codes: Codes, most: number): Codes {
  if (codes.length <= most) return codes;
  const [failures, others] = [true, false].map((is) =>
    codes.filter(({ kind }) => (kind === 'failure') === is),
  );
  return [...(failures ?? []), ...(others ?? [])];
}

/** Shortens every text and list of a value, at any depth. */
function shortened<T>(value: T, room: Room, onCut: () => void): T {
  if (typeof value === 'string') {
    if (value.length <= room.characters) return value;
    onCut();
    return cut(value, room.characters) as T;
  }
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    if (value.length > room.items) onCut();
    return value.slice(0, room.items).map((one) => shortened(one, room, onCut)) as T;
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, shortened(one, room, onCut)]),
  ) as T;
}

/** Whether an answer may hold it. Most files take a hundredth of the room, and are only walked through. */
function hasRoom(report: object): boolean {
  const weight = { characters: 0, values: 0 };
  if (!weigh(report, weight) || weight.values > limits.reportValues) return false;
  return (
    weight.characters * MOST_BYTES <= limits.reportBytes ||
    Buffer.byteLength(JSON.stringify(report)) <= limits.reportBytes
  );
}

/** Bytes that one UTF-16 unit takes in JSON at most (`\u202e`). */
const MOST_BYTES = 6;
/** Characters counted for a number, and for quotation marks and separators around a name or a text. */
const FEW_CHARACTERS = 8;

/** False where a text or a list of it is too long. */
function weigh(value: unknown, weight: { characters: number; values: number }): boolean {
  weight.values += 1;
  weight.characters += FEW_CHARACTERS;
  if (typeof value === 'string') {
    weight.characters += value.length;
    return value.length <= limits.reportTextCharacters;
  }
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) {
    for (const one of value) if (!weigh(one, weight)) return false;
    return value.length <= limits.reportItems;
  }
  for (const name in value) {
    weight.characters += name.length;
    if (!weigh((value as Record<string, unknown>)[name], weight)) return false;
  }
  return true;
}

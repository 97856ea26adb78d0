import type { Said } from '../../say/said.js';
import { fault, type ReadFault } from '../ground/fault.js';
import { isPastBound } from '../ground/json-text.js';
import { limits } from '../ground/limits.js';
import type { Signal, SignalFact, SignalId } from '../report/signal.js';
import type { Backing, Grade } from '../signals/backing.js';
import { GRADES } from '../signals/backing.js';
import { rowOf } from '../signals/index.js';
import type { SignatureRow } from '../signatures/row.js';
import type { Stopped } from './detector.js';
import type { Text } from './texts.js';

/** What a shape makes of a text; undefined where the text only looked like it from afar. */
export interface Shape {
  /** In short, for the signal's value: in the file's words, or in ours. */
  value?: string | Said;
  facts?: SignalFact[];
  /** Further signals that the text raises besides the row's own. */
  raises?: { id: SignalId; value?: string | Said }[];
  /** What kept the parser from looking at all of the text. */
  stopped?: ReadFault;
}
export type ShapeParser = (text: string) => Shape | undefined;
export type Shapes = Readonly<Record<string, ShapeParser>>;

/** A fact repeated in many places needs no more of them than this to be found again. */
export const MOST_PLACES = 16;

/** What a detector of these rows may raise beside what their shapes do. */
export const raisedBy = (rows: readonly SignatureRow[]): SignalId[] => [
  ...new Set(rows.map(({ signal }) => signal)),
];

/** A trace can be copied into any file; a label is a statement that anybody can write. */
const backingOf = (id: SignalId): Backing => (rowOf(id).backing === 'label' ? 'unsigned' : 'inferred');

/** Rows against texts: one signal for each id and value, with all its places. */
export function matchRows(
  rows: readonly SignatureRow[],
  texts: readonly Text[],
  shapes: Shapes,
  { stopped }: { stopped?: Stopped | undefined } = {},
): Signal[] {
  const found = new Map<string, Signal>();
  if (texts.length === 0) return [];
  for (const row of rowsFor(rows, carriersOf(texts))) {
    for (const text of texts) {
      if (!row.carriers.includes(text.carrier)) continue;
      const shape = matched(row, text, shapes, stopped);
      if (!shape) continue;
      if (shape.stopped && text.carrier !== 'file') stopped?.(text.carrier, shape.stopped);
      const location = { ...text.location, row: row.id };
      add(found, row.signal, row.grade, shape, location);
      for (const further of shape.raises ?? []) {
        add(
          found,
          further.id,
          row.grade,
          further.value === undefined ? {} : { value: further.value },
          location,
        );
      }
    }
  }
  return [...found.values()];
}

/** Texts of one carrier mostly stand together. */
function carriersOf(texts: readonly Text[]): Text['carrier'][] {
  const carriers: Text['carrier'][] = [];
  let last: Text['carrier'] | undefined;
  for (const { carrier } of texts) {
    if (carrier === last) continue;
    last = carrier;
    if (!carriers.includes(carrier)) carriers.push(carrier);
  }
  return carriers;
}

/** By the carriers that texts stand in: most rows ask for what most files have not, and many files have the same. */
const FOR_CARRIERS = new WeakMap<readonly SignatureRow[], Map<string, readonly SignatureRow[]>>();
/** A file decides in which carriers it has texts. */
const MOST_REMEMBERED = 1_024;

function rowsFor(
  rows: readonly SignatureRow[],
  carriers: readonly Text['carrier'][],
): readonly SignatureRow[] {
  const known = FOR_CARRIERS.get(rows) ?? new Map<string, readonly SignatureRow[]>();
  FOR_CARRIERS.set(rows, known);
  const key = carriers.join(' ');
  const before = known.get(key);
  if (before !== undefined) return before;
  const asking = rows.filter((row) => row.carriers.some((carrier) => carriers.includes(carrier)));
  if (known.size < MOST_REMEMBERED) known.set(key, asking);
  return asking;
}

const headOf = (text: string): string =>
  text.length <= limits.patternCharacters ? text : text.slice(0, limits.patternCharacters);

function matched(
  row: SignatureRow,
  { carrier, field, text }: Text,
  shapes: Shapes,
  stopped: Stopped | undefined,
): Shape | undefined {
  if (row.field && !row.field.test(field)) return undefined;
  if (row.prefix && !row.prefix.test(headOf(text))) return undefined;
  const body = row.prefix ? text.replace(row.prefix, '') : text;
  if (row.pattern && !row.pattern.test(headOf(body))) return undefined;
  if (row.shape === undefined) return {};
  const parse = shapes[row.shape];
  if (!parse) throw new Error(`row ${row.id} names the shape ${row.shape}, which does not exist`);
  const shape = parse(body);
  // The parsers take no JSON apart past these bounds: whose it is was not looked at then.
  if (!shape && carrier !== 'file' && isPastBound(body, SETTINGS_BOUNDS))
    stopped?.(carrier, SETTINGS_PAST_BOUND);
  return shape;
}

/** Settings that generators and editors write as JSON: nothing is built of longer or deeper ones. */
export const SETTINGS_BOUNDS = { characters: limits.settingsCharacters, depth: limits.settingsDepth };

const SETTINGS_PAST_BOUND = fault('bound.settings', {
  most: limits.settingsCharacters,
  depth: limits.settingsDepth,
});

function add(
  into: Map<string, Signal>,
  id: SignalId,
  grade: Grade,
  shape: Shape,
  location: Signal['basis'][number],
): void {
  const key = JSON.stringify([id, shape.value]);
  const known = into.get(key);
  if (!known) {
    into.set(key, {
      id,
      backing: backingOf(id),
      ...(typeof shape.value === 'object' ? { said: { value: shape.value } } : {}),
      ...(typeof shape.value === 'string' ? { value: shape.value } : {}),
      grade,
      ...(shape.facts && shape.facts.length > 0 ? { facts: shape.facts } : {}),
      basis: [location],
    });
    return;
  }
  if (known.basis.length < MOST_PLACES) known.basis.push(location);
  if (known.grade === undefined || GRADES.indexOf(grade) < GRADES.indexOf(known.grade)) known.grade = grade;
  if (!known.facts && shape.facts && shape.facts.length > 0) known.facts = shape.facts;
}

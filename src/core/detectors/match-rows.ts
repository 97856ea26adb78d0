import { fault, type ReadFault } from '../../base/fault.js';
import { isPastBound } from '../../base/json-text.js';
import { limits } from '../../base/limits.js';
import type { Message } from '../../i18n/message.js';
import type { Signal, SignalFact, SignalId } from '../report/signal.js';
import type { Backing, TraceGrade } from '../signals/backing.js';
import { TRACE_GRADES } from '../signals/backing.js';
import { signalRowOf } from '../signals/index.js';
import type { SignatureRow } from '../signatures/row.js';
import type { FaultReporter } from './detector.js';
import type { FileText } from './texts.js';

/** Result of parsing a text; a parser returns `undefined` if the text only resembled its format. */
export interface Shape {
  /** Short form for the signal's value: text quoted from the file, or a message. */
  value?: string | Message;
  facts?: SignalFact[];
  /** Further signals that the text raises in addition to the row's own. */
  raises?: { id: SignalId; value?: string | Message }[];
  /** Fault that kept the parser from examining all of the text. */
  stopped?: ReadFault;
}
export type ShapeParser = (text: string) => Shape | undefined;
export type Shapes = Readonly<Record<string, ShapeParser>>;

/** Bound on locators per fact: more are not needed to find it again. */
export const MAX_LOCATORS = 16;

/** Returns the signals that these rows raise, without those added by their parsers. */
export const listRaisedSignals = (rows: readonly SignatureRow[]): SignalId[] => [
  ...new Set(rows.map(({ signal }) => signal)),
];

/** A trace can be copied into any file; a label is a statement that anyone can write. */
const backingOf = (id: SignalId): Backing => (signalRowOf(id).backing === 'label' ? 'unsigned' : 'inferred');

/** Matches rows against texts; returns one signal per id and value, with all its locators. */
export function matchRows(
  rows: readonly SignatureRow[],
  texts: readonly FileText[],
  shapes: Shapes,
  { stopped }: { stopped?: FaultReporter | undefined } = {},
): Signal[] {
  const found = new Map<string, Signal>();
  if (texts.length === 0) return [];
  for (const row of rowsFor(rows, carriersOf(texts))) {
    for (const text of texts) {
      if (!row.carriers.includes(text.carrier)) continue;
      const shape = matchRow(row, text, shapes, stopped);
      if (!shape) continue;
      if (shape.stopped && text.carrier !== 'file') stopped?.(text.carrier, shape.stopped);
      const location = { ...text.location, row: row.id };
      addSignal(found, row.signal, row.grade, shape, location);
      for (const further of shape.raises ?? []) {
        addSignal(
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

/** Consecutive texts mostly share a carrier, so only changes are looked up. */
function carriersOf(texts: readonly FileText[]): FileText['carrier'][] {
  const carriers: FileText['carrier'][] = [];
  let last: FileText['carrier'] | undefined;
  for (const { carrier } of texts) {
    if (carrier === last) continue;
    last = carrier;
    if (!carriers.includes(carrier)) carriers.push(carrier);
  }
  return carriers;
}

/** Most rows need carriers that most files lack. */
const rowsFor = (
  rows: readonly SignatureRow[],
  carriers: readonly FileText['carrier'][],
): readonly SignatureRow[] =>
  rows.filter((row) => row.carriers.some((carrier) => carriers.includes(carrier)));

const headOf = (text: string): string =>
  text.length <= limits.patternCharacters ? text : text.slice(0, limits.patternCharacters);

function matchRow(
  row: SignatureRow,
  { carrier, field, text }: FileText,
  shapes: Shapes,
  stopped: FaultReporter | undefined,
): Shape | undefined {
  if (row.field && !row.field.test(field)) return undefined;
  if (row.prefix && !row.prefix.test(headOf(text))) return undefined;
  const body = row.prefix ? text.replace(row.prefix, '') : text;
  if (row.pattern && !row.pattern.test(headOf(body))) return undefined;
  if (row.shape === undefined) return {};
  const parse = shapes[row.shape];
  if (!parse) throw new Error(`row ${row.id} names the shape ${row.shape}, which does not exist`);
  const shape = parse(body);
  // The parsers reject JSON past these bounds, so its writer was not determined.
  if (!shape && carrier !== 'file' && isPastBound(body, SETTINGS_BOUNDS))
    stopped?.(carrier, SETTINGS_PAST_BOUND);
  return shape;
}

/** Bounds for settings that generators and editors write as JSON; longer or deeper JSON is not parsed. */
export const SETTINGS_BOUNDS = { characters: limits.settingsCharacters, depth: limits.settingsDepth };

const SETTINGS_PAST_BOUND = fault('bound.settings', {
  most: limits.settingsCharacters,
  depth: limits.settingsDepth,
});

function addSignal(
  into: Map<string, Signal>,
  id: SignalId,
  grade: TraceGrade,
  shape: Shape,
  location: Signal['basis'][number],
): void {
  const key = JSON.stringify([id, shape.value]);
  const known = into.get(key);
  if (!known) {
    into.set(key, {
      id,
      backing: backingOf(id),
      ...(typeof shape.value === 'object' ? { messages: { value: shape.value } } : {}),
      ...(typeof shape.value === 'string' ? { value: shape.value } : {}),
      grade,
      ...(shape.facts && shape.facts.length > 0 ? { facts: shape.facts } : {}),
      basis: [location],
    });
    return;
  }
  if (known.basis.length < MAX_LOCATORS) known.basis.push(location);
  if (known.grade === undefined || TRACE_GRADES.indexOf(grade) < TRACE_GRADES.indexOf(known.grade))
    known.grade = grade;
  if (!known.facts && shape.facts && shape.facts.length > 0) known.facts = shape.facts;
}

import { limits } from '../limits.js';
import type { Backing, Grade, Signal, SignalFact, SignalId } from '../signal.js';
import { GRADES } from '../signal.js';
import type { SignatureRow } from '../signatures/row.js';
import type { Text } from './texts.js';

/** What a shape makes of a text; undefined where the text only looked like it from afar. */
export interface Shape {
  /** In short, for the signal's value. */
  value?: string;
  facts?: SignalFact[];
  /** Further signals that the text raises besides the row's own. */
  raises?: { id: SignalId; value?: string }[];
}
export type ShapeParser = (text: string) => Shape | undefined;
export type Shapes = Readonly<Record<string, ShapeParser>>;

/** A fact repeated in many places needs no more of them than this to be found again. */
const MOST_PLACES = 16;

/**
 * Rows against texts: one signal for each id and value, with all its places. Backing `inferred`: a trace can be
 * copied into any file; `unsigned` for rows of standard fields made for such statements. Rows of grade C are kept apart by their own signal ids and never decide an origin.
 */
export function matchRows(
  rows: readonly SignatureRow[],
  texts: readonly Text[],
  shapes: Shapes,
  backing: Backing = 'inferred',
): Signal[] {
  const found = new Map<string, Signal>();
  for (const row of rows) {
    for (const text of texts) {
      const shape = matched(row, text, shapes);
      if (!shape) continue;
      const location = { ...text.location, row: row.id };
      add(found, row.signal, row.grade, shape, location, backing);
      for (const further of shape.raises ?? []) {
        add(
          found,
          further.id,
          row.grade,
          further.value === undefined ? {} : { value: further.value },
          location,
          backing,
        );
      }
    }
  }
  return [...found.values()];
}

function matched(row: SignatureRow, { carrier, field, text }: Text, shapes: Shapes): Shape | undefined {
  if (!row.carriers.includes(carrier) || (row.field && !row.field.test(field))) return undefined;
  const head = text.slice(0, limits.patternCharacters);
  if (row.prefix && !row.prefix.test(head)) return undefined;
  const body = row.prefix ? text.replace(row.prefix, '') : text;
  if (row.pattern && !row.pattern.test(row.prefix ? body.slice(0, limits.patternCharacters) : head)) {
    return undefined;
  }
  if (row.shape === undefined) return {};
  const parse = shapes[row.shape];
  if (!parse) throw new Error(`row ${row.id} names the shape ${row.shape}, which does not exist`);
  return parse(body);
}

function add(
  into: Map<string, Signal>,
  id: SignalId,
  grade: Grade,
  shape: Shape,
  location: Signal['basis'][number],
  backing: Backing,
): void {
  const key = JSON.stringify([id, shape.value]);
  const known = into.get(key);
  if (!known) {
    into.set(key, {
      id,
      backing,
      ...(shape.value === undefined ? {} : { value: shape.value }),
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

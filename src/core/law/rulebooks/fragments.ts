import { readFileSync } from 'node:fs';
import { asRecord, type JsonRecord } from '../../../base/json-shape.js';

/**
 * Fragments are conditions and parts that clauses of several rulebooks share: `{ "fragment": NAME }` stands for what
 * fragments.json defines under that name. In a list `any`, a fragment that is itself only an `any` stands for its terms.
 * A rulebook is checked, evaluated and digested with its fragments filled in.
 */
export type Fragments = ReadonlyMap<string, unknown>;

/** Number of values that a rulebook may hold once its fragments are filled in. */
const MAX_VALUES = 200_000;

const REASONS = {
  'fragment-unknown': 'names a fragment that there is not',
  'fragment-cyclic': 'names a fragment that contains itself',
  'fragment-size': 'holds fragments that make the rulebook too large',
} as const;

/** Fault of a reference to a fragment; `path` leads to it in the value with the references. */
export class FragmentFault extends Error {
  override name = 'FragmentFault';
  constructor(
    readonly code: keyof typeof REASONS,
    readonly fragment: string,
    readonly path: readonly (string | number)[],
  ) {
    super(`/${path.join('/')} ${REASONS[code]}: ${fragment}`);
  }
}

let builtIn: Fragments | undefined;

/** Returns the fragments of the built-in rulebooks, which every rulebook may use. */
export function builtInFragments(): Fragments {
  builtIn ??= new Map(
    Object.entries(
      asRecord(JSON.parse(readFileSync(new URL('./fragments.json', import.meta.url), 'utf8'))) ?? {},
    ),
  );
  return builtIn;
}

/** Returns a copy of the value with its fragments filled in. Throws a {@link FragmentFault}. */
export function resolveFragments(value: unknown, fragments: Fragments): unknown {
  let values = 0;
  const fill = (one: unknown, path: readonly (string | number)[], open: readonly string[]): unknown => {
    values += 1;
    if (values > MAX_VALUES) throw new FragmentFault('fragment-size', open[0] ?? '', path);
    const name = referenceIn(one);
    if (name !== undefined) return fillFragment(name, path, open);
    if (Array.isArray(one)) return fillList(one, path, open);
    const members = asRecord(one);
    if (members === undefined) return one;
    return Object.fromEntries(
      Object.entries(members).map(([key, member]) => [key, fill(member, [...path, key], open)]),
    );
  };
  const fillFragment = (name: string, path: readonly (string | number)[], open: readonly string[]) => {
    if (!fragments.has(name)) throw new FragmentFault('fragment-unknown', name, path);
    if (open.includes(name)) throw new FragmentFault('fragment-cyclic', name, path);
    return fill(fragments.get(name), path, [...open, name]);
  };
  const fillList = (list: readonly unknown[], path: readonly (string | number)[], open: readonly string[]) =>
    list.flatMap((one, index) => {
      const filled = fill(one, [...path, index], open);
      const terms = referenceIn(one) === undefined || path.at(-1) !== 'any' ? undefined : termsOf(filled);
      return terms ?? [filled];
    });
  return fill(value, [], []);
}

/** Returns the name in `{ "fragment": NAME }`. */
function referenceIn(value: unknown): string | undefined {
  const { fragment, ...others } = asRecord(value) ?? ({} as JsonRecord);
  return typeof fragment === 'string' && Object.keys(others).length === 0 ? fragment : undefined;
}

/** Returns the terms of a condition that is an `any` alone. */
function termsOf(condition: unknown): unknown[] | undefined {
  const { any, ...others } = asRecord(condition) ?? ({} as JsonRecord);
  return Array.isArray(any) && Object.keys(others).length === 0 ? any : undefined;
}

import { asRecord } from '../core/ground/json-shape.js';
import type { Said } from '../say/said.js';

/**
 * What is to be said, as a line has it: the id alone where nothing goes into its places, else one member whose name is the
 * id. An id has a dot and a param's name has none, so the two forms of an object are never taken for each other.
 */
export type ShortSaid = string | { [id: string]: { [param: string]: unknown } };

export function shortSaid({ id, params }: Said): ShortSaid {
  return params === undefined ? id : { [id]: shortParams(params) };
}

function shortParams(params: NonNullable<Said['params']>): { [param: string]: unknown } {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.map(within) : within(value),
    ]),
  );
}

/** Within a text a bare string is one of its words: there an id without params is an object too. */
const within = (value: unknown): unknown => {
  const said = asRecord(value);
  const id = said?.['id'];
  if (typeof id !== 'string') return value;
  return { [id]: shortParams((said?.['params'] ?? {}) as NonNullable<Said['params']>) };
};

/** How deep one thing is said within another in any record; the check refuses what is deeper. */
const DEPTH = 12;

/** The other way; what is neither form comes back as it is, for the check of the record to refuse. */
export function saidIn(value: unknown): unknown {
  if (typeof value === 'string') return { id: value };
  return wholeIn(value, DEPTH);
}

function wholeIn(value: unknown, depth: number): unknown {
  const record = asRecord(value);
  const [first, ...more] = Object.entries(record ?? {});
  if (first === undefined || more.length > 0 || !first[0].includes('.') || depth === 0) return value;
  const [id, params] = first;
  const places = Object.entries(asRecord(params) ?? {});
  if (places.length === 0) return { id };
  return {
    id,
    params: Object.fromEntries(
      places.map(([name, one]) => [
        name,
        Array.isArray(one) ? one.map((item) => wholeIn(item, depth - 1)) : wholeIn(one, depth - 1),
      ]),
    ),
  };
}

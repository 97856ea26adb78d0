import { asRecord, type JsonRecord } from '../core/ground/json-shape.js';
import type { Said } from '../say/said.js';

/**
 * What is to be said, as a line has it: the id alone where nothing goes into its places, else one member whose name is the
 * id. An id has a dot and a param's name has none, so the two forms of an object are never taken for each other. What goes
 * into the one place that most have (`text`), and the parts of a day, stand there without a name for each.
 */
export type ShortSaid = string | { [id: string]: ShortParams };
type ShortParams = string | { [param: string]: unknown };
type Params = NonNullable<Said['params']>;

/** Where the member that it stands in says how its id begins (`from`), that is left out: `.claimed` for `fact.when.claimed`. */
export function shortSaid({ id, params }: Said, from = ''): ShortSaid {
  return named(from !== '' && id.startsWith(`${from}.`) ? id.slice(from.length) : id, { id, params });
}

const named = (short: string, { id, params }: { id: string; params: Params | undefined }): ShortSaid =>
  params === undefined ? short : { [short]: placesOf(id, params) };

/** Sentences that follow one another: `..most` begins as the id before it does, up to its last dot. */
export function shortSentences(sentences: readonly Said[], from: string): ShortSaid[] {
  return sentences.map(({ id, params }, at) => {
    const start = startOf(sentences[at - 1]?.id);
    return start !== from && start !== '' && startOf(id) === start
      ? named(`.${id.slice(start.length)}`, { id, params })
      : shortSaid({ id, params } as Said, from);
  });
}

/** The other way. */
export function sentencesIn(values: readonly unknown[], from: string): unknown[] {
  let before = '';
  return values.map((value) => {
    const said = saidIn(value, (id) => (id.startsWith('..') ? `${before}${id.slice(1)}` : longId(id, from)));
    const id = asRecord(said)?.['id'];
    before = typeof id === 'string' ? startOf(id) : '';
    return said;
  });
}

const startOf = (id = ''): string => id.slice(0, Math.max(0, id.lastIndexOf('.')));

const longId = (id: string, from: string): string => (id.startsWith('.') ? `${from}${id}` : id);

/** The same of what goes into places alone, each by its name. */
const shortParams = (params: Params): { [param: string]: unknown } =>
  Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.map(within) : within(value),
    ]),
  );

function placesOf(id: string, params: Params): ShortParams {
  const places = Object.entries(params);
  const [first] = places;
  if (places.length === 1 && first?.[0] === 'text' && typeof first[1] === 'string') return first[1];
  const day = id === DAY ? shortDay(params) : undefined;
  if (day !== undefined) return day;
  return shortParams(params);
}

/** Within a text a bare string is one of its words: there an id without params is an object too. */
const within = (value: unknown): unknown => {
  const said = asRecord(value);
  const id = said?.['id'];
  if (typeof id !== 'string') return value;
  return { [id]: placesOf(id, (said?.['params'] ?? {}) as Params) };
};

const DAY = 'date.day';

/** `2008-5-30`: the parts as they are, so that they come back as they were. */
function shortDay({ year, month, day, ...others }: Params): string | undefined {
  const parts = [year, month, day];
  const isDay = parts.every((part) => typeof part === 'string' && /^\d{1,6}$/.test(part));
  return isDay && Object.keys(others).length === 0 ? parts.join('-') : undefined;
}

function dayIn(text: string): { day: string; month: string; year: string } | undefined {
  const [, year, month, day] = /^(\d{1,6})-(\d{1,6})-(\d{1,6})$/.exec(text) ?? [];
  return year === undefined || month === undefined || day === undefined ? undefined : { day, month, year };
}

/** How deep one thing is said within another in any record; the check refuses what is deeper. */
const DEPTH = 12;

/**
 * The other way; what is neither form comes back as it is, for the check of the record to refuse. An id that goes on from
 * `from`, or from what a function makes of it, is whole again.
 */
export function saidIn(value: unknown, from: string | ((id: string) => string) = ''): unknown {
  const fullId = typeof from === 'string' ? (id: string) => longId(id, from) : from;
  if (typeof value === 'string') return { id: fullId(value) };
  return wholeIn(value, DEPTH, fullId);
}

function wholeIn(value: unknown, depth: number, fullId = (id: string): string => id): unknown {
  const record = asRecord(value);
  const [first, ...more] = Object.entries(record ?? {});
  if (first === undefined || more.length > 0 || !first[0].includes('.') || depth === 0) return value;
  const [short, params] = first;
  const id = fullId(short);
  if (typeof params === 'string')
    return { id, params: (id === DAY ? dayIn(params) : undefined) ?? { text: params } };
  const places = asRecord(params) ?? {};
  return Object.keys(places).length === 0 ? { id } : { id, params: paramsIn(places, depth) };
}

/** The way back of `shortParams`. */
const paramsIn = (places: JsonRecord, depth = DEPTH): JsonRecord =>
  Object.fromEntries(
    Object.entries(places).map(([name, one]) => [
      name,
      Array.isArray(one) ? one.map((item) => wholeIn(item, depth - 1)) : wholeIn(one, depth - 1),
    ]),
  );

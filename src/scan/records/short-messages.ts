import { asRecord, type JsonRecord } from '../../base/json-shape.js';
import type { Message } from '../../i18n/message.js';

/**
 * Shortened form of a message in a line: the id alone if it has no parameters, otherwise an object with the id as its
 * only member. Ids contain a dot and parameter names do not, so the two forms cannot be confused. A single `text`
 * parameter and the parts of a day are written without names.
 */
export type ShortMessage = string | { [id: string]: ShortParams };
type ShortParams = string | { [param: string]: unknown };
type Params = NonNullable<Message['params']>;

/**
 * Shortens a message. If its id begins with `from`, which the containing member implies, that part is omitted:
 * `.claimed` for `fact.when.claimed`.
 */
export function shortenMessage({ id, params }: Message, from = ''): ShortMessage {
  return withId(from !== '' && id.startsWith(`${from}.`) ? id.slice(from.length) : id, { id, params });
}

const withId = (short: string, { id, params }: { id: string; params: Params | undefined }): ShortMessage =>
  params === undefined ? short : { [short]: shortenIdParams(id, params) };

/** Shortens a list of sentences: `..most` stands for the previous id's prefix up to its last dot. */
export function shortenSentences(sentences: readonly Message[], from: string): ShortMessage[] {
  return sentences.map(({ id, params }, at) => {
    const start = idPrefix(sentences[at - 1]?.id);
    return start !== from && start !== '' && idPrefix(id) === start
      ? withId(`.${id.slice(start.length)}`, { id, params })
      : shortenMessage({ id, params } as Message, from);
  });
}

/** Expands sentences shortened by `shortenSentences`. */
export function expandSentences(values: readonly unknown[], from: string): unknown[] {
  let before = '';
  return values.map((value) => {
    const said = expandMessage(value, (id) =>
      id.startsWith('..') ? `${before}${id.slice(1)}` : expandId(id, from),
    );
    const id = asRecord(said)?.['id'];
    before = typeof id === 'string' ? idPrefix(id) : '';
    return said;
  });
}

const idPrefix = (id = ''): string => id.slice(0, Math.max(0, id.lastIndexOf('.')));

const expandId = (id: string, from: string): string => (id.startsWith('.') ? `${from}${id}` : id);

/** Shortens parameters; each keeps its name. */
const shortenParams = (params: Params): { [param: string]: unknown } =>
  Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.map(shortenParamValue) : shortenParamValue(value),
    ]),
  );

function shortenIdParams(id: string, params: Params): ShortParams {
  const places = Object.entries(params);
  const [first] = places;
  if (places.length === 1 && first?.[0] === 'text' && typeof first[1] === 'string') return first[1];
  const day = id === DAY ? shortDay(params) : undefined;
  if (day !== undefined) return day;
  return shortenParams(params);
}

/** Within parameters a bare string is a text, so an id without parameters is written as an object. */
const shortenParamValue = (value: unknown): unknown => {
  const said = asRecord(value);
  const id = said?.['id'];
  if (typeof id !== 'string') return value;
  return { [id]: shortenIdParams(id, (said?.['params'] ?? {}) as Params) };
};

const DAY = 'date.day';

/** Returns `2008-5-30` from the parts as they are, without padding, so that they can be restored exactly. */
function shortDay({ year, month, day, ...others }: Params): string | undefined {
  const parts = [year, month, day];
  const isDay = parts.every((part) => typeof part === 'string' && /^\d{1,6}$/.test(part));
  return isDay && Object.keys(others).length === 0 ? parts.join('-') : undefined;
}

function parseDay(text: string): { day: string; month: string; year: string } | undefined {
  const [, year, month, day] = /^(\d{1,6})-(\d{1,6})-(\d{1,6})$/.exec(text) ?? [];
  return year === undefined || month === undefined || day === undefined ? undefined : { day, month, year };
}

/** Maximum nesting of messages in a record; the schema rejects deeper ones. */
const MAX_DEPTH = 12;

/**
 * Expands a shortened message. Invalid values are returned unchanged, for the schema of the record to reject. Omitted
 * prefixes are restored from `from`, or by it if it is a function.
 */
export function expandMessage(value: unknown, from: string | ((id: string) => string) = ''): unknown {
  const fullId = typeof from === 'string' ? (id: string) => expandId(id, from) : from;
  if (typeof value === 'string') return { id: fullId(value) };
  return expandNested(value, MAX_DEPTH, fullId);
}

function expandNested(value: unknown, depth: number, fullId = (id: string): string => id): unknown {
  const record = asRecord(value);
  const [first, ...more] = Object.entries(record ?? {});
  if (first === undefined || more.length > 0 || !first[0].includes('.') || depth === 0) return value;
  const [short, params] = first;
  const id = fullId(short);
  if (typeof params === 'string')
    return { id, params: (id === DAY ? parseDay(params) : undefined) ?? { text: params } };
  const places = asRecord(params) ?? {};
  return Object.keys(places).length === 0 ? { id } : { id, params: expandParams(places, depth) };
}

/** Expands parameters shortened by `shortenParams`. */
const expandParams = (places: JsonRecord, depth = MAX_DEPTH): JsonRecord =>
  Object.fromEntries(
    Object.entries(places).map(([name, one]) => [
      name,
      Array.isArray(one) ? one.map((item) => expandNested(item, depth - 1)) : expandNested(one, depth - 1),
    ]),
  );

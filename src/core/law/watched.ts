import { existsSync, readFileSync } from 'node:fs';
import Type, { type Static } from 'typebox';
import { Errors } from 'typebox/schema';
import { LANGUAGES, type Language } from '../../i18n/languages.js';
import type { ClauseGrade } from '../report/rule-terms.js';
import { RuleSchema } from './rulebook.js';
import { gradeOf } from './sources.js';

/**
 * Watched law without a rulebook: its requirements concern no file, it is not yet law, or its text was not available.
 * It gives dated context and never a finding; no file is checked against it.
 */

/** `law`: enacted; `voluntary`: a code or guideline that binds nobody; `pending`: expected to be enacted; `open`: whether it was enacted could not be established. */
export const WATCHED_STATES = ['law', 'voluntary', 'pending', 'open'] as const;

const { sources, checkAgainOn } = RuleSchema.properties;
const closed = { additionalProperties: false } as const;

export const WatchedLawRowSchema = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 64 }),
    jurisdiction: Type.String({ pattern: '^([A-Z]{2}(-[A-Z]{2})?|EU)$' }),
    state: Type.Enum([...WATCHED_STATES]),
    /** First day in force as far as it is known; sometimes only the month or year is. */
    effective: Type.Optional(Type.String({ pattern: '^\\d{4}(-\\d{2}(-\\d{2})?)?$' })),
    /** First day on which it no longer applies, as far as it is known. */
    until: Type.Optional(Type.String({ pattern: '^\\d{4}(-\\d{2}(-\\d{2})?)?$' })),
    sources,
    checkAgainOn,
  },
  closed,
);
const RowsSchema = Type.Array(WatchedLawRowSchema, { minItems: 1, maxItems: 200 });
export type WatchedLawRow = Static<typeof WatchedLawRowSchema>;

/** Name of the law, what it requires, and remarks on its state. */
const REQUIRED = ['instrument', 'asks'] as const;
const WORDS = [...REQUIRED, 'known'] as const;
type Word = (typeof WORDS)[number];
type Texts = Readonly<Record<string, string>>;

/** Watched law with its texts in one language. */
export interface WatchedLaw extends WatchedLawRow {
  instrument: string;
  asks: string;
  known?: string;
  grade: ClauseGrade;
  /** Language of the texts, if it differs from the requested one. */
  language?: Language;
}

const FOLDER = new URL('./watched/', import.meta.url);
const readText = (name: string): unknown => JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8'));
const hasTexts = (language: Language): boolean => existsSync(new URL(textsFile(language), FOLDER));
const textsFile = (language: Language) => `texts.${language}.json`;

export function loadWatchedLaw(language: Language, folder = readText): WatchedLaw[] {
  const rows = checkRows(folder('watched.json'));
  const told = hasTexts(language) ? language : 'en';
  const texts = checkWords(folder(textsFile(told)), rows, textsFile(told));
  return rows.map((row) => {
    const word = (name: Word) => texts[`${row.id}.${name}`];
    const known = word('known');
    return {
      ...row,
      instrument: word('instrument') ?? '',
      asks: word('asks') ?? '',
      ...(known === undefined ? {} : { known }),
      grade: gradeOf(row.sources),
      ...(told === language ? {} : { language: told }),
    };
  });
}

/** Returns the published form: texts in every language, in the members that rulebooks use. */
export function toPublishedWatchedLaw() {
  const [english = [], ...others] = LANGUAGES.map((language) => loadWatchedLaw(language));
  const languages = LANGUAGES.map((one) => (one === 'zh-Hans' ? 'zh' : one));
  return english.map(({ instrument: _, asks: __, known, ...row }, index) => {
    const each = (name: Word) =>
      Object.fromEntries(
        [english, ...others].map((all, at) => [languages[at] ?? 'en', all[index]?.[name] ?? '']),
      ) as { en: string; zh: string };
    return {
      ...row,
      instrument: each('instrument'),
      asks: each('asks'),
      ...(known === undefined ? {} : { known: each('known') }),
    };
  });
}

/** Returns whether watched law is of one of these jurisdictions; a country includes its states. */
export const isWatchedIn = (
  { jurisdiction }: Pick<WatchedLawRow, 'jurisdiction'>,
  jurisdictions: readonly string[] | undefined,
): boolean =>
  jurisdictions === undefined ||
  jurisdictions.includes(jurisdiction) ||
  jurisdictions.includes(jurisdiction.split('-')[0] ?? jurisdiction);

/** Checks the rows. Throws an error that names the path. */
export function checkRows(value: unknown): WatchedLawRow[] {
  const [passes, errors] = Errors(RowsSchema, value);
  if (!passes) refuse('watched.json', errors[0]?.instancePath ?? '/', errors[0]?.message ?? 'is wrong');
  const rows = value as WatchedLawRow[];
  const seen = new Set<string>();
  for (const row of rows) {
    if (seen.has(row.id)) refuse('watched.json', row.id, 'stands there twice');
    seen.add(row.id);
    const fault = faultOf(row);
    if (fault !== undefined) refuse('watched.json', row.id, fault);
  }
  return rows;
}

function faultOf({ state, effective, until, checkAgainOn, sources }: WatchedLawRow): string | undefined {
  if (state !== 'law' && (effective ?? until) !== undefined) return 'has a first or last day, and is no law';
  if (state !== 'law' && checkAgainOn === undefined)
    return 'is expected or open, and has no day to look again';
  for (const day of [effective, until, checkAgainOn, ...sources.map(({ seenOn }) => seenOn)])
    if (day !== undefined && !isDay(day)) return `has no such day: ${day}`;
  if (until !== undefined && firstDayOf(until) <= firstDayOf(effective ?? '0000'))
    return 'ends before it begins';
  return sources.some(({ kind, address }) => address === undefined && kind !== 'memory')
    ? 'has a source without an address'
    : undefined;
}

/** Returns the first day of a month or year; a day stays as it is. */
export const firstDayOf = (date: string): string => `${date}-01-01`.slice(0, 10);

/** A month or year is checked as its first day. */
function isDay(day: string): boolean {
  const whole = firstDayOf(day);
  const time = Date.parse(`${whole}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === whole;
}

export function checkWords(value: unknown, rows: readonly WatchedLawRow[], file: string): Texts {
  if (typeof value !== 'object' || value === null) refuse(file, '/', 'is not an object of texts');
  const texts = value as Texts;
  for (const { id } of rows)
    for (const word of REQUIRED)
      if (typeof texts[`${id}.${word}`] !== 'string') refuse(file, `${id}.${word}`, 'is missing');
  const wanted = new Set(rows.flatMap(({ id }) => WORDS.map((word) => `${id}.${word}`)));
  for (const [id, text] of Object.entries(texts)) {
    if (!wanted.has(id)) refuse(file, id, 'is a text that watched.json has no use for');
    if (typeof text !== 'string' || text === '') refuse(file, id, 'is no text');
  }
  return texts;
}

function refuse(file: string, place: string, why: string): never {
  throw new Error(`watched law ${file}: ${place} ${why}`);
}

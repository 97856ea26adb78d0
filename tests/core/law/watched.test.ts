import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  checkRows,
  checkWords,
  loadWatchedLaw,
  toPublishedWatchedLaw,
} from '../../../src/core/law/watched.js';
import type { Language } from '../../../src/i18n/languages.js';

const FOLDER = new URL('../../../src/core/law/watched/', import.meta.url);
const read = (name: string) => JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8'));

type Row = { [key: string]: unknown; id: string };
const ROWS: Row[] = read('watched.json');
const changed = (id: string, change: (row: Row) => void) => () => {
  const rows: Row[] = structuredClone(ROWS);
  const row = rows.find((one) => one.id === id);
  if (row === undefined) throw new Error(`no row ${id}`);
  change(row);
  return checkRows(rows);
};

describe('watched law', () => {
  it('has words in each language, and what is known of it is graded by its sources', () => {
    const [english, chinese] = (['en', 'zh-Hans'] as const).map((one) => loadWatchedLaw(one));
    expect(english?.map(({ id }) => id)).toEqual(ROWS.map(({ id }) => id));
    for (const row of english ?? []) expect(`${row.instrument}${row.asks}`).not.toMatch(/\p{Script=Han}/u);
    for (const row of chinese ?? []) expect(`${row.asks}`).toMatch(/\p{Script=Han}/u);
    const grades = new Map(english?.map(({ id, grade }) => [id, grade]));
    expect(grades.get('it-612-quater')).toBe('A');
    expect(grades.get('us-take-it-down')).toBe('B2');
    expect(grades.get('tr-bills')).toBe('B');
    expect(grades.get('br-pl-2338')).toBe('C');
  });

  it('is told in English, marked so, where a language has no words', () => {
    const told = loadWatchedLaw('fr' as Language);
    expect(new Set(told.map(({ language }) => language))).toEqual(new Set(['en']));
    expect(loadWatchedLaw('en').some(({ language }) => language !== undefined)).toBe(false);
  });

  it('is published with its words in both languages', () => {
    for (const { instrument, asks } of toPublishedWatchedLaw())
      for (const text of [instrument.en, instrument.zh, asks.en, asks.zh]) expect(text).not.toBe('');
  });

  it('is nothing that has a rulebook', () => {
    const books = readdirSync(new URL('../rulebooks/', FOLDER));
    expect(ROWS.filter(({ id }) => books.includes(id))).toEqual([]);
  });
});

describe('watched law is refused, with the place, where', () => {
  it.each<[string, () => unknown, RegExp]>([
    ['a state is none', changed('dk-likeness', (row) => (row['state'] = 'maybe')), /state/],
    ['a bill has a first day', changed('tr-bills', (row) => (row['effective'] = '2027')), /is no law/],
    [
      'nobody will look again',
      changed('dk-likeness', (row) => delete row['checkAgainOn']),
      /no day to look again/,
    ],
    ['a day is none', changed('it-612-quater', (row) => (row['effective'] = '2025-02-31')), /no such day/],
    ['it ends before it begins', changed('it-612-quater', (row) => (row['until'] = '2025')), /ends before/],
    ['a month is none', changed('eu-dsa-35-1-k', (row) => (row['effective'] = '2023-13')), /no such day/],
    ['it has no source', changed('dk-likeness', (row) => (row['sources'] = [])), /sources/],
    ['it has a clause', changed('dk-likeness', (row) => (row['parts'] = [])), /watched\.json: \//],
    ['an id stands twice', changed('dk-likeness', (row) => (row['id'] = 'tr-bills')), /twice/],
  ])('%s', (_name, check, why) => {
    expect(check).toThrow(why);
  });

  it.each<[string, Record<string, string | undefined>, RegExp]>([
    ['a text is missing', { 'dk-likeness.asks': undefined }, /dk-likeness\.asks is missing/],
    ['a text is nobody’s', { 'dk-likeness.title': 'x' }, /no use for/],
    ['a text is empty', { 'dk-likeness.known': '' }, /is no text/],
  ])('%s', (_name, change, why) => {
    const texts = JSON.parse(JSON.stringify({ ...read('texts.en.json'), ...change }));
    expect(() => checkWords(texts, checkRows(ROWS), 'texts.en.json')).toThrow(why);
  });
});

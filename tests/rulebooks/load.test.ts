import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkRulebook } from '../../src/core/law/rulebooks/check.js';
import { loadRulebooks, rulebookIds } from '../../src/core/law/rulebooks/index.js';

const FOLDER = new URL('../../src/core/law/rulebooks/', import.meta.url);
const FILE = 'cn-gb45438-2025/rulebook.json';

type Json = { [key: string]: unknown; rules: { [key: string]: unknown }[] };

function changed(change: (book: Json, rule: Json['rules'][number]) => void): () => unknown {
  const book = JSON.parse(readFileSync(new URL(FILE, FOLDER), 'utf8')) as Json;
  const rule = book.rules[3];
  if (rule === undefined) throw new Error('no fourth rule');
  change(book, rule);
  return () => checkRulebook(book, FILE);
}

describe('loading', () => {
  it('gives every rulebook by default, and those asked for in the order asked', () => {
    expect(loadRulebooks().map(({ id }) => id)).toEqual([...rulebookIds()]);
    expect(loadRulebooks(['cn-gb45438-2025', 'cn-gb45438-2025']).map(({ id }) => id)).toEqual([
      'cn-gb45438-2025',
    ]);
    expect(loadRulebooks([])).toEqual([]);
  });

  it('refuses an unknown id with a code', () => {
    expect(() => loadRulebooks(['eu-nothing'])).toThrow(
      expect.objectContaining({ code: 'unknown-rulebook' }),
    );
    expect(() => loadRulebooks(['../../../package'])).toThrow(
      expect.objectContaining({ code: 'unknown-rulebook' }),
    );
  });

  it('takes every folder for a law, in the order that the laws give', () => {
    const folders = readdirSync(FOLDER, { withFileTypes: true }).flatMap((one) =>
      one.isDirectory() ? [one.name] : [],
    );
    expect([...rulebookIds()].sort()).toEqual(folders.sort());
    const orders = loadRulebooks().map(({ order }) => order);
    expect(orders).toEqual([...orders].sort((a, b) => a - b));
    expect(rulebookIds()[0]).toBe('cn-av-provisions-2019');
    expect(rulebookIds().at(-1)).toBe('iptc-c2pa-practice');
  });
});

describe('a rulebook is refused, with its file and the place, when', () => {
  it.each([
    [
      'it names an unknown signal',
      changed((_b, rule) => (rule['answeredWhen'] = { any: [{ signal: 'gb45438.nothing' }] })),
      /\/rules\/3\/answeredWhen\/any\/0\/signal/,
    ],
    [
      'it names an unknown backing',
      changed(
        (_b, rule) => (rule['answeredWhen'] = { any: [{ signal: 'c2pa.present', backing: ['good'] }] }),
      ),
      /\/rules\/3\/answeredWhen\/any\/0\/backing\/0/,
    ],
    [
      'it has a fourth word',
      changed((_b, rule) => (rule['answeredWhen'] = { most: [{ signal: 'c2pa.present' }] })),
      /\/rules\/3\/answeredWhen/,
    ],
    ['a condition is empty', changed((_b, rule) => (rule['answeredWhen'] = {})), /\/rules\/3\/answeredWhen/],
    ['a rule has no clause', changed((_b, rule) => delete rule['clause']), /\/rules\/3.*clause/],
    ['a rule has no reference', changed((_b, rule) => (rule['references'] = [])), /\/rules\/3\/references/],
    [
      'a reference is not https',
      changed((_b, rule) => (rule['references'] = [{ title: 'x', address: 'http://example.org' }])),
      /\/rules\/3\/references\/0\/address/,
    ],
    ['a rule has no date', changed((_b, rule) => (rule['inForce'] = {})), /\/rules\/3\/inForce/],
    [
      'a date is no day',
      changed((_b, rule) => (rule['inForce'] = { from: '2025-02-31' })),
      /\/rules\/3 \(6\.1\.a-five-elements\)\/inForce\/from/,
    ],
    [
      'a rule ends before it begins',
      changed((_b, rule) => (rule['inForce'] = { from: '2025-09-01', until: '2025-09-01' })),
      /ends before it begins/,
    ],
    [
      'a rule has neither condition nor reason',
      changed((_b, rule) => delete rule['answeredWhen']),
      /answeredWhen, or notAssessable/,
    ],
    ['a rule has both', changed((_b, rule) => (rule['notAssessable'] = true)), /never be looked at/],
    [
      'two rules share an id',
      changed((_b, rule) => (rule['id'] = '5.2-explicit-image')),
      /id of an earlier rule/,
    ],
    ['its id is not its folder’s name', changed((book) => (book['id'] = 'another')), /folder’s name/],
    [
      'a sentence has a place that nothing fills',
      changed((_b, rule) => (rule['statements'] = { answered: ['signer'] })),
      /\/rules\/3\/statements\/answered\/0/,
    ],
    ['it holds words', changed((_b, rule) => (rule['title'] = { en: 'x', zh: '无' })), /\/rules\/3/],
    [
      'a reason stands among the sentences',
      changed((_b, rule) => (rule['statements'] = { 'not-assessable': [] })),
      /goes with notAssessable alone/,
    ],
    ['it has no rules', changed((book) => (book.rules = [])), /\/rules/],
  ])('%s', (_name, check, place) => {
    expect(check).toThrow(/^rulebook cn-gb45438-2025\/rulebook\.json: /);
    expect(check).toThrow(place);
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { checkRulebook } from '../../../src/core/law/rulebooks/check.js';
import { computeRulebookDigest } from '../../../src/core/law/rulebooks/digest.js';
import { builtInFragments, resolveFragments } from '../../../src/core/law/rulebooks/fragments.js';
import {
  getLawInForce,
  listRulebookIds,
  loadRulebooks,
  readIndex,
  setLawInForce,
} from '../../../src/core/law/rulebooks/index.js';

const FOLDER = new URL('../../../src/core/law/rulebooks/', import.meta.url);
const FILE = 'cn-gb45438-2025/clauses.json';

type Json = { [key: string]: unknown; rules: Clause[] };
type Clause = { [key: string]: unknown };

const written = (name: string): unknown => JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8'));
const law = (): Json => ({
  ...(written('cn-gb45438-2025/book.json') as object),
  rules: resolveFragments(written(FILE), builtInFragments()) as Clause[],
});

/** Loads the clause of the five elements with a change, and without the items that name its parts. */
function changed(change: (rule: Clause, book: Json) => void): () => unknown {
  const book = law();
  const rule = book.rules[3];
  if (rule === undefined) throw new Error('no fourth rule');
  delete rule['items'];
  change(rule, book);
  return () => checkRulebook(book, FILE);
}

const part = (when: unknown) => [{ id: 'it', when }];
const source = (more: object) => [
  {
    kind: 'secondary',
    title: 'x',
    address: 'https://example.org',
    seenOn: '2026-11-24',
    seenBy: 'x',
    supports: ['exists'],
    ...more,
  },
];

describe('loading', () => {
  it('gives every rulebook by default, and those asked for in the order asked', () => {
    expect(loadRulebooks().map(({ id }) => id)).toEqual([...listRulebookIds()]);
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

  it('takes what the index lists, which is every folder, in the order that the laws give', () => {
    const folders = readdirSync(FOLDER, { withFileTypes: true }).flatMap((one) =>
      one.isDirectory() ? [one.name] : [],
    );
    expect([...listRulebookIds()].sort()).toEqual(folders.sort());
    const orders = loadRulebooks().map(({ order }) => order);
    expect(orders).toEqual([...orders].sort((a, b) => a - b));
    expect(listRulebookIds()[0]).toBe('cn-av-provisions-2019');
    expect(listRulebookIds().at(-1)).toBe('iptc-c2pa-practice');
  });
});

describe('the items of clauses', () => {
  /** Clauses of the form of a label, of what is no item, or of what eyes look for elsewhere. */
  const WITHOUT = [
    'cn-gb45438-2025 6.1.c-one-copy',
    'cn-gb45438-2025 e.a-key',
    'cn-gb45438-2025 e.b-string-form',
    'cn-gb45438-2025 e.c-label-value',
    'cn-gb45438-2025 e.c.i-strings',
    'cn-gb45438-2025 e.note1-first-write',
    'cn-gb45438-2025 e.j-characters',
    'eu-code-of-practice-2026 1.1.3-fingerprint',
    'int-adobe-stock-genai no-newsworthy-event',
    'int-c2pa-conformance all-actions-included',
    'int-platform-readers youtube-captured',
    'us-ut-63a-16-216 2.d-previous',
  ];

  it('stand on every clause of Assay’s books that asks for a mark or a notice', () => {
    const asks = new Set(['mark', 'tell', 'encouraged', 'safe-harbour']);
    const without = loadRulebooks().flatMap(({ id, rules }) =>
      rules
        .filter(({ kind, items }) => asks.has(kind) && items === undefined)
        .map((rule) => `${id} ${rule.id}`),
    );
    expect(without.sort()).toEqual([...WITHOUT].sort());
  });
});

describe('the law in force', () => {
  const broken = new Map([['one', new Error('it is broken')]]);
  afterEach(() => setLawInForce());

  it('is swapped in whole, with its words, and back', () => {
    const [first] = loadRulebooks();
    if (first === undefined) throw new Error('no law');
    const before = getLawInForce();
    setLawInForce(new Map([[first.id, first]]));
    expect(listRulebookIds()).toEqual([first.id]);
    expect(loadRulebooks()).toEqual([first]);
    expect(getLawInForce().digest).not.toBe(before.digest);
    expect(() => loadRulebooks(['eu-ai-act-art-50'])).toThrow(
      expect.objectContaining({ code: 'unknown-rulebook' }),
    );
    setLawInForce();
    expect(getLawInForce()).toBe(before);
  });

  it('tells a broken book to whoever wants it', () => {
    setLawInForce(broken);
    expect(() => loadRulebooks(['one'])).toThrow('it is broken');
  });
});

describe('a signal that this version does not know', () => {
  it('takes its clause alone out of law that comes from elsewhere', () => {
    const book = law();
    const [, second, third] = book.rules;
    if (second === undefined || third === undefined) throw new Error('no third rule');
    second['trigger'] = { any: [{ signal: 'later.signal' }] };
    expect(() => checkRulebook(book, FILE)).toThrow(
      /\/rules\/1 .* names a signal that there is not: later\.signal/,
    );
    const known = checkRulebook(book, FILE, 'disable');
    expect(known.disabled).toEqual([{ rule: second['id'], signal: 'later.signal' }]);
    expect(known.rules.map(({ id }) => id)).toEqual(
      book.rules.flatMap(({ id }) => (id === second['id'] ? [] : [id])),
    );
  });
});

describe('the digest', () => {
  const files = () =>
    new Map<string, unknown>([
      ['book.json', { id: 'x', edition: '2026-01-01', order: 1 }],
      ['clauses.json', [{ id: 'a', clause: '1' }]],
      ['texts.en.json', { title: 'T' }],
      ['cases.json', [1]],
    ]);
  const of = (name: string, value: unknown) => computeRulebookDigest(files().set(name, value), new Map());

  it('is of clauses and words, not of how they are written down, nor of edition and cases', () => {
    const before = computeRulebookDigest(files(), new Map());
    expect(of('clauses.json', [{ clause: '1', id: 'a' }])).toBe(before);
    expect(of('book.json', { order: 1, edition: '2026-02-02', id: 'x' })).toBe(before);
    expect(of('cases.json', [2])).toBe(before);
    expect(of('clauses.json', [{ id: 'a', clause: '2' }])).not.toBe(before);
    expect(of('texts.en.json', { title: 'U' })).not.toBe(before);
    expect(of('texts.fr.json', { title: 'T' })).not.toBe(before);
    expect(of('book.json', { id: 'x', edition: '2026-01-01', order: 2 })).not.toBe(before);
    expect(of('clauses.json', [{ id: 'a', clause: '1', edition: '1' }])).not.toBe(before);
  });

  it('of each law is the one that the index lists', () => {
    for (const { id, digest } of readIndex(FOLDER)) {
      const names = readdirSync(new URL(`${id}/`, FOLDER)).filter((name) => name.endsWith('.json'));
      expect([
        id,
        computeRulebookDigest(
          new Map(names.map((name) => [name, written(`${id}/${name}`)])),
          builtInFragments(),
        ),
      ]).toEqual([id, digest]);
    }
  });
});

describe('a rulebook is refused, with its file and the place, when', () => {
  it.each<[string, () => unknown, RegExp]>([
    [
      'it names an unknown signal',
      changed((rule) => (rule['parts'] = part({ any: [{ signal: 'gb45438.nothing' }] }))),
      /\/rules\/3 \(6\.1\.a-five-elements\) names a signal that there is not: gb45438\.nothing/,
    ],
    [
      'it names an unknown backing',
      changed((rule) => (rule['trigger'] = { any: [{ signal: 'c2pa.present', backing: ['good'] }] })),
      /\/rules\/3\/trigger\/any\/0\/backing\/0/,
    ],
    [
      'it has a fourth word',
      changed((rule) => (rule['trigger'] = { most: [{ signal: 'c2pa.present' }] })),
      /\/rules\/3\/trigger/,
    ],
    ['a condition is empty', changed((rule) => (rule['parts'] = part({}))), /\/rules\/3\/parts\/0\/when/],
    ['a rule has no clause', changed((rule) => delete rule['clause']), /\/rules\/3.*clause/],
    ['a rule has no kind', changed((rule) => delete rule['kind']), /\/rules\/3.*kind/],
    ['a rule has no source', changed((rule) => (rule['sources'] = [])), /\/rules\/3\/sources/],
    [
      'a source is not https',
      changed((rule) => (rule['sources'] = source({ address: 'http://example.org' }))),
      /\/rules\/3\/sources\/0\/address/,
    ],
    [
      'a source has no address',
      changed((rule) => (rule['sources'] = source({ address: undefined }))),
      /\/sources\/0/,
    ],
    [
      'a source is no day',
      changed((rule) => (rule['sources'] = source({ seenOn: '2026-02-30' }))),
      /sources\/0\/seenOn is no day/,
    ],
    [
      'memory is quoted',
      changed(
        (rule) => (rule['sources'] = source({ kind: 'memory', quotation: { text: 'x', language: 'en' } })),
      ),
      /quotes from memory/,
    ],
    ['a rule has no date', changed((rule) => (rule['periods'] = [{}])), /\/rules\/3\/periods\/0/],
    ['a rule has no period', changed((rule) => (rule['periods'] = [])), /has no day, and is not pending/],
    [
      'a date is no day',
      changed((rule) => (rule['periods'] = [{ from: '2025-02-31' }])),
      /\/rules\/3 \(6\.1\.a-five-elements\)\/periods\/0\/from/,
    ],
    [
      'a rule ends before it begins',
      changed((rule) => (rule['periods'] = [{ from: '2025-09-01', until: '2025-09-01' }])),
      /ends before it begins/,
    ],
    ['a day to look again is none', changed((rule) => (rule['checkAgainOn'] = '2026-13-01')), /checkAgainOn/],
    [
      'a rule that asks for a mark has no parts',
      changed((rule) => delete rule['parts']),
      /is a mark, and has no parts/,
    ],
    [
      'one for people’s eyes has some',
      changed((rule) => (rule['kind'] = 'tell')),
      /a file never shows what a tell asks for/,
    ],
    [
      'a part has neither a condition nor ways',
      changed((rule) => (rule['parts'] = [{ id: 'it' }])),
      /parts\/0 needs either when, or ways/,
    ],
    [
      'two parts share an id',
      changed((rule) => {
        const [one] = part({ any: [{ signal: 'c2pa.present' }] });
        rule['parts'] = [one, one];
      }),
      /have the same id twice: it/,
    ],
    [
      'an item is none that the grid has',
      changed((rule) => (rule['items'] = [{ item: 'colour', parts: ['label'] }])),
      /\/rules\/3\/items\/0\/item/,
    ],
    [
      'an item is made of a part that there is not',
      changed((rule) => (rule['items'] = [{ item: 'mark', parts: ['nothing'] }])),
      /items\/0 names no part of the clause: nothing/,
    ],
    [
      'an item names no part',
      changed((rule) => (rule['items'] = [{ item: 'mark' }])),
      /items\/0 names no part, and the clause has parts/,
    ],
    [
      'an item is given twice',
      changed((rule) => (rule['items'] = [1, 2].map(() => ({ item: 'mark', parts: ['label'] })))),
      /items\/1 is given twice: mark/,
    ],
    [
      'a mark asks for a notice',
      changed((rule) => (rule['items'] = [{ item: 'notice', parts: ['label'] }])),
      /items\/0 is notice, and only a tell asks for a notice/,
    ],
    [
      'two rules share an id',
      changed((rule, book) => (rule['id'] = book.rules[0]?.['id'])),
      /id of an earlier rule/,
    ],
    ['its id is not its folder’s name', changed((_rule, book) => (book['id'] = 'another')), /folder’s name/],
    ['it holds words', changed((rule) => (rule['title'] = { en: 'x', zh: '无' })), /\/rules\/3/],
    ['it has no rules', changed((_rule, book) => (book.rules = [])), /\/rules/],
    [
      'it names a rule that takes its place and there is none',
      changed((rule) => (rule['supersededBy'] = 'nothing')),
      /names no rule of this book/,
    ],
  ])('%s', (_name, check, place) => {
    expect(check).toThrow(/^rulebook cn-gb45438-2025\/clauses\.json: /);
    expect(check).toThrow(place);
  });
});

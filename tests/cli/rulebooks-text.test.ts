import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { calendarText, diffText, listText, showText, watchedText } from '../../src/cli/law/rulebooks-text.js';
import type { Rulebook } from '../../src/core/law/rulebook.js';
import { calendarSpan, changesBetween, watchedChangesBetween } from '../../src/core/law/rulebook-diff.js';
import { loadLaws, loadRulebooks, setLawInForce } from '../../src/core/law/rulebooks/index.js';
import { loadWatchedLaw } from '../../src/core/law/watched.js';
import { inChinese, inEnglish } from '../i18n/english.js';

/** A law with two cohorts, an exception, a bill and a quotation, and without a Chinese text. */
const ID = 'br-invented-2027';
const source = {
  kind: 'official-text',
  title: 'The law',
  address: 'https://example.org/law',
  locator: 'Article 5',
  quotation: { text: 'appears authentic', language: 'en' },
  seenOn: '2026-11-28',
  seenBy: 'T',
  supports: ['wording'],
};
const heard = { ...source, kind: 'secondary', quotation: undefined };
const common = { binds: ['provider'], covers: ['image'] };
const CLAUSES = [
  {
    ...common,
    id: '5-mark',
    provision: 'Article 5',
    clause: 'Article 5',
    kind: 'mark',
    periods: [
      { from: '2027-01-01', cohort: 'new' },
      { from: '2027-06-01', until: '2028-01-01', cohort: 'old' },
    ],
    sources: [source, heard],
    checkAgainOn: '2027-05-01',
    trigger: { any: [{ signal: 'file.aiMark.signed' }] },
    parts: [
      {
        id: 'label',
        ways: [
          { id: 'xmp', when: { any: [{ signal: 'gb45438.label.present' }] }, gives: ['value'] },
          { id: 'other', when: { any: [{ signal: 'file.aiMark.unsigned' }] } },
        ],
      },
    ],
    exceptions: [{ id: 'editing' }],
  },
  {
    ...common,
    id: '6-look',
    provision: 'Article 6',
    clause: 'Article 6',
    kind: 'tell',
    pending: true,
    voluntary: true,
    periods: [],
    sources: [source],
  },
];
const TEXTS = {
  title: 'Invented Law',
  short: 'Invented',
  about: 'About it.',
  '5-mark.title': 'A label',
  '5-mark.asks': 'It holds a label.',
  '5-mark.part.label': 'a label',
  '5-mark.part.label.xmp': 'a label that says {value}',
  '5-mark.part.label.other': 'a label of another kind',
  '5-mark.cohort.new': 'systems of 2027 and later',
  '5-mark.cohort.old': 'earlier systems',
  '5-mark.exception.editing': 'standard editing',
  '6-look.title': 'A notice',
  '6-look.asks': 'People are told.',
  '6-look.statement.look': 'look whether it {quote}.',
};

const folder = mkdtempSync(join(tmpdir(), 'assay-show-'));
let book: Rulebook;
beforeAll(async () => {
  mkdirSync(join(folder, ID));
  const write = (name: string, value: unknown) => writeFileSync(join(folder, name), JSON.stringify(value));
  const instrument = { title: 'Invented Law', address: 'https://example.org' };
  const edition = '2026-11-28';
  write(`${ID}/book.json`, { id: ID, jurisdiction: 'BR', kind: 'law', order: 1, instrument, edition });
  write(`${ID}/clauses.json`, CLAUSES);
  write(`${ID}/texts.en.json`, TEXTS);
  write('index.json', { rulebooks: [{ id: ID, edition, digest: 'd' }] });
  const url = pathToFileURL(`${folder}/`);
  setLawInForce(await loadLaws(url));
  const [known] = loadRulebooks();
  if (known === undefined) throw new Error('no law');
  book = known;
});
afterAll(() => {
  setLawInForce();
  rmSync(folder, { recursive: true, force: true });
});

describe('assay rulebooks show, of a law with everything in it', () => {
  it('tells kind, periods with whom they are for, parts, ways, exceptions and sources', () => {
    const text = showText(book, { lang: 'en' }, '2027-02-01');
    expect(text).toContain(
      `${inEnglish('rulebook.kind.mark')} · from 2027-01-01, for systems of 2027 and later · from 2027-06-01 until the day before 2028-01-01, for earlier systems · in force · binds: provider`,
    );
    expect(text).toContain('Only where the file holds one of: file.aiMark.signed');
    expect(text).toContain(
      'Looked for:\n    a label\n      a label that says …\n      a label of another kind\n',
    );
    expect(text).toContain('Not for:\n    standard editing\n');
    expect(text).toContain(
      'official text: The law, Article 5 (wording; seen on 2026-11-28)\n      https://example.org/law\n      “appears authentic”',
    );
    expect(text).toContain('secondary source: The law, Article 5 (wording; seen on 2026-11-28)');
    expect(text).toContain('Look again on 2027-05-01.');
    expect(text).toContain(`not law yet · ${inEnglish('rulebook.voluntary')}`);
    expect(text).toContain('look whether it “appears authentic”.');
    expect(text).not.toContain('In English:');
  });

  it('marks the English that stands for a language without words', () => {
    expect(showText(book, { lang: 'zh-Hans' }, '2027-02-01')).toMatch(
      new RegExp(`^${inChinese('rulebook.inEnglish')}\nInvented Law`),
    );
    expect(listText([book], { lang: 'zh-Hans' }, '2027-02-01')).toContain(
      '尚无本语言文本。\n  Invented Law\n',
    );
  });
});

describe('assay rulebooks calendar', () => {
  it('holds twelve months, with both its first and its last day', () => {
    expect(calendarSpan('2027-01-01')).toEqual({ from: '2026-12-31', to: '2027-12-31' });
    expect(calendarSpan('2028-02-29')).toEqual({ from: '2028-02-28', to: '2029-02-28' });
    const on = (first: string) => {
      const { from, to } = calendarSpan(first);
      return changesBetween([book], from, to).map((one) => one.on);
    };
    expect(on('2027-01-01')).toEqual(['2027-01-01', '2027-06-01']);
    expect(on('2027-01-02')).toEqual(['2027-06-01', '2028-01-01']);
  });

  it('says of a clause where it is, whom it binds, what it asks and who wrote the book', () => {
    const { from, to } = calendarSpan('2027-01-01');
    const changes = changesBetween([{ ...book, signer: { name: 'Bureau', key: 'k' } }], from, to);
    const layer = { ...book, signer: { name: 'Bureau', key: 'k' } };
    const options = { lang: 'en' as const, from: '2027-01-01', to };
    const text = calendarText({ books: [layer], changes, watched: [] }, options);
    expect(text).toMatch(/^What begins or ends from 2027-01-01 to 2027-12-31\. /);
    expect(text).toContain('2027-01-01  begins (Brazil): Invented, Article 5\n  A label\n');
    expect(text).toContain('for systems of 2027 and later · binds: provider\n  It holds a label.\n');
    expect(text).toContain('  text of 2026-11-28 by Bureau\n  The law: https://example.org/law\n');
    expect(text).not.toContain('every role');
    expect(
      calendarText({ books: [], changes: [], watched: [] }, { ...options, role: ['provider'] }),
    ).toContain(inEnglish('rulebook.calendar.watchedAnyRole'));
  });

  it('tells watched law that begins, ends or is due', () => {
    const [law] = loadWatchedLaw('en').filter(({ id }) => id === 'eu-ai-act-5-nudifiers');
    if (law === undefined) throw new Error('no such law');
    const ending = { ...law, effective: '2026', until: '2027-08', checkAgainOn: '2027-02-01' };
    const watched = watchedChangesBetween([ending], '2025-12-31', '2027-08-01');
    expect(watched.map(({ on, change }) => [on, change])).toEqual([
      ['2026-01-01', 'begins'],
      ['2027-02-01', 'due'],
      ['2027-08-01', 'ends'],
    ]);
    expect(watchedChangesBetween([ending], '2027-02-01', '2027-07-31')).toEqual([]);
    const options = { lang: 'en' as const, from: '2025-12-31', to: '2027-08-01' };
    const text = calendarText({ books: [], changes: [], watched }, options);
    expect(text).toContain('2027-08-01  ends (European Union): AI Act, Article 5(1)(ba)');
    expect(watchedText([ending], options)).toContain('until the day before 2027-08');
  });
});

describe('assay rulebooks diff', () => {
  it('tells each period of a clause, and for whom', () => {
    const changes = changesBetween([book], '2026-12-31', '2028-01-01');
    expect(changes.map(({ on, change, cohort }) => [on, change, cohort])).toEqual([
      ['2027-01-01', 'begins', 'new'],
      ['2027-06-01', 'begins', 'old'],
      ['2028-01-01', 'ends', 'old'],
    ]);
    const options = { lang: 'en' as const, from: '2026-12-31', to: '2028-01-01' };
    const [first, second, third] = diffText({ books: [book], changes, watched: [], options }).split('\n\n');
    expect(first).toContain('2027-01-01  begins (Brazil): Invented, Article 5');
    expect(first).toContain('  from 2027-01-01, for systems of 2027 and later');
    expect(second).toContain('until the day before 2028-01-01, for earlier systems');
    expect(third).toContain('2028-01-01  ends (Brazil): Invented, Article 5');
    expect(third).toContain('for earlier systems');
  });
});

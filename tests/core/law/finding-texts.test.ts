import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../src/core/law/evaluate.js';
import type { Rulebook } from '../../../src/core/law/rulebook.js';
import {
  findingTexts,
  localizeFindings,
  localizeRulebooks,
  toStoredFinding,
} from '../../../src/core/law/rulebooks/finding-texts.js';
import { loadRulebooks } from '../../../src/core/law/rulebooks/index.js';
import { textsOf } from '../../../src/core/law/rulebooks/texts.js';
import type { Finding } from '../../../src/core/report/finding-schema.js';
import { message } from '../../../src/i18n/message.js';
import { translatorFor } from '../../../src/i18n/translator.js';
import { inChinese, inEnglish } from '../../i18n/english.js';

const BOOKS = loadRulebooks();
const ID = 'eu-ai-act-art-50';
const en = translatorFor('en');
const zh = translatorFor('zh-Hans');

const about = {
  asset: { kind: 'image' as const },
  signals: [],
  summary: { messages: {} },
  tool: { asOf: '2026-11-25', rulebooks: [{ id: ID, edition: '2026-11-25' }] },
};

function found(): Finding {
  const facts = { kind: 'image' as const, signals: [], unknowable: new Set<never>(), asOf: '2026-11-25' };
  const [finding] = evaluate(loadRulebooks([ID]), facts);
  if (finding === undefined) throw new Error('no finding');
  return finding;
}

const without = (rule: string): Rulebook[] =>
  BOOKS.map((book) => ({ ...book, rules: book.rules.filter(({ id }) => id !== rule) }));

describe('a finding in words', () => {
  it('is told in any language, any number of times, and kept without', () => {
    const [english] = localizeFindings([found()], about, en, BOOKS);
    if (english === undefined) throw new Error('no finding');
    const [chinese] = localizeFindings([toStoredFinding(english)], about, zh, BOOKS);
    expect(english.title).toBe('A machine-readable mark in AI output');
    expect(english.statement).toMatch(/^EU AI Act, Article 50\(2\): /);
    expect(english.statement).toContain(
      inEnglish('finding.cohortAhead', {
        cohort: message('text.asWritten', { text: 'systems placed on the market before 2 Aug 2026' }),
        from: message('date.day', { day: '2', month: '12', year: '2026' }),
      }),
    );
    expect(chinese).toMatchObject({ clause: 'Article 50(2)', title: '人工智能输出中的机器可读标记' });
    expect(chinese?.statement).toMatch(/^欧盟《人工智能法》第 50 条第 2 款：文件中未查到/);
    expect(Object.keys(english)).toEqual([
      ...[
        'rulebook',
        'rule',
        'provision',
        'clause',
        'title',
        'outcome',
        'because',
        'statement',
        'kind',
        'missing',
        'next',
      ],
      ...['binds', 'status', 'inForce', 'periods', 'reference', 'bookSigner', 'verified'],
    ]);
    expect(toStoredFinding(english)).toEqual(found());
    expect(findingTexts(found(), about, zh, BOOKS).clause).toBe('第 50 条第 2 款');
  });

  it('marks the words that are the law’s own', () => {
    const signals = [
      {
        id: 'file.aiMark.signed' as const,
        backing: 'trusted' as const,
        basis: [{ carrier: 'c2pa' as const, locator: 'p' }],
      },
    ];
    const facts = { kind: 'image' as const, signals, unknowable: new Set<never>(), asOf: '2026-11-25' };
    const look = evaluate(loadRulebooks([ID]), facts).find(({ rule }) => rule === '50.4-imitations');
    if (look === undefined) throw new Error('no such finding');
    const words = findingTexts(look, { ...about, signals }, en, BOOKS);
    const [quotation] = words.quotations ?? [];
    expect(quotation?.language).toBe('en');
    expect(words.statement).toContain(`“${quotation?.text}”`);
    expect(quotation?.text).toContain('authentic');
    expect(localizeFindings([look], { ...about, signals }, en, BOOKS)[0]?.quotations).toEqual([quotation]);
    expect(findingTexts(found(), about, en, BOOKS)).not.toHaveProperty('quotations');
  });

  it('says of a clause that the law no longer has that its words are gone, and what came out', () => {
    const [gone] = localizeFindings([found()], about, en, without('50.2-machine-readable'));
    expect(gone).toMatchObject({
      title: 'Article 50(2)',
      statement: inEnglish('finding.gone', {
        edition: message('date.day', { day: '25', month: '11', year: '2026' }),
        outcome: message('law.outcome.no-signal-found'),
      }),
    });
    const undated = { ...about, tool: { asOf: '2026-11-25' } };
    expect(findingTexts(found(), undated, zh, []).statement).toBe(
      inChinese('finding.goneUndated', { outcome: message('law.outcome.no-signal-found') }),
    );
  });

  it('says the same of a clause that no longer has the parts that were found then', () => {
    const then = { ...found(), missing: ['of-before'] };
    expect(findingTexts(then, about, en, BOOKS)).toMatchObject({
      title: 'A machine-readable mark in AI output',
      statement: expect.stringMatching(/^This clause, or what was said of it, is not in the rulebook/),
    });
  });

  it('names laws in the index as they name themselves', () => {
    for (const book of BOOKS)
      for (const speech of [en, zh])
        expect([book.id, book.titles?.[speech.language]]).toEqual([
          book.id,
          textsOf(book, speech.language).title,
        ]);
  });

  it('names laws by their titles, and one that is not here by what it was called', () => {
    const known = [{ id: ID }, { id: 'xx-gone', title: 'Gone' }, { id: 'xx-never' }];
    expect(localizeRulebooks(known, zh, BOOKS).map(({ title }) => title)).toEqual([
      '欧盟《人工智能法》第 50 条',
      'Gone',
      'xx-never',
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { evaluate, type RuleFacts } from '../../../src/core/law/evaluate.js';
import type { Rule, Rulebook } from '../../../src/core/law/rulebook.js';
import { statementMessage } from '../../../src/core/law/rulebooks/statement.js';
import { textsFrom } from '../../../src/core/law/rulebooks/texts.js';
import type { Signal, SignalId } from '../../../src/core/report/signal.js';
import type { Backing } from '../../../src/core/signals/backing.js';
import type { Language } from '../../../src/i18n/languages.js';

const LABEL = 'gb45438.label.present';
const PRODUCER = 'gb45438.element.contentProducer';

const present = (id: SignalId, backing: Backing = 'unsigned'): Signal => ({
  id,
  backing,
  basis: [{ carrier: 'xmp', locator: id }],
});

const RULE: Rule = {
  id: '1-one',
  provision: 'Article 1',
  clause: 'Article 1',
  kind: 'mark',
  binds: ['provider'],
  covers: ['image'],
  periods: [{ from: '2025-09-01' }],
  sources: [
    {
      kind: 'official-text',
      title: 'first',
      address: 'https://example.org/1',
      quotation: { text: 'falsely appear to be authentic', language: 'en' },
      seenOn: '2026-11-24',
      seenBy: 'a test',
      supports: ['wording'],
    },
  ],
  parts: [
    { id: 'label', ways: [{ id: 'any', when: { any: [{ signal: LABEL }] }, gives: ['value'] }] },
    { id: 'producer', when: { any: [{ signal: PRODUCER }] } },
  ],
};

const TEXTS: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  en: {
    short: 'Test Act',
    '1-one.part.label': 'a label',
    '1-one.part.label.any': 'a label that says {value}',
    '1-one.part.producer': 'the producer',
    '1-one.cohort.old': 'systems of before',
    '1-one.statement.look': 'Look at the picture: it may {quote}.',
    '1-one.statement.not-assessable': 'What a provider does cannot be told from a file.',
    '1-one.statement.none-seen': 'Nothing of it.',
  },
  'zh-Hans': {
    short: '《测试法》',
    '1-one.clause': '第一条',
    '1-one.part.label': '标识',
    '1-one.part.label.any': '写有{value}的标识',
    '1-one.part.producer': '生产者',
    '1-one.cohort.old': '此前的系统',
    '1-one.statement.look': '请查看画面：{quote}。',
    '1-one.statement.not-assessable': '提供者的行为无法从文件判断。',
    '1-one.statement.none-seen': '均未发现。',
  },
};

/** Returns the statement of the single rule for a file with these signals. */
function said(
  rule: Partial<Rule>,
  signals: readonly Signal[],
  given: Partial<RuleFacts> = {},
  language: Language = 'en',
) {
  const { parts, ...rest } = RULE;
  const only: Rule = {
    ...rest,
    ...(rule.kind === undefined || 'parts' in rule ? { parts } : {}),
    ...rule,
  } as Rule;
  const book: Rulebook = {
    id: 'test',
    jurisdiction: 'XX',
    kind: 'law',
    order: 1,
    instrument: { title: 'Test', address: 'https://example.org/' },
    edition: '2026-01-01',
    rules: [only],
  };
  const facts = {
    kind: 'image' as const,
    signals,
    unknowable: new Set<SignalId>(),
    asOf: '2026-01-01',
    ...given,
  };
  const [finding] = evaluate([book], facts);
  if (finding === undefined) throw new Error('no finding');
  const texts = textsFrom(language, TEXTS[language]);
  const asset =
    facts.kind === 'unknown'
      ? { kind: 'other' as const, mediaType: 'application/octet-stream' }
      : { kind: facts.kind };
  const about = { asset, signals, tool: { asOf: facts.asOf } };
  return texts.translator.translate(statementMessage(finding, { rule: only, kind: 'law' }, texts, about));
}

const unread = (...ids: SignalId[]): Partial<RuleFacts> => ({ unknowable: new Set(ids) });

describe('what a finding says', () => {
  it('names what was found and what is missing, after the law and its clause', () => {
    const [label, producer] = [{ ...present(LABEL), value: '1' }, present(PRODUCER)];
    expect(said({}, [label, producer])).toBe(
      `Test Act, Article 1: this file holds a label that says “1” and the producer. Found in XMP “${LABEL}” and XMP “${PRODUCER}”.`,
    );
    expect(said({}, [label])).toBe(
      `Test Act, Article 1: this file holds a label that says “1”. Missing: the producer. Found in XMP “${LABEL}”.`,
    );
    expect(said({}, [])).toBe(
      'Test Act, Article 1: the file was searched for a label and the producer, and nothing was found. This says nothing about how the content was made, nor whether the clause binds anyone here.',
    );
    expect(said({}, [label], {}, 'zh-Hans')).toBe(
      `《测试法》第一条：文件中查到写有“1”的标识，缺少生产者。位于 XMP“${LABEL}”。`,
    );
  });

  it('names what could not be read', () => {
    expect(said({}, [present(LABEL)], unread(PRODUCER))).toMatch(
      /^Test Act, Article 1: part of this file could not be read, so it cannot be told whether it holds the producer\./,
    );
    const three = [
      ...(RULE.parts ?? []),
      { id: 'other', when: { any: [{ signal: 'c2pa.present' as const }] } },
    ];
    expect(said({ parts: three }, [present(LABEL)], unread('c2pa.present'))).toContain(
      'Missing: the producer. Could not be read: other.',
    );
  });

  it('says why nothing is known of credentials that are kept elsewhere', () => {
    const rule = { trigger: { any: [{ signal: 'file.aiMark.signed' as const }] } };
    expect(said(rule, [present('c2pa.remote')])).toBe(
      'Test Act, Article 1: the file points to Content Credentials kept elsewhere; they were not fetched, so it cannot be told whether it holds what this clause speaks of.',
    );
    expect(said(rule, [])).toBe(
      'Test Act, Article 1: no plain statement of AI was found in the file, so nothing in it calls for this clause. It may still apply: this says nothing about how the content was made.',
    );
    expect(said({ ...rule, subject: 'provenance' }, [])).toBe(
      'Test Act, Article 1: nothing in the file calls for this clause; it may still apply.',
    );
  });

  it('never answers a prohibition', () => {
    const rule = { kind: 'prohibition' as const, parts: RULE.parts ?? [] };
    expect(said(rule, [present(PRODUCER)])).toMatch(
      /^Test Act, Article 1: this file shows a sign of a change, namely the producer\. How it came about, and who did it, cannot be told from the file\. Found in/,
    );
    expect(said(rule, [])).toBe(
      'Test Act, Article 1: no sign was seen that a label was changed or removed. A label that was removed whole leaves nothing to see.',
    );
    expect(said({ ...rule, statements: ['none-seen'] }, [])).toBe('Test Act, Article 1: Nothing of it.');
  });

  it('is the law’s own of what no file shows, with its own words as a quotation', () => {
    expect(said({ kind: 'tell' }, [])).toBe(
      'Test Act, Article 1: Look at the picture: it may “falsely appear to be authentic”.',
    );
    expect(said({ kind: 'process' }, [], {}, 'zh-Hans')).toBe(
      '《测试法》第一条：提供者的行为无法从文件判断。',
    );
  });

  it('is dated where the clause is not in force', () => {
    expect(said({}, [], { asOf: '2025-01-01' })).toBe(
      'Test Act, Article 1: this applies from 1 Sep 2025; this report speaks of 1 Jan 2025.',
    );
    expect(said({ periods: [{ from: '2025-09-01', until: '2025-10-01' }] }, [], {}, 'zh-Hans')).toBe(
      '《测试法》第一条：此文本适用至 2025 年 10 月 1 日之前；本报告以 2026 年 1 月 1 日为准。',
    );
    expect(said({ pending: true, periods: [] }, [])).toBe(
      'Test Act, Article 1: this is not law yet, as far as was seen on 24 Nov 2026.',
    );
  });

  it('says on every day for whom it begins later', () => {
    const periods = [{ from: '2025-09-01' }, { from: '2026-02-01', until: '2027-01-01', cohort: 'old' }];
    const on = (asOf: string, language: Language = 'en') => said({ periods }, [], { asOf }, language);
    expect(on('2025-08-31')).toMatch(/ For systems of before it applies from 1 Feb 2026\.$/);
    expect(on('2026-01-31')).toMatch(/ For systems of before it applies from 1 Feb 2026\.$/);
    expect(on('2026-02-01')).toMatch(/ For systems of before it has applied since 1 Feb 2026\.$/);
    expect(on('2027-01-01')).toMatch(/ For systems of before it applied until the day before 1 Jan 2027\.$/);
    expect(on('2026-02-01', 'zh-Hans')).toMatch(/对于此前的系统，自 2026 年 2 月 1 日起已适用。$/);
  });

  it('names the kinds of file that a clause is about', () => {
    const rule = { covers: ['image', 'video'] as Rule['covers'] };
    expect(said(rule, [], { kind: 'audio' })).toBe(
      'Test Act, Article 1: this clause is only about pictures and videos.',
    );
    expect(said(rule, [], { kind: 'audio' }, 'zh-Hans')).toBe('《测试法》第一条：本条仅涉及图片和视频。');
  });

  it('quotes the file’s own word, never as a pattern and never as a message', () => {
    const word = { ...present(LABEL), value: '$& “1” {value}' };
    expect(said({}, [word])).toContain(`a label that says “$& '1' {value}”. Missing`);
    expect(said({}, [present(LABEL)], {}, 'zh-Hans')).toContain('写有未给出值的标识');
  });

  it('shows two places, and how many more there are', () => {
    const basis = [1, 2, 3, 4].map((offset) => ({
      carrier: 'file' as const,
      locator: 'p',
      offset: offset * 1000,
    }));
    const signal = { ...present(LABEL), basis };
    expect(said({}, [signal])).toMatch(
      / Found in the file itself “p” at byte 1,000 and the file itself “p” at byte 2,000 and 2 more places\.$/,
    );
    expect(said({}, [signal], {}, 'zh-Hans')).toMatch(
      /位于文件本身“p”（第 1,000 字节）、文件本身“p”（第 2,000 字节）等处（另有 2 处）。$/,
    );
  });

  it('says of a signal that no longer matches the file that it was left out', () => {
    expect(said({}, [present(LABEL, 'invalid')])).toMatch(
      / What this file holds of that kind no longer matches it, and was left out\.$/,
    );
    expect(said({}, [present(LABEL, 'invalid')], {}, 'zh-Hans')).toMatch(
      /文件中的此类内容已与文件不符，未予采用。$/,
    );
  });
});

import { describe, expect, it } from 'vitest';
import { evaluate, type Facts } from '../../src/core/law/finding.js';
import type { Rule, Rulebook } from '../../src/core/law/rulebook.js';
import { statementSaid } from '../../src/core/law/rulebooks/statement.js';
import { textsFrom } from '../../src/core/law/rulebooks/texts.js';
import type { Signal, SignalId } from '../../src/core/report/signal.js';
import type { Backing } from '../../src/core/signals/backing.js';
import type { Language } from '../../src/say/languages.js';

const LABEL = 'gb45438.label.present';
const SHELL = 'gb45438.label.shell';
const NONE = { 'no-signal-found': [], 'not-applicable': [] };

const present = (id: SignalId, backing: Backing = 'unsigned'): Signal => ({
  id,
  backing,
  basis: [{ carrier: 'xmp', place: id }],
});

const bookOf = (rule: Partial<Rule>): Rulebook => ({
  id: 'test',
  jurisdiction: 'XX',
  order: 1,
  instrument: { title: 'Test', address: 'https://example.org/' },
  edition: '2026-01-01',
  rules: [
    {
      id: '1-one',
      provision: 'Article 1',
      clause: '1',
      binds: ['provider'],
      media: ['image'],
      status: 'in-force',
      inForce: { from: '2025-09-01' },
      references: [{ title: 'first', address: 'https://example.org/1' }],
      verified: false,
      answeredWhen: { any: [{ signal: LABEL }] },
      statements: {},
      ...rule,
    },
  ],
});

const TEXTS: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  en: {
    '1-one.statement.answered': 'It says {value}.',
    '1-one.statement.partly-answered': 'Wrong with it: {faults}.',
    '1-one.statement.no-signal-found': 'None.',
    '1-one.statement.not-applicable': 'None.',
    '1-one.statement.not-assessable': 'Pixels are not read here.',
  },
  'zh-Hans': {
    '1-one.statement.answered': '它写着 {value}。',
    '1-one.statement.partly-answered': '问题：{faults}。',
    '1-one.statement.no-signal-found': '没有。',
    '1-one.statement.not-applicable': '没有。',
    '1-one.statement.not-assessable': '此处不读取像素。',
  },
};

/** What the one rule says of a file with these signals. */
function said(
  rule: Partial<Rule>,
  signals: readonly Signal[],
  given: Partial<Facts> = {},
  language: Language = 'en',
) {
  const book = bookOf(rule);
  const facts = {
    kind: 'image' as const,
    signals,
    unknowable: new Set<SignalId>(),
    asOf: '2026-01-01',
    ...given,
  };
  const [finding] = evaluate([book], facts);
  const [only] = book.rules;
  if (finding === undefined || only === undefined) throw new Error('no finding');
  // A law has the texts that its rules name, and no others.
  const named = [...Object.keys(only.statements), ...(only.notAssessable ? ['not-assessable'] : [])];
  const own = Object.entries(TEXTS[language]).filter(([id]) => named.some((one) => id.endsWith(`.${one}`)));
  const texts = textsFrom(language, Object.fromEntries(own));
  const about = { asset: { kind: facts.kind }, signals, tool: { asOf: facts.asOf } };
  return texts.speech.say(statementSaid(finding, only, texts, about));
}

describe('what a finding says', () => {
  it('is the law’s sentence, else a general one', () => {
    expect(said({ statements: NONE }, [])).toBe('None.');
    expect(said({}, [])).toMatch(
      /^No signal that answers this clause was found\. Many lawful files carry none\. This says nothing/,
    );
    expect(said({ notAssessable: true }, [])).toBe('Pixels are not read here.');
  });

  it('is dated where the clause is not in force', () => {
    expect(said({}, [], { asOf: '2025-01-01' })).toBe(
      'This clause applies from 1 Sep 2025; this report speaks of 1 Jan 2025.',
    );
    expect(said({ inForce: { from: '2025-09-01', until: '2025-10-01' } }, [], {}, 'zh-Hans')).toBe(
      '本条此文本适用至 2025 年 10 月 1 日之前；本报告以 2026 年 1 月 1 日为准。',
    );
  });

  it('names the kinds of file that a clause is looked at for', () => {
    const rule = { media: ['image', 'video'] as Rule['media'] };
    expect(said(rule, [], { kind: 'audio' })).toBe(
      'This clause was looked at for pictures and videos; this file is a sound file.',
    );
    expect(said(rule, [], { kind: 'audio' }, 'zh-Hans')).toBe('本条只对图片和视频作查看；此文件属于音频。');
  });

  it('quotes the file’s own word, never as a pattern and never as a message', () => {
    const rule = { statements: { answered: ['value' as const] } };
    const word = { ...present(LABEL), value: '$& “1” {faults}' };
    expect(said(rule, [word])).toBe(`It says “$& '1' {faults}”. Found in XMP “${LABEL}”.`);
    expect(said(rule, [present(LABEL)], {}, 'zh-Hans')).toBe(`它写着（未给出）。位于 XMP“${LABEL}”。`);
  });

  it('names what is wrong, one thing after another', () => {
    const faults = ['c2pa.unreadable', SHELL, 'gb45438.copies.disagree'] as const;
    const rule = (...ids: readonly SignalId[]): Partial<Rule> => ({
      answeredWhen: { any: [{ signal: 'c2pa.present' }] },
      partlyAnsweredWhen: { all: ids.map((signal) => ({ signal })) as [{ signal: SignalId }] },
      statements: { 'partly-answered': ['faults'] },
    });
    const at = (count: number, language: Language = 'en') => {
      const some = faults.slice(0, count);
      return said(
        rule(...some),
        some.map((id) => present(id)),
        {},
        language,
      );
    };
    expect(at(1)).toMatch(/^Wrong with it: the Content Credentials could not be read\. Found in/);
    expect(at(2)).toMatch(/could not be read and a label is empty\./);
    expect(at(3)).toMatch(/could not be read, a label is empty and two copies of a label differ\./);
    expect(at(3, 'zh-Hans')).toMatch(/^问题：内容凭证无法读取，标识为空，同一标识的两份不一致。位于/);
    // Of signals for which there are no words, nothing is made up.
    expect(said(rule(LABEL), [present(LABEL)])).toMatch(/^The file carries signals that answer a part/);
  });

  it('shows two places, and how many more there are', () => {
    const basis = [1, 2, 3, 4].map((offset) => ({
      carrier: 'file' as const,
      place: 'p',
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
    expect(said({ statements: NONE }, [present(LABEL, 'invalid')])).toBe(
      'None. What this file holds of that kind no longer matches it, and was left out.',
    );
    expect(said({ statements: NONE }, [present(LABEL, 'invalid')], {}, 'zh-Hans')).toBe(
      '没有。文件中的此类内容已与文件不符，未予采用。',
    );
  });

  it('says where it finds none that credentials kept elsewhere were not fetched, of clauses that ask for them', () => {
    const remote = present('c2pa.remote');
    const NOT_FETCHED = 'None. The file points to Content Credentials kept elsewhere; they were not fetched.';
    const signed: Partial<Rule> = {
      statements: NONE,
      answeredWhen: { any: [{ signal: 'file.aiMark.signed' }] },
    };
    const spoken: Partial<Rule> = { ...signed, appliesWhen: { any: [{ signal: 'c2pa.present' }] } };
    expect(said(signed, [remote])).toBe(NOT_FETCHED);
    expect(said(spoken, [remote])).toBe(NOT_FETCHED);
    expect(said({ statements: NONE }, [remote])).toBe('None.');
    expect(said(signed, [])).toBe('None.');
    expect(said(signed, [remote, present('file.aiMark.signed')])).not.toContain('elsewhere');
  });
});

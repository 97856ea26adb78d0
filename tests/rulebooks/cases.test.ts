import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { evaluate, type Facts } from '../../src/core/law/finding.js';
import type { Rule } from '../../src/core/law/rulebook.js';
import { loadRulebooks } from '../../src/core/law/rulebooks/index.js';
import { findingWords } from '../../src/core/law/rulebooks/tell.js';
import { textsOf } from '../../src/core/law/rulebooks/texts.js';
import type { Finding, Outcome } from '../../src/core/report/finding-schema.js';
import type { Signal, SignalId } from '../../src/core/report/signal.js';
import type { Backing } from '../../src/core/signals/backing.js';
import type { Language } from '../../src/say/languages.js';
import { speechOf } from '../../src/say/speech.js';

/** One line of a law's `cases.json`, to be read and written by whoever knows the law. */
interface Case {
  name: string;
  asOf: string;
  kind: Facts['kind'];
  signals: { id: SignalId; backing: Backing }[];
  /** Signals that could not be looked for. */
  unknowable?: SignalId[];
  /** Rule id → outcome; rules that are not named may come out as they like. */
  expect: Record<string, Outcome>;
  /** Rule id → what its statement must say, by language. */
  says?: Record<string, Partial<Record<Language, string>>>;
}

const BOOKS = loadRulebooks();

function casesOf(id: string): Case[] {
  const file = new URL(`../../src/core/law/rulebooks/${id}/cases.json`, import.meta.url);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Case[]) : [];
}

const looksAtSignals = (rule: Rule): boolean => rule.answeredWhen !== undefined;

const signalsOf = ({ signals }: Case): Signal[] =>
  signals.map((signal) => ({ ...signal, basis: [{ carrier: 'file', place: 'case' }] }));

function statement(one: Case, finding: Finding | undefined, language: Language): string {
  if (finding === undefined) throw new Error(`no finding in “${one.name}”`);
  const about = { asset: { kind: one.kind }, signals: signalsOf(one), tool: { asOf: one.asOf } };
  return findingWords(finding, about, speechOf(language), BOOKS).statement;
}

function dayBefore(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}

describe.each(BOOKS.map((book) => [book.id, book, casesOf(book.id)] as const))('%s', (_id, book, cases) => {
  it.each(cases.map((one) => [one.name, one] as const))('%s', (_name, one) => {
    const findings = evaluate([book], {
      kind: one.kind,
      signals: signalsOf(one),
      unknowable: new Set(one.unknowable),
      asOf: one.asOf,
    });
    const outcomes = Object.fromEntries(findings.map(({ rule, outcome }) => [rule, outcome]));
    expect(outcomes).toMatchObject(one.expect);
    for (const [id, says] of Object.entries(one.says ?? {})) {
      const finding = findings.find(({ rule }) => rule === id);
      for (const [language, text] of Object.entries(says) as [Language, string][])
        expect(statement(one, finding, language)).toContain(text);
    }
  });

  it.each(book.rules.map((rule) => [rule.id, rule] as const))(
    'has a case on each side of each date of %s',
    (id, { inForce }) => {
      const said = (asOf: string): (Outcome | undefined)[] =>
        cases.filter((one) => one.asOf === asOf).map((one) => one.expect[id]);
      expect(said(dayBefore(inForce.from))).toContain('not-in-force');
      expect(
        said(inForce.from).filter((outcome) => outcome !== undefined && outcome !== 'not-applicable'),
      ).not.toEqual([]);
      if (inForce.until === undefined) return;
      expect(said(dayBefore(inForce.until)).filter((outcome) => outcome !== undefined)).not.toEqual([]);
      expect(said(inForce.until)).toContain('superseded');
    },
  );

  it('shows every outcome that a rule’s own sentences speak of', () => {
    for (const { id, statements } of book.rules) {
      const shown = new Set(cases.map((one) => one.expect[id]));
      for (const outcome of Object.keys(statements))
        expect([id, [...shown]]).toEqual([id, expect.arrayContaining([outcome])]);
    }
  });

  it.each(book.rules.filter(looksAtSignals).map((rule) => [rule.id, rule] as const))(
    'has a case for every outcome that %s can have, with a carrier that was absent and one that could not be read',
    (id, rule) => {
      const shown = new Set(cases.map((one) => one.expect[id]));
      const can: Outcome[] = ['answered', 'indeterminate'];
      if (rule.partlyAnsweredWhen) can.push('partly-answered');
      if (rule.appliesWhen) can.push('not-applicable');
      expect([...shown]).toEqual(expect.arrayContaining(can));
      expect(
        [...shown].some((outcome) => outcome === 'no-signal-found' || outcome === 'not-applicable'),
      ).toBe(true);
    },
  );
});

describe('GB 45438-2025', () => {
  it('says of a file without a label that this says nothing about how it was made, nor whether it had to carry one', () => {
    const findings = evaluate(loadRulebooks(['cn-gb45438-2025']), {
      kind: 'image',
      signals: [],
      unknowable: new Set(),
      asOf: '2026-11-25',
    });
    const elements = findings.find(({ rule }) => rule === '6.1.a-five-elements');
    if (elements === undefined) throw new Error('no such finding');
    const about = { asset: { kind: 'image' as const }, signals: [], tool: { asOf: '2026-11-25' } };
    expect(findingWords(elements, about, speechOf('en'), BOOKS).statement).toMatch(
      /says nothing about how the content was made, nor whether it had to carry such a label\./,
    );
  });

  it('is honest about its source', () => {
    expect(loadRulebooks(['cn-gb45438-2025'])[0]?.rules.some(({ verified }) => verified)).toBe(false);
  });
});

describe('India', () => {
  it('is honest about its source: of rule 3(3) only quoted phrases were seen', () => {
    expect(loadRulebooks(['in-it-rules-2026'])[0]?.rules.some(({ verified }) => verified)).toBe(false);
  });

  it('names the same kinds of content in both languages', () => {
    const [book] = loadRulebooks(['in-it-rules-2026']);
    expect(book && textsOf(book, 'en').about).toMatch(/audio, pictures and video/);
    expect(book && textsOf(book, 'zh-Hans').about).toMatch(/音频、图像和视频/);
  });
});

describe('California, platforms', () => {
  it('sends nobody to a signer where only an unsigned label was found', () => {
    const [available] = evaluate(loadRulebooks(['us-ca-ai-transparency-act']), {
      kind: 'image',
      signals: [{ id: 'file.aiMark.unsigned', backing: 'unsigned', basis: [{ carrier: 'xmp', place: 'p' }] }],
      unknowable: new Set(),
      asOf: '2027-01-01',
    }).filter(({ rule }) => rule === '22757.3.1-available');
    expect(available).toMatchObject({ outcome: 'answered', next: 'ask-who-wrote-it' });
  });
});

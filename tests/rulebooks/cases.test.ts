import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { evaluate, type Facts } from '../../src/core/finding.js';
import type { Finding, Outcome } from '../../src/core/finding-schema.js';
import { statementOf } from '../../src/core/finding-text.js';
import type { RuleLanguage } from '../../src/core/rule-terms.js';
import type { Rule, Rulebook, RuleText } from '../../src/core/rulebook.js';
import { loadRulebooks } from '../../src/core/rulebooks/index.js';
import type { Backing, Signal, SignalId } from '../../src/core/signal.js';

/** One line of a `<rulebook>.cases.json`, to be read and written by whoever knows the law. */
interface Case {
  name: string;
  asOf: string;
  kind: Facts['kind'];
  signals: { id: SignalId; backing: Backing }[];
  /** Signals that could not be looked for. */
  unknowable?: SignalId[];
  /** Rule id → outcome; rules that are not named may come out as they like. */
  expect: Record<string, Outcome>;
  /** Rule id → what its statement must say, in both languages. */
  says?: Record<string, RuleText>;
}

const BOOKS = loadRulebooks();

function casesOf(id: string): Case[] {
  const file = new URL(`./${id}.cases.json`, import.meta.url);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Case[]) : [];
}

const looksAtSignals = (rule: Rule): boolean => rule.answeredWhen !== undefined;

function textsOf({ title, about, rules }: Rulebook): RuleText[] {
  const ofRules = rules.flatMap((rule) => [
    rule.title,
    rule.asks,
    rule.notAssessable,
    rule.note,
    ...Object.values(rule.statements),
  ]);
  return [title, about, ...ofRules].filter((text) => text !== undefined);
}

const signalsOf = ({ signals }: Case): Signal[] =>
  signals.map((signal) => ({ ...signal, basis: [{ carrier: 'file', place: 'case' }] }));

function statementIn({ rules }: Rulebook, one: Case, finding: Finding | undefined) {
  const rule = rules.find(({ id }) => id === finding?.rule);
  if (finding === undefined || rule === undefined) throw new Error(`no finding in “${one.name}”`);
  return (language: RuleLanguage) => statementOf(rule, finding, one.asOf, signalsOf(one), language);
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
    for (const [id, text] of Object.entries(one.says ?? {})) {
      const said = statementIn(
        book,
        one,
        findings.find(({ rule }) => rule === id),
      );
      expect(said('en')).toContain(text.en);
      expect(said('zh')).toContain(text.zh);
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

  it('says everything in both languages', () => {
    for (const text of textsOf(book)) {
      expect(text.en).not.toMatch(/\p{Script=Han}/u);
      expect(text.zh).toMatch(/\p{Script=Han}/u);
    }
  });
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
    expect(elements?.statement).toMatch(
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
    const about = loadRulebooks(['in-it-rules-2026'])[0]?.about;
    expect(about?.en).toMatch(/audio, pictures and video/);
    expect(about?.zh).toMatch(/音频、图像和视频/);
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

import { describe, expect, it } from 'vitest';
import type { Rule } from '../../../src/core/law/rulebook.js';
import { findingTexts } from '../../../src/core/law/rulebooks/finding-texts.js';
import { loadRulebooks } from '../../../src/core/law/rulebooks/index.js';
import type { Finding, Outcome } from '../../../src/core/report/finding-schema.js';
import type { Language } from '../../../src/i18n/languages.js';
import { translatorFor } from '../../../src/i18n/translator.js';
import { type Case, casesOf, evaluateCase, signalsOf } from './law-cases.js';

const BOOKS = loadRulebooks();

/** Returns the possible outcomes of a clause that is in force for a file of its kind. */
function outcomesOf({ kind, parts, trigger, periods, pending }: Rule): Outcome[] {
  if (pending || periods.length === 0) return [];
  const own: Record<string, Outcome[]> = {
    prohibition: parts === undefined ? ['not-assessable'] : ['indicator-seen', 'none-seen', 'indeterminate'],
    process: ['not-assessable'],
    tell: ['look'],
  };
  const marks: Outcome[] = [
    'answered',
    'indeterminate',
    ...(parts !== undefined && parts.length > 1 ? (['partly-answered'] as const) : []),
  ];
  return [
    ...(own[kind] ?? marks),
    ...(trigger === undefined ? [] : (['not-triggered', 'indeterminate'] as const)),
  ];
}

function statement(one: Case, finding: Finding | undefined, language: Language): string {
  if (finding === undefined) throw new Error(`no finding in “${one.name}”`);
  const about = { asset: { kind: one.kind }, signals: signalsOf(one), tool: { asOf: one.asOf } };
  return findingTexts(finding, about, translatorFor(language), BOOKS).statement;
}

function dayBefore(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}

describe.each(BOOKS.map((book) => [book.id, book, casesOf(book.id)] as const))('%s', (_id, book, cases) => {
  it.each(cases.map((one) => [one.name, one] as const))('%s', (_name, one) => {
    const findings = evaluateCase(book, one);
    const outcomes = Object.fromEntries(findings.map(({ rule, outcome }) => [rule, outcome]));
    expect(outcomes).toMatchObject(one.expect);
    for (const [id, parts] of Object.entries(one.found ?? {}))
      expect([id, findings.find(({ rule }) => rule === id)?.found ?? []]).toEqual([id, parts]);
    for (const id of one.leavesOut ?? []) expect(outcomes).not.toHaveProperty([id]);
    for (const [id, says] of Object.entries(one.says ?? {})) {
      const finding = findings.find(({ rule }) => rule === id);
      for (const [language, text] of Object.entries(says) as [Language, string][])
        expect(statement(one, finding, language)).toContain(text);
    }
  });

  it.each(book.rules.map((rule) => [rule.id, rule] as const))(
    'has a case on each side of each date of %s',
    (id, { periods }) => {
      const said = (asOf: string): Outcome[] =>
        cases.filter((one) => one.asOf === asOf).flatMap((one) => one.expect[id] ?? []);
      const [first] = periods.map(({ from }) => from).sort();
      for (const { from, until } of periods) {
        expect([from, said(dayBefore(from))]).not.toEqual([from, []]);
        expect(
          said(from).filter((outcome) => outcome !== 'not-triggered' && outcome !== 'outside-clause'),
        ).not.toEqual([]);
        if (from === first) expect(said(dayBefore(from))).toContain('not-in-force');
        if (until === undefined) continue;
        expect(said(dayBefore(until))).not.toEqual([]);
        expect(said(until)).not.toEqual([]);
      }
    },
  );

  it.each(book.rules.map((rule) => [rule.id, rule] as const))(
    'has a case for every outcome of %s',
    (id, rule) => {
      const shown = [...new Set(cases.flatMap((one) => one.expect[id] ?? []))];
      expect(shown).toEqual(
        expect.arrayContaining([...new Set([...outcomesOf(rule), ...(rule.statements ?? [])])]),
      );
    },
  );

  it.each(
    book.rules.filter(({ parts, pending }) => parts && !pending).map((rule) => [rule.id, rule] as const),
  )('has a case for each part of %s, there in each way and missing', (id, { kind, parts = [] }) => {
    const findings = cases
      .filter((one) => one.expect[id] !== undefined)
      .flatMap((one) => evaluateCase(book, one).filter(({ rule }) => rule === id));
    const found = new Set(findings.flatMap((one) => one.found ?? []));
    const missing = new Set(findings.flatMap((one) => one.missing ?? []));
    const wanted = parts.flatMap((part) => part.ways?.map((way) => `${part.id}.${way.id}`) ?? [part.id]);
    expect([...found].sort()).toEqual(wanted.sort());
    if (kind !== 'prohibition') expect([...missing].sort()).toEqual(parts.map((part) => part.id).sort());
  });

  it('has a case for whoever a clause speaks to', () => {
    const asked = cases.filter(({ roles }) => roles !== undefined);
    for (const { id, binds } of book.rules) {
      const reached = asked.filter(({ expect: expected }) => expected[id] !== undefined);
      const others = asked.filter(({ leavesOut = [] }) => leavesOut.includes(id));
      expect([id, new Set(reached.flatMap(({ roles = [] }) => roles))]).toEqual([
        id,
        new Set(binds.includes('anyone') ? reached.flatMap(({ roles = [] }) => roles) : binds),
      ]);
      if (binds.includes('anyone')) expect([id, reached.length]).not.toEqual([id, 0]);
      else expect([id, others.length]).not.toEqual([id, 0]);
    }
  });
});

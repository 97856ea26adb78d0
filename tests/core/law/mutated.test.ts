import { describe, expect, it } from 'vitest';
import type { Rule, RuleCondition } from '../../../src/core/law/rulebook.js';
import { loadRulebooks } from '../../../src/core/law/rulebooks/index.js';
import { CLAUSE_KINDS, ROLES } from '../../../src/core/report/rule-terms.js';
import { type Case, casesOf, passesCase } from './law-cases.js';

/** A clause with one fault, and a description of the fault. A case of its law must detect it. */
type Mutant = readonly [what: string, rule: Rule];

const dayAfter = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

function mutants(rule: Rule): Mutant[] {
  // A pending rule has one outcome, whatever its text.
  if (rule.pending) return otherRoles(rule);
  return [
    ...otherDates(rule),
    ...otherKinds(rule),
    ...otherRoles(rule),
    ...conditions(rule),
    ...lessParts(rule),
  ];
}

function otherDates(rule: Rule): Mutant[] {
  return rule.periods.flatMap((period, at) => {
    const with_ = (changed: Partial<typeof period>): Rule => ({
      ...rule,
      periods: rule.periods.map((one, index) => (index === at ? { ...one, ...changed } : one)),
    });
    const { from, until } = period;
    // A later period of other cohorts changes the statement of a clause that is already in force, but no outcome.
    const isFirst = rule.periods.every((one) => one.from >= from);
    const isLast = rule.periods.every(
      (one) => one.until !== undefined && until !== undefined && one.until <= until,
    );
    return [
      ...(isFirst
        ? ([
            [`from ${dayAfter(from, -1)}`, with_({ from: dayAfter(from, -1) })],
            [`from ${dayAfter(from, 1)}`, with_({ from: dayAfter(from, 1) })],
          ] as const)
        : []),
      ...(until === undefined || !isLast
        ? []
        : ([
            [`until ${dayAfter(until, -1)}`, with_({ until: dayAfter(until, -1) })],
            [`until ${dayAfter(until, 1)}`, with_({ until: dayAfter(until, 1) })],
          ] as const)),
    ];
  });
}

/** Kinds with the same statements have the same outcomes. */
const FAMILY: Record<Rule['kind'], string> = {
  mark: 'asks',
  'safe-harbour': 'asks',
  encouraged: 'asks',
  prohibition: 'forbids',
  tell: 'eyes',
  process: 'process',
};

function otherKinds(rule: Rule): Mutant[] {
  const own = rule.parts === undefined && rule.kind === 'prohibition' ? 'process' : FAMILY[rule.kind];
  return CLAUSE_KINDS.filter((kind) => {
    const other = rule.parts === undefined && kind !== 'tell' ? 'process' : FAMILY[kind];
    const has = rule.parts === undefined ? 'eyes process' : 'asks forbids';
    return other !== own && has.includes(other);
  }).map((kind) => [`kind ${kind}`, { ...rule, kind }] as const);
}

function otherRoles(rule: Rule): Mutant[] {
  if (rule.binds.includes('anyone')) return [['binds nobody', { ...rule, binds: [] }]];
  const less = rule.binds.map(
    (role): Bound => [`binds no ${role}`, rule.binds.filter((one) => one !== role)],
  );
  const more = ROLES.filter((role) => !rule.binds.includes(role)).slice(0, 1);
  return [...less, ...more.map((role): Bound => [`binds ${role}`, [...rule.binds, role]])].map(
    ([what, binds]): Mutant => [what, { ...rule, binds }],
  );
}
type Bound = readonly [what: string, binds: Rule['binds']];

/** Yields every condition of the clause with one term removed, and negated. */
function conditions(rule: Rule): Mutant[] {
  const inTrigger = changed(rule.trigger).map(
    ([what, trigger]) => [`trigger ${what}`, { ...rule, ...given('trigger', trigger) } as Rule] as const,
  );
  const inParts = (rule.parts ?? []).flatMap((part, at) => {
    const replaced = (other: typeof part): Rule => ({
      ...rule,
      parts: (rule.parts ?? []).map((one, index) => (index === at ? other : one)),
    });
    return [
      ...changed(part.when).map(([what, when]) =>
        when === undefined ? undefined : ([`part ${part.id} ${what}`, replaced({ ...part, when })] as const),
      ),
      ...(part.ways ?? []).flatMap((way, place) => [
        ...changed(way.when).map(([what, when]) =>
          when === undefined
            ? undefined
            : ([
                `way ${part.id}.${way.id} ${what}`,
                replaced({
                  ...part,
                  ways: (part.ways ?? []).map((one, index) => (index === place ? { ...one, when } : one)),
                }),
              ] as const),
        ),
      ]),
    ];
  });
  return [...inTrigger, ...inParts.flatMap((one) => (one === undefined ? [] : [one]))];
}

const given = <N extends string>(name: N, value: unknown) => ({ [name]: value });

function changed(condition: RuleCondition | undefined): (readonly [string, RuleCondition | undefined])[] {
  if (condition === undefined) return [];
  const words = ['all', 'any', 'none'] as const;
  return words.flatMap((word) =>
    (condition[word] ?? []).map(({ signal }, at) => {
      const rest = (condition[word] ?? []).filter((_, index) => index !== at);
      const { [word]: _, ...others } = condition;
      const left = { ...others, ...(rest.length > 0 ? { [word]: rest } : {}) };
      return [`without ${word} ${signal}`, Object.keys(left).length > 0 ? left : undefined] as const;
    }),
  );
}

function lessParts(rule: Rule): Mutant[] {
  const { parts = [] } = rule;
  if (parts.length < 2) return [];
  return parts.map(
    ({ id }) => [`no part ${id}`, { ...rule, parts: parts.filter((one) => one.id !== id) }] as const,
  );
}

/** Reduces a case to its expectation of one clause, so that the others need not be evaluated for every mutant. */
function ofClause(id: string, one: Case): Case[] {
  const { [id]: outcome } = one.expect;
  const { [id]: parts } = one.found ?? {};
  const leavesOut = (one.leavesOut ?? []).filter((rule) => rule === id);
  if (outcome === undefined && leavesOut.length === 0) return [];
  const found = parts === undefined ? {} : { found: { [id]: parts } };
  return [
    {
      name: one.name,
      asOf: one.asOf,
      kind: one.kind,
      signals: one.signals,
      ...(one.unknowable === undefined ? {} : { unknowable: one.unknowable }),
      ...(one.roles === undefined ? {} : { roles: one.roles }),
      expect: outcome === undefined ? {} : { [id]: outcome },
      ...found,
      leavesOut,
    },
  ];
}

describe.each(loadRulebooks().map((book) => [book.id, book] as const))('%s', (id, book) => {
  const cases = casesOf(id);
  it.each(book.rules.map((rule) => [rule.id, rule] as const))('%s: a change is noticed', (_rule, rule) => {
    const told = cases.flatMap((one) => ofClause(rule.id, one));
    const unnoticed = mutants(rule).filter(([, other]) =>
      told.every((one) => passesCase({ ...book, rules: [other] }, one)),
    );
    expect(unnoticed.map(([what]) => what)).toEqual([]);
  });
});

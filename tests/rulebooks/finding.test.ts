import { describe, expect, it } from 'vitest';
import { evaluate, type Facts } from '../../src/core/law/finding.js';
import type { Condition, Rule, Rulebook } from '../../src/core/law/rulebook.js';
import type { Signal, SignalId } from '../../src/core/report/signal.js';
import type { Backing } from '../../src/core/signals/backing.js';

const LABEL = 'gb45438.label.present';
const PRODUCER = 'gb45438.element.contentProducer';
const SEVERAL = 'gb45438.copies.several';

const present = (id: SignalId, backing: Backing = 'unsigned'): Signal => ({
  id,
  backing,
  basis: [{ carrier: 'xmp', place: 'p' }],
});

function facts(overrides: Partial<Facts> = {}): Facts {
  return { kind: 'image', signals: [], unknowable: new Set(), asOf: '2026-01-01', ...overrides };
}

function rulebook(overrides: Partial<Rule>): Rulebook {
  const rule: Rule = {
    id: '1-one',
    provision: 'Article 1',
    clause: '1',
    binds: ['provider'],
    media: ['image'],
    status: 'in-force',
    inForce: { from: '2025-09-01' },
    references: [
      { title: 'first', address: 'https://example.org/1' },
      { title: 'second', address: 'https://example.org/2' },
    ],
    verified: false,
    statements: {},
    ...overrides,
  };
  return {
    id: 'test',
    jurisdiction: 'XX',
    order: 1,
    instrument: { title: 'Test', address: 'https://example.org/' },
    edition: '2026-01-01',
    rules: [rule],
  };
}

function finding(rule: Partial<Rule>, given: Partial<Facts> = {}) {
  const [only] = evaluate([rulebook(rule)], facts(given));
  if (only === undefined) throw new Error('no finding');
  return only;
}

const outcome = (rule: Partial<Rule>, given: Partial<Facts> = {}): string => finding(rule, given).outcome;
const unknown = (...ids: SignalId[]): Partial<Facts> => ({ unknowable: new Set(ids) });

describe('one term', () => {
  const answeredWhen: Condition = { any: [{ signal: LABEL }] };
  it.each([
    ['holds when the signal is present', { signals: [present(LABEL)] }, 'answered'],
    ['fails when it is absent and could have been seen', {}, 'no-signal-found'],
    ['is unknown when its carrier could not be read', unknown(LABEL), 'indeterminate'],
    [
      'holds when it is present, whatever else could not be read',
      { signals: [present(LABEL)], ...unknown(LABEL) },
      'answered',
    ],
    [
      'does not hold on a signature that no longer matches',
      { signals: [present(LABEL, 'invalid')] },
      'no-signal-found',
    ],
    [
      'holds when one of two copies counts',
      { signals: [present(LABEL, 'invalid'), present(LABEL)] },
      'answered',
    ],
  ] as const)('%s', (_name, given, expected) => expect(outcome({ answeredWhen }, given)).toBe(expected));

  const trusted: Condition = { any: [{ signal: LABEL, backing: ['trusted', 'valid'] }] };
  it.each([
    ['holds with a backing it names', { signals: [present(LABEL, 'valid')] }, 'answered'],
    ['fails with another backing', { signals: [present(LABEL, 'unsigned')] }, 'no-signal-found'],
    [
      'is unknown when a better backed one may have been missed',
      { signals: [present(LABEL, 'unsigned')], ...unknown(LABEL) },
      'indeterminate',
    ],
  ] as const)('with backings: %s', (_name, given, expected) =>
    expect(outcome({ answeredWhen: trusted }, given)).toBe(expected),
  );

  it('takes an invalid signal where it asks for one', () => {
    const answered: Condition = { any: [{ signal: LABEL, backing: ['invalid'] }] };
    expect(outcome({ answeredWhen: answered }, { signals: [present(LABEL, 'invalid')] })).toBe('answered');
    expect(outcome({ answeredWhen: answered }, { signals: [present(LABEL, 'unsigned')] })).toBe(
      'no-signal-found',
    );
  });
});

describe('Kleene’s three values', () => {
  const [t, f, u] = [LABEL, PRODUCER, SEVERAL] as const;
  /** One signal present, one absent, one that could not be looked for. */
  const given: Partial<Facts> = { signals: [present(t)], unknowable: new Set([u]) };
  const of = (...ids: SignalId[]) => ids.map((signal) => ({ signal }));

  it.each([
    ['all true', { all: of(t, t) }, 'answered'],
    ['all true and unknown', { all: of(t, u) }, 'indeterminate'],
    ['all unknown and false', { all: of(u, f) }, 'no-signal-found'],
    ['any false and true', { any: of(f, t) }, 'answered'],
    ['any unknown and true', { any: of(u, t) }, 'answered'],
    ['any unknown and false', { any: of(u, f) }, 'indeterminate'],
    ['any false', { any: of(f, f) }, 'no-signal-found'],
    ['none false', { none: of(f) }, 'answered'],
    ['none unknown: an absence over a carrier that failed', { none: of(f, u) }, 'indeterminate'],
    ['none true and unknown', { none: of(t, u) }, 'no-signal-found'],
    ['true and (not unknown)', { all: of(t), none: of(u) }, 'indeterminate'],
    ['false and (not unknown)', { all: of(f), none: of(u) }, 'no-signal-found'],
    ['true or false, and not false', { any: of(t, f), none: of(f) }, 'answered'],
  ] as const)('%s', (_name, answeredWhen, expected) => {
    expect(outcome({ answeredWhen: answeredWhen as unknown as Condition }, given)).toBe(expected);
  });
});

describe('the order of questions', () => {
  const always: Partial<Rule> = { answeredWhen: { none: [{ signal: SEVERAL }] } };

  it('asks the kind of file first', () => {
    const rule = { ...always, inForce: { from: '2099-01-01' } };
    expect(finding(rule, { kind: 'audio' })).toMatchObject({ outcome: 'not-applicable', because: [] });
  });

  it.each([
    ['2025-08-31', 'not-in-force'],
    ['2025-09-01', 'answered'],
    ['2026-08-01', 'answered'],
    ['2026-08-02', 'superseded'],
  ])('then the day: %s is %s', (asOf, expected) => {
    expect(outcome({ ...always, inForce: { from: '2025-09-01', until: '2026-08-02' } }, { asOf })).toBe(
      expected,
    );
  });

  it.each(['in-force', 'pending', 'superseded'] as const)(
    'says what a rule is on that day, whatever it was when it was written down (%s)',
    (status) => {
      const rule = { ...always, status, inForce: { from: '2025-09-01', until: '2026-08-02' } };
      const on = (asOf: string) => finding(rule, { asOf }).status;
      expect(['2025-08-31', '2025-09-01', '2026-08-01', '2026-08-02'].map(on)).toEqual([
        'pending',
        'in-force',
        'in-force',
        'superseded',
      ]);
    },
  );

  it('a voluntary rule is voluntary on any day', () => {
    const rule = { ...always, status: 'voluntary' as const, inForce: { from: '2025-09-01' } };
    expect(['2025-08-31', '2025-09-01'].map((asOf) => finding(rule, { asOf }).status)).toEqual([
      'voluntary',
      'voluntary',
    ]);
  });

  it('then whether a file can tell at all', () => {
    const rule = { notAssessable: true as const };
    expect(finding(rule, unknown(LABEL))).toMatchObject({ outcome: 'not-assessable', because: [] });
    expect(outcome({ ...rule, inForce: { from: '2099-01-01' } })).toBe('not-in-force');
  });

  it.each([
    ['applies', { signals: [present(LABEL)] }, 'answered'],
    ['does not', {}, 'not-applicable'],
    ['cannot be known', unknown(LABEL), 'indeterminate'],
  ] as const)('then whether the clause applies: %s', (_name, given, expected) => {
    expect(outcome({ ...always, appliesWhen: { any: [{ signal: LABEL }] } }, given)).toBe(expected);
  });

  const partly: Partial<Rule> = {
    answeredWhen: { all: [{ signal: LABEL }, { signal: PRODUCER }] },
    partlyAnsweredWhen: { any: [{ signal: LABEL }, { signal: PRODUCER }] },
  };
  it.each([
    ['in full', { signals: [present(LABEL), present(PRODUCER)] }, 'answered'],
    ['in part', { signals: [present(LABEL)] }, 'partly-answered'],
    ['not at all', {}, 'no-signal-found'],
    [
      'in part or in full: which of the two is not known, so neither is said',
      { signals: [present(LABEL)], ...unknown(PRODUCER) },
      'indeterminate',
    ],
    ['in part or not at all', unknown(PRODUCER), 'indeterminate'],
  ] as const)('then how far it is answered: %s', (_name, given, expected) =>
    expect(outcome(partly, given)).toBe(expected),
  );
});

describe('what a finding carries', () => {
  it('names the signals that decided it, once each, in the rule’s order', () => {
    const rule: Partial<Rule> = {
      answeredWhen: {
        all: [{ signal: PRODUCER }, { signal: LABEL }],
        any: [{ signal: LABEL }],
        none: [{ signal: SEVERAL }],
      },
    };
    expect(finding(rule, { signals: [present(LABEL), present(LABEL), present(PRODUCER)] }).because).toEqual([
      PRODUCER,
      LABEL,
    ]);
    expect(finding(rule, { signals: [present(LABEL), present(PRODUCER), present(SEVERAL)] })).toMatchObject({
      outcome: 'no-signal-found',
      because: [SEVERAL],
    });
  });

  it('names what could not be looked for when that decided it', () => {
    const rule: Partial<Rule> = { answeredWhen: { all: [{ signal: LABEL }], none: [{ signal: SEVERAL }] } };
    expect(finding(rule, { signals: [present(LABEL)], ...unknown(SEVERAL) })).toMatchObject({
      outcome: 'indeterminate',
      because: [SEVERAL],
    });
  });

  it('names a signal whose backing did not count', () => {
    const rule: Partial<Rule> = { answeredWhen: { any: [{ signal: LABEL, backing: ['trusted'] }] } };
    expect(finding(rule, { signals: [present(LABEL)] }).because).toEqual([LABEL]);
  });

  it('holds no words, and the first reference', () => {
    const answeredWhen: Condition = { any: [{ signal: LABEL }] };
    const made = finding(
      { answeredWhen, statements: { answered: ['value'] } },
      { signals: [present(LABEL)] },
    );
    expect(made).toMatchObject({
      reference: { title: 'first', address: 'https://example.org/1' },
      inForce: { from: '2025-09-01' },
      verified: false,
    });
    expect(Object.keys(made)).not.toEqual(expect.arrayContaining(['title']));
    expect(Object.keys(made)).not.toEqual(expect.arrayContaining(['statement']));
  });

  it('says what to do next: whom to ask depends on whether anybody signed', () => {
    const rule: Partial<Rule> = { answeredWhen: { any: [{ signal: LABEL }] } };
    expect(finding(rule, { signals: [present(LABEL)] }).next).toBe('ask-who-wrote-it');
    expect(finding(rule, { signals: [present(LABEL, 'trusted')] }).next).toBe('contact-signer');
    expect(
      finding({ ...rule, next: { answered: 'vendor-checker' } }, { signals: [present(LABEL)] }).next,
    ).toBe('vendor-checker');
    expect(finding(rule).next).toBe('ask-original');
  });

  it('is of the roles asked for', () => {
    const books = [rulebook({ notAssessable: true, binds: ['platform', 'provider'] })];
    expect(evaluate(books, facts(), ['platform'])).toHaveLength(1);
    expect(evaluate(books, facts(), ['user'])).toHaveLength(0);
  });

  it('is the same for the same facts, in the order of rulebooks and rules', () => {
    const books = [
      rulebook({ id: '2-two', answeredWhen: { any: [{ signal: LABEL }] } }),
      rulebook({ notAssessable: true }),
    ];
    expect(evaluate(books, facts()).map(({ rule }) => rule)).toEqual(['2-two', '1-one']);
    expect(evaluate(books, facts())).toEqual(evaluate(books, facts()));
  });
});

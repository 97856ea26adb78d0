import { describe, expect, it } from 'vitest';
import { evaluate, type RuleFacts } from '../../../src/core/law/evaluate.js';
import { answerItems } from '../../../src/core/law/items.js';
import type { Rule, Rulebook, RuleCondition } from '../../../src/core/law/rulebook.js';
import { gradeOf, isVerified } from '../../../src/core/law/sources.js';
import type { Signal, SignalId } from '../../../src/core/report/signal.js';
import type { Backing } from '../../../src/core/signals/backing.js';

const LABEL = 'gb45438.label.present';
const PRODUCER = 'gb45438.element.contentProducer';
const SEVERAL = 'gb45438.copies.several';

const present = (id: SignalId, backing: Backing = 'unsigned'): Signal => ({
  id,
  backing,
  basis: [{ carrier: 'xmp', locator: 'p' }],
});

function facts(overrides: Partial<RuleFacts> = {}): RuleFacts {
  return { kind: 'image', signals: [], unknowable: new Set(), asOf: '2026-01-01', ...overrides };
}

const source = (title: string, page: string): Rule['sources'][number] => ({
  kind: 'secondary',
  title,
  address: `https://example.org/${page}`,
  seenOn: '2026-11-24',
  seenBy: 'a test',
  supports: ['exists'],
});

/** A clause with one requirement. */
const asks = (when: RuleCondition): Partial<Rule> => ({ parts: [{ id: 'it', when }] });

function rulebook(overrides: Partial<Rule>): Rulebook {
  const rule: Rule = {
    id: '1-one',
    provision: 'Article 1',
    clause: '1',
    binds: ['provider'],
    covers: ['image'],
    kind: 'mark',
    periods: [{ from: '2025-09-01' }],
    sources: [source('first', '1'), source('second', '2')],
    ...overrides,
  };
  return {
    id: 'test',
    jurisdiction: 'XX',
    kind: 'law',
    order: 1,
    instrument: { title: 'Test', address: 'https://example.org/' },
    edition: '2026-01-01',
    rules: [rule],
  };
}

function finding(rule: Partial<Rule>, given: Partial<RuleFacts> = {}) {
  const [only] = evaluate([rulebook(rule)], facts(given));
  if (only === undefined) throw new Error('no finding');
  return only;
}

const PROCESS: Partial<Rule> = { kind: 'process' };

const outcome = (rule: Partial<Rule>, given: Partial<RuleFacts> = {}): string => finding(rule, given).outcome;
const unknown = (...ids: SignalId[]): Partial<RuleFacts> => ({ unknowable: new Set(ids) });

describe('one term', () => {
  const answeredWhen: RuleCondition = { any: [{ signal: LABEL }] };
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
  ] as const)('%s', (_name, given, expected) => expect(outcome(asks(answeredWhen), given)).toBe(expected));

  const trusted: RuleCondition = { any: [{ signal: LABEL, backing: ['trusted', 'valid'] }] };
  it.each([
    ['holds with a backing it names', { signals: [present(LABEL, 'valid')] }, 'answered'],
    ['fails with another backing', { signals: [present(LABEL, 'unsigned')] }, 'no-signal-found'],
    [
      'is unknown when a better backed one may have been missed',
      { signals: [present(LABEL, 'unsigned')], ...unknown(LABEL) },
      'indeterminate',
    ],
  ] as const)('with backings: %s', (_name, given, expected) =>
    expect(outcome(asks(trusted), given)).toBe(expected),
  );

  it('takes an invalid signal where it asks for one', () => {
    const answered: RuleCondition = { any: [{ signal: LABEL, backing: ['invalid'] }] };
    expect(outcome(asks(answered), { signals: [present(LABEL, 'invalid')] })).toBe('answered');
    expect(outcome(asks(answered), { signals: [present(LABEL, 'unsigned')] })).toBe('no-signal-found');
  });
});

describe('Kleene’s three values', () => {
  const [t, f, u] = [LABEL, PRODUCER, SEVERAL] as const;
  /** One signal is present, one is absent, one could not be searched for. */
  const given: Partial<RuleFacts> = { signals: [present(t)], unknowable: new Set([u]) };
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
    expect(outcome(asks(answeredWhen as unknown as RuleCondition), given)).toBe(expected);
  });
});

describe('the order of questions', () => {
  const always = asks({ none: [{ signal: SEVERAL }] });

  it('asks the kind of file first', () => {
    const rule = { ...always, periods: [{ from: '2099-01-01' }] };
    expect(finding(rule, { kind: 'audio' })).toMatchObject({ outcome: 'outside-clause', because: [] });
  });

  it.each([
    ['2025-08-31', 'not-in-force'],
    ['2025-09-01', 'answered'],
    ['2026-08-01', 'answered'],
    ['2026-08-02', 'superseded'],
  ])('then the day: %s is %s', (asOf, expected) => {
    expect(outcome({ ...always, periods: [{ from: '2025-09-01', until: '2026-08-02' }] }, { asOf })).toBe(
      expected,
    );
  });

  it('says what a rule is on that day', () => {
    const rule = { ...always, periods: [{ from: '2025-09-01', until: '2026-08-02' }] };
    const on = (asOf: string) => finding(rule, { asOf }).status;
    expect(['2025-08-31', '2025-09-01', '2026-08-01', '2026-08-02'].map(on)).toEqual([
      'pending',
      'in-force',
      'in-force',
      'superseded',
    ]);
  });

  it('a clause with periods is in force from the first of them until the last has ended', () => {
    const periods = [
      { from: '2026-08-02', cohort: 'new' },
      { from: '2026-12-02', until: '2027-01-01', cohort: 'old' },
    ];
    const on = (asOf: string) => outcome({ ...always, periods }, { asOf });
    expect(['2026-08-01', '2026-08-02', '2026-12-02', '2027-01-01'].map(on)).toEqual([
      'not-in-force',
      'answered',
      'answered',
      'answered',
    ]);
    expect(finding({ ...always, periods }, {})).toMatchObject({ periods, inForce: { from: '2026-08-02' } });
    const ended = periods.map((one) => ({ ...one, until: '2027-01-01' }));
    expect(finding({ ...always, periods: ended }, { asOf: '2027-01-01' })).toMatchObject({
      outcome: 'superseded',
      inForce: { from: '2026-08-02', until: '2027-01-01' },
    });
  });

  it('what is not law yet is in force on no day', () => {
    const rule: Partial<Rule> = { ...always, pending: true, periods: [] };
    expect(finding(rule, { asOf: '2099-01-01' })).toMatchObject({
      outcome: 'not-in-force',
      status: 'pending',
      inForce: {},
    });
  });

  it('a voluntary rule is voluntary on any day', () => {
    const rule: Partial<Rule> = { ...always, voluntary: true };
    expect(['2025-08-31', '2025-09-01'].map((asOf) => finding(rule, { asOf }).status)).toEqual([
      'voluntary',
      'voluntary',
    ]);
  });

  it('then whether a file can tell at all', () => {
    expect(finding(PROCESS, unknown(LABEL))).toMatchObject({ outcome: 'not-assessable', because: [] });
    expect(outcome({ ...PROCESS, periods: [{ from: '2099-01-01' }] })).toBe('not-in-force');
    expect(finding({ kind: 'tell' })).toMatchObject({ outcome: 'look', next: 'look-at-visible-label' });
    expect(finding({ kind: 'tell', covers: ['audio'] }, { kind: 'audio' }).next).toBe('listen-for-label');
    expect(finding({ kind: 'tell', covers: ['document'] }, { kind: 'document' }).next).toBe('read-for-label');
    expect(outcome({ kind: 'prohibition' })).toBe('not-assessable');
  });

  it.each([
    ['applies', { signals: [present(LABEL)] }, 'answered'],
    ['does not', {}, 'not-triggered'],
    ['cannot be known', unknown(LABEL), 'indeterminate'],
  ] as const)('then whether the clause applies: %s', (_name, given, expected) => {
    expect(outcome({ ...always, trigger: { any: [{ signal: LABEL }] } }, given)).toBe(expected);
  });

  it.each([
    ['is there', { signals: [present(LABEL)] }, 'outside-clause'],
    ['is not', {}, 'answered'],
    ['cannot be known', unknown(LABEL), 'indeterminate'],
  ] as const)('then whether what is excepted %s', (_name, given, expected) => {
    const exceptions: Rule['exceptions'] = [
      { id: 'told' },
      { id: 'seen', when: { any: [{ signal: LABEL }] } },
    ];
    expect(outcome({ ...always, exceptions }, given)).toBe(expected);
    if (expected === 'outside-clause')
      expect(finding({ ...always, exceptions }, given).excepted).toBe('seen');
  });

  const partly: Partial<Rule> = {
    parts: [
      { id: 'label', when: { any: [{ signal: LABEL }] } },
      { id: 'producer', when: { any: [{ signal: PRODUCER }] } },
    ],
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

  it('names the parts that are there, that are not, and that could not be looked for', () => {
    const three: Partial<Rule> = {
      parts: [...(partly.parts ?? []), { id: 'several', when: { any: [{ signal: SEVERAL }] } }],
    };
    expect(finding(three, { signals: [present(LABEL)], ...unknown(SEVERAL) })).toMatchObject({
      outcome: 'partly-answered',
      found: ['label'],
      missing: ['producer'],
      unread: ['several'],
      because: [LABEL, SEVERAL],
    });
    expect(finding(three, {})).toMatchObject({ missing: ['label', 'producer', 'several'] });
    expect(finding(three, {})).not.toHaveProperty('found');
  });

  it('names the first way in which a part is there', () => {
    const ways: Partial<Rule> = {
      parts: [
        {
          id: 'mark',
          ways: [
            { id: 'signed', when: { any: [{ signal: LABEL, backing: ['trusted'] }] } },
            { id: 'any', when: { any: [{ signal: LABEL }, { signal: PRODUCER }] } },
          ],
        },
      ],
    };
    expect(finding(ways, { signals: [present(LABEL, 'trusted')] }).found).toEqual(['mark.signed']);
    expect(finding(ways, { signals: [present(PRODUCER)] }).found).toEqual(['mark.any']);
    expect(finding(ways, {}).missing).toEqual(['mark']);
    expect(finding(ways, unknown(PRODUCER))).toMatchObject({ outcome: 'indeterminate', unread: ['mark'] });
  });

  it.each([
    ['one of them is there', { signals: [present(SEVERAL)] }, 'indicator-seen'],
    [
      'one is there, whatever else could not be read',
      { signals: [present(SEVERAL)], ...unknown(LABEL) },
      'indicator-seen',
    ],
    ['none is', {}, 'none-seen'],
    ['one could not be looked for', unknown(SEVERAL), 'indeterminate'],
  ] as const)('what would show a prohibition is never an answer to it: %s', (_name, given, expected) => {
    const kind = 'prohibition' as const;
    const parts: Rule['parts'] = [
      { id: 'label', when: { any: [{ signal: LABEL }] } },
      { id: 'several', when: { any: [{ signal: SEVERAL }] } },
    ];
    expect(outcome({ kind, parts }, given)).toBe(expected);
  });
});

describe('credentials that are kept elsewhere', () => {
  const signed = asks({ any: [{ signal: 'file.aiMark.signed' }] });
  it('were not looked into, so nothing of them is missing', () => {
    const remote = { signals: [present('c2pa.remote')] };
    expect(outcome(signed, remote)).toBe('indeterminate');
    expect(outcome(asks({ any: [{ signal: LABEL }] }), remote)).toBe('no-signal-found');
    expect(outcome(asks({ any: [{ signal: 'c2pa.remote' }] }), remote)).toBe('answered');
    const both = { signals: [present('c2pa.remote'), present('c2pa.present', 'valid')] };
    expect(outcome(signed, both)).toBe('no-signal-found');
    expect(outcome(signed, {})).toBe('no-signal-found');
  });
});

describe('what the sources of a clause come to', () => {
  const of = (...kinds: Rule['sources'][number]['kind'][]): Rule['sources'] =>
    kinds.map((kind) => ({ ...source(kind, '1'), kind, supports: ['wording'] }));
  it.each([
    [of('official-text'), 'A', true],
    [of('verbatim-copy', 'secondary'), 'A', true],
    [of('official-summary'), 'A', false],
    [of('secondary', 'translation'), 'B2', false],
    [of('secondary'), 'B', false],
    [of('secondary', 'secondary').map((one) => ({ ...one, supports: ['exists' as const] })), 'B', false],
    [of('secondary', 'memory'), 'B', false],
    [of('memory'), 'C', false],
    [[{ ...source('x', '1'), kind: 'official-text' as const, supports: ['date' as const] }], 'B', false],
  ])('%#: grade %s', (sources, grade, verified) => {
    expect([gradeOf(sources), isVerified(sources)]).toEqual([grade, verified]);
    expect(finding({ ...PROCESS, sources }).verified).toBe(verified);
  });
});

describe('what a finding carries', () => {
  it('names the signals that decided it, once each, in the rule’s order', () => {
    const rule = asks({
      all: [{ signal: PRODUCER }, { signal: LABEL }],
      any: [{ signal: LABEL }],
      none: [{ signal: SEVERAL }],
    });
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
    const rule = asks({ all: [{ signal: LABEL }], none: [{ signal: SEVERAL }] });
    expect(finding(rule, { signals: [present(LABEL)], ...unknown(SEVERAL) })).toMatchObject({
      outcome: 'indeterminate',
      because: [SEVERAL],
    });
  });

  it('names a signal whose backing did not count', () => {
    const rule = asks({ any: [{ signal: LABEL, backing: ['trusted'] }] });
    expect(finding(rule, { signals: [present(LABEL)] }).because).toEqual([LABEL]);
  });

  it('holds no words, and the first source', () => {
    const made = finding(asks({ any: [{ signal: LABEL }] }), { signals: [present(LABEL)] });
    expect(made).toMatchObject({
      reference: { title: 'first', address: 'https://example.org/1' },
      inForce: { from: '2025-09-01' },
      verified: false,
    });
    expect(Object.keys(made)).not.toEqual(expect.arrayContaining(['title']));
    expect(Object.keys(made)).not.toEqual(expect.arrayContaining(['statement']));
  });

  it('says what to do next: whom to ask depends on whether anybody signed', () => {
    const rule = asks({ any: [{ signal: LABEL }] });
    expect(finding(rule, { signals: [present(LABEL)] }).next).toBe('ask-who-wrote-it');
    expect(finding(rule, { signals: [present(LABEL, 'trusted')] }).next).toBe('contact-signer');
    expect(
      finding({ ...rule, next: { answered: 'vendor-checker' } }, { signals: [present(LABEL)] }).next,
    ).toBe('vendor-checker');
    expect(finding(rule).next).toBe('ask-original');
  });

  it('is of the roles asked for', () => {
    const books = [rulebook({ ...PROCESS, binds: ['platform', 'provider'] })];
    expect(evaluate(books, facts(), ['platform'])).toHaveLength(1);
    expect(evaluate(books, facts(), ['user'])).toHaveLength(0);
    const everybody = [rulebook({ ...PROCESS, binds: ['anyone'] })];
    expect(evaluate(everybody, facts(), ['user'])).toHaveLength(1);
    expect(evaluate(books, facts(), ['anyone'])).toHaveLength(0);
  });

  it('is the same for the same facts, in the order of rulebooks and rules', () => {
    const books = [rulebook({ id: '2-two', ...asks({ any: [{ signal: LABEL }] }) }), rulebook(PROCESS)];
    expect(evaluate(books, facts()).map(({ rule }) => rule)).toEqual(['2-two', '1-one']);
    expect(evaluate(books, facts())).toEqual(evaluate(books, facts()));
  });
});

describe('the items of a clause', () => {
  it('are answered by their own parts; one that the finding does not name could not be read', () => {
    const [finding] = evaluate(
      [rulebook(asks({ any: [{ signal: LABEL }] }))],
      facts({ signals: [present(LABEL)] }),
    );
    if (finding === undefined) throw new Error('no finding');
    const items: Rule['items'] = [
      { item: 'mark', parts: ['label'] },
      { item: 'provider', parts: ['name'] },
    ];
    const outcomes = (found: string[]) =>
      answerItems({ ...finding, found }, { items }).map(({ item, outcome }) => [item, outcome]);
    expect(outcomes(['label', 'name'])).toEqual([
      ['mark', 'answered'],
      ['provider', 'answered'],
    ]);
    expect(outcomes(['label'])).toEqual([
      ['mark', 'answered'],
      ['provider', 'indeterminate'],
    ]);
  });
});

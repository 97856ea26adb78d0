import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate, type Facts } from '../../src/core/finding.js';
import { KINDS } from '../../src/core/media-types.js';
import type { Condition, Rule, Rulebook } from '../../src/core/rulebook.js';
import { loadRulebooks } from '../../src/core/rulebooks/index.js';
import { BACKINGS, type Backing, type Signal, type SignalId } from '../../src/core/signal.js';

const LABEL = 'gb45438.label.present';
const PRODUCER = 'gb45438.element.contentProducer';
const SEVERAL = 'gb45438.copies.several';

const present = (id: SignalId, backing: Backing = 'unsigned'): Signal => ({
  id,
  backing,
  basis: [{ carrier: 'xmp', place: 'p' }],
});

const termIds = ({ appliesWhen, answeredWhen, partlyAnsweredWhen }: Rule): SignalId[] =>
  [appliesWhen, answeredWhen, partlyAnsweredWhen].flatMap((one) =>
    [one?.all, one?.any, one?.none].flatMap((terms) => (terms ?? []).map(({ signal }) => signal)),
  );

const both = (text: string) => ({ en: text, zh: text });

function facts(overrides: Partial<Facts> = {}): Facts {
  return { kind: 'image', signals: [], unknowable: new Set(), asOf: '2026-01-01', ...overrides };
}

function rulebook(overrides: Partial<Rule>): Rulebook {
  const rule: Rule = {
    id: '1-one',
    provision: 'Article 1',
    clause: '1',
    title: both('One'),
    asks: both('One thing.'),
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
    title: both('Test'),
    instrument: { title: 'Test', address: 'https://example.org/' },
    about: both('A test.'),
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
    const { outcome: said, statement } = finding(
      { ...always, inForce: { from: '2099-01-01' } },
      { kind: 'audio' },
    );
    expect(said).toBe('not-applicable');
    expect(statement).toBe('This clause was looked at for pictures; this file is a sound file.');
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
    const rule = { notAssessable: both('Pixels are not read here.') };
    expect(finding(rule, unknown(LABEL))).toMatchObject({
      outcome: 'not-assessable',
      statement: 'Pixels are not read here.',
      because: [],
    });
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

  it('says of a signal that no longer matches the file that it was left out', () => {
    const rule: Partial<Rule> = {
      answeredWhen: { any: [{ signal: LABEL }] },
      statements: { 'no-signal-found': both('None.') },
    };
    const said = (signals: Signal[]) => finding(rule, { signals })?.statement;
    expect(said([present(LABEL, 'invalid')])).toBe(
      'None. What this file holds of that kind no longer matches it, and was left out.',
    );
    expect(said([])).toBe('None.');
  });

  it('says where it finds none that credentials kept elsewhere were not fetched, of clauses that ask for them', () => {
    const remote = present('c2pa.remote');
    const NOT_FETCHED = 'None. The file points to Content Credentials kept elsewhere; they were not fetched.';
    const none = { statements: { 'no-signal-found': both('None.'), 'not-applicable': both('None.') } };
    const signed: Partial<Rule> = { ...none, answeredWhen: { any: [{ signal: 'file.aiMark.signed' }] } };
    const spoken: Partial<Rule> = { ...signed, appliesWhen: { any: [{ signal: 'c2pa.present' }] } };
    const labelled: Partial<Rule> = { ...none, answeredWhen: { any: [{ signal: LABEL }] } };
    const said = (rule: Partial<Rule>, ...signals: Signal[]) => finding(rule, { signals }).statement;
    expect(said(signed, remote)).toBe(NOT_FETCHED);
    expect(said(spoken, remote)).toBe(NOT_FETCHED);
    expect(said(labelled, remote)).toBe('None.');
    expect(said(signed)).toBe('None.');
    expect(said(signed, remote, present('file.aiMark.signed'))).not.toContain('elsewhere');
  });

  it('does not keep what it said of one file for another that points to credentials elsewhere', () => {
    const book = rulebook({ answeredWhen: { any: [{ signal: 'file.aiMark.signed' }] } });
    const said = (...signals: Signal[]) => evaluate([book], facts({ signals }))[0]?.statement;
    expect(said()).not.toContain('elsewhere');
    expect(said(present('c2pa.remote'))).toContain('kept elsewhere; they were not fetched.');
    expect(said()).not.toContain('elsewhere');
  });

  it('takes the rule’s sentence, else the general one, and the first reference', () => {
    const answeredWhen: Condition = { any: [{ signal: LABEL }] };
    expect(finding({ answeredWhen, statements: { 'no-signal-found': both('Nothing here.') } })).toMatchObject(
      {
        statement: 'Nothing here.',
        reference: { title: 'first', address: 'https://example.org/1' },
        inForce: { from: '2025-09-01' },
        verified: false,
      },
    );
    expect(finding({ answeredWhen }).statement).toMatch(
      /^No signal that answers this clause was found\. Many lawful files carry none\. This says nothing/,
    );
    expect(finding({ answeredWhen }, { signals: [present(LABEL)] }).statement).toMatch(
      / Found in XMP “p”\.$/,
    );
    expect(finding({ answeredWhen }, { asOf: '2025-01-01' }).statement).toBe(
      'This clause applies from 1 Sep 2025; this report speaks of 1 Jan 2025.',
    );
  });

  it('fills the file’s own word into the rule’s sentence, as a quotation and never as a pattern', () => {
    const rule: Partial<Rule> = {
      answeredWhen: { any: [{ signal: LABEL }] },
      statements: { answered: both('It says {value}.') },
    };
    const said = { ...present(LABEL), value: '$& “1”' };
    expect(finding(rule, { signals: [said] }).statement).toBe("It says “$& '1'”. Found in XMP “p”.");
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
    const books = [rulebook({ notAssessable: both('x'), binds: ['platform', 'provider'] })];
    expect(evaluate(books, facts(), ['platform'])).toHaveLength(1);
    expect(evaluate(books, facts(), ['user'])).toHaveLength(0);
  });

  it('is the same for the same facts, in the order of rulebooks and rules', () => {
    const books = [
      rulebook({ id: '2-two', answeredWhen: { any: [{ signal: LABEL }] } }),
      rulebook({ notAssessable: both('x') }),
    ];
    expect(evaluate(books, facts()).map(({ rule }) => rule)).toEqual(['2-two', '1-one']);
    expect(evaluate(books, facts())).toEqual(evaluate(books, facts()));
  });
});

describe('what was asked before', () => {
  const books = loadRulebooks();
  const ids = [...new Set(books.flatMap(({ rules }) => rules).flatMap(termIds))];
  const someSignals = fc.array(
    fc
      .tuple(fc.constantFrom(...ids), fc.constantFrom(...BACKINGS))
      .map(([id, backing]) => present(id, backing)),
    { maxLength: 4 },
  );
  const someFacts = fc.record({
    kind: fc.constantFrom(...KINDS),
    signals: someSignals,
    unknowable: fc.array(fc.constantFrom(...ids), { maxLength: 2 }).map((some) => new Set(some)),
    asOf: fc.constantFrom('2024-01-01', '2026-08-02', '2026-08-03', '2028-01-01'),
  });

  it('changes no finding', () => {
    fc.assert(
      fc.property(someFacts, (given) => {
        // Nothing was ever asked of the copy.
        expect(evaluate(books, given)).toEqual(evaluate(structuredClone(books), given));
      }),
      { numRuns: 60 },
    );
  });

  it('cannot be changed by whoever holds it', () => {
    const [first] = evaluate(books, facts());
    expect(() => first?.because.push(LABEL)).toThrow(TypeError);
  });
});

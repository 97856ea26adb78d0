import { afterEach, describe, expect, it } from 'vitest';
import { bindsOneOf } from '../../../src/core/law/binding.js';
import { evaluate } from '../../../src/core/law/evaluate.js';
import { collectFileDates } from '../../../src/core/law/file-dates.js';
import { judgeFacts } from '../../../src/core/law/findings.js';
import { listSelectedRulebooks, resolveLaw } from '../../../src/core/law/law-selection.js';
import { chooseRulebooks, loadRulebooks, setLawInForce } from '../../../src/core/law/rulebooks/index.js';
import { SILENT_OUTCOMES } from '../../../src/core/report/finding-schema.js';
import type { StoredReport } from '../../../src/core/report/report.js';
import { ROLES } from '../../../src/core/report/rule-terms.js';
import type { Signal, SignalId } from '../../../src/core/report/signal.js';

const signal = (id: SignalId): Signal => ({ id, backing: 'unsigned', basis: [] });

/** An AI video with a GB 45438 label. */
const facts = {
  kind: 'video' as const,
  signals: [signal('gb45438.label.present'), signal('gb45438.element.label'), signal('file.aiMark.unsigned')],
  unknowable: new Set<SignalId>(),
  asOf: '2026-11-28',
};
const everything = evaluate(loadRulebooks(), facts);
const SILENT: ReadonlySet<string> = new Set(SILENT_OUTCOMES);
const namedIn = (law: NonNullable<StoredReport['law']>) =>
  law
    .flatMap(({ books }) => books)
    .flatMap(({ rulebook, clauses }) => clauses.map(({ rule }) => idOf({ rulebook, rule })))
    .sort();
const idOf = ({ rulebook, rule }: { rulebook: string; rule: string }) => `${rulebook} ${rule}`;

describe('what is asked again and again', () => {
  afterEach(() => setLawInForce());

  it('is made once, and anew where other law has come into force', () => {
    const ask = { jurisdictions: ['CN'] };
    const before = resolveLaw(ask);
    expect(resolveLaw({ jurisdictions: ['CN'] })).toBe(before);
    expect(resolveLaw({ jurisdictions: ['CN'], roles: ['platform'] })).not.toBe(before);
    const [first] = chooseRulebooks({ jurisdictions: ['CN'] });
    if (first === undefined) throw new Error('there is no law of China');
    setLawInForce(new Map([[first.id, { ...first, rules: first.rules.slice(0, 1) }]]));
    const after = resolveLaw(ask);
    expect(listSelectedRulebooks(after).map(({ id, rules }) => [id, rules.length])).toEqual([[first.id, 1]]);
    expect(judgeFacts(facts, after).findings).toHaveLength(1);
    setLawInForce();
    expect(listSelectedRulebooks(resolveLaw(ask))).toEqual(listSelectedRulebooks(before));
  });

  it('leaves nothing of one file for the next', () => {
    const law = resolveLaw({ rulebooks: ['all'] });
    const { findings } = judgeFacts(facts, law);
    for (const finding of findings) {
      finding.because.push('c2pa.present');
      finding.inForce.from = '1900-01-01';
      finding.reference.title = 'another';
    }
    findings.length = 0;
    expect(judgeFacts(facts, law).findings).toEqual(everything);
  });
});

describe('the law of places', () => {
  afterEach(() => setLawInForce());

  it('leaves nothing of one file for the next', () => {
    const law = resolveLaw({});
    const whole = structuredClone(judgeFacts(facts, law).law);
    for (const { books } of judgeFacts(facts, law).law ?? []) {
      for (const { clauses } of books) for (const clause of clauses) clause.rule = 'another';
      books.length = 0;
    }
    expect(judgeFacts(facts, law).law).toEqual(whole);
  });

  it('is told anew where other law has come into force', () => {
    const ask = { jurisdictions: ['CN'], rulebooks: [] };
    const before = judgeFacts(facts, resolveLaw(ask)).law;
    const [first] = chooseRulebooks({ jurisdictions: ['CN'] });
    if (first === undefined) throw new Error('there is no law of China');
    setLawInForce(new Map([[first.id, { ...first, rules: first.rules.slice(0, 1) }]]));
    expect(judgeFacts(facts, resolveLaw(ask)).law).not.toEqual(before);
    setLawInForce();
    expect(judgeFacts(facts, resolveLaw(ask)).law).toEqual(before);
  });
});

describe('what is told in full', () => {
  it('is nothing where nothing is asked, and each place is summed up once', () => {
    const { findings, law = [] } = judgeFacts(facts, resolveLaw({}));
    expect(findings).toEqual([]);
    expect(law.map(({ jurisdiction }) => jurisdiction)).toEqual([
      ...new Set(loadRulebooks().map(({ jurisdiction }) => jurisdiction)),
    ]);
    expect(law.every(({ role }) => role === undefined)).toBe(true);
    expect(namedIn(law)).toEqual(
      everything
        .filter(({ outcome }) => !SILENT.has(outcome))
        .map(idOf)
        .sort(),
    );
  });

  it('is each clause of the rulebooks that are named, those that do not apply too', () => {
    const { findings } = judgeFacts(
      facts,
      resolveLaw({ rulebooks: ['all'], summed: { jurisdictions: ['CN'] } }),
    );
    expect(findings).toEqual(everything);
    expect(findings.some(({ outcome }) => outcome === 'not-triggered')).toBe(true);
  });

  it('is what binds a deployer in China, of a video', () => {
    const { findings, law } = judgeFacts(facts, resolveLaw({ jurisdictions: ['CN'], roles: ['deployer'] }));
    const wanted = evaluate(chooseRulebooks({ jurisdictions: ['CN'] }), facts).filter((one) =>
      bindsOneOf(one, ['deployer']),
    );
    expect(findings.map(idOf)).toEqual(wanted.map(idOf));
    expect(law?.map(({ jurisdiction, role }) => [jurisdiction, role])).toEqual([['CN', 'deployer']]);
  });

  it('is of every place where a role alone is asked', () => {
    const { findings, law } = judgeFacts(facts, resolveLaw({ roles: ['platform'] }));
    expect(findings).toEqual(everything.filter((one) => bindsOneOf(one, ['platform'])));
    expect(law?.every(({ role }) => role === 'platform')).toBe(true);
  });

  it('is no law at all where no place is asked', () => {
    expect(judgeFacts(facts, resolveLaw({ jurisdictions: [] }))).toEqual({ findings: [] });
    expect(listSelectedRulebooks(resolveLaw({ jurisdictions: [] }))).toEqual([]);
    // An earlier version stored no selection.
    expect(judgeFacts(facts, resolveLaw({ rulebooks: [] }))).toEqual({ findings: [] });
  });
});

describe('what is summed up', () => {
  it('is one entry a place and role, with each clause that says something', () => {
    const roles = [...ROLES];
    const { law = [] } = judgeFacts(facts, resolveLaw({ jurisdictions: ['EU', 'US', 'EU'], roles }));
    expect(law.map(({ jurisdiction, role }) => `${jurisdiction} ${role}`)).toEqual(
      ['EU', 'US'].flatMap((place) => roles.map((role) => `${place} ${role}`)),
    );
    for (const { jurisdiction, role, books } of law) {
      const own = evaluate(chooseRulebooks({ jurisdictions: [jurisdiction] }), facts).filter(
        (one) => !SILENT.has(one.outcome) && (role === undefined || bindsOneOf(one, [role])),
      );
      const told = books.flatMap(({ rulebook, clauses }) =>
        clauses.map(({ rule, outcome }) => ({ rulebook, rule, outcome })),
      );
      expect(told).toEqual(own.map(({ rulebook, rule, outcome }) => ({ rulebook, rule, outcome })));
    }
  });

  it('answers each item of a clause from its own parts, and says who signed the book', () => {
    const [cn] = judgeFacts(facts, resolveLaw({ jurisdictions: ['CN'] })).law ?? [];
    const book = cn?.books.find(({ rulebook }) => rulebook === 'cn-labelling-measures-2025');
    expect(book).toMatchObject({ kind: 'law', bookSigner: 'assay' });
    expect(book?.clauses.find(({ rule }) => rule === '5.1-metadata-label')).toEqual({
      rule: '5.1-metadata-label',
      outcome: 'partly-answered',
      items: [
        { item: 'mark', outcome: 'answered' },
        { item: 'provider', outcome: 'no-signal-found' },
        { item: 'identifier', outcome: 'no-signal-found' },
      ],
    });
  });

  it('takes in the states of a country', () => {
    const [us] = judgeFacts(facts, resolveLaw({ jurisdictions: ['US'] })).law ?? [];
    const states = chooseRulebooks({ jurisdictions: ['US'] });
    expect(new Set(states.map(({ jurisdiction }) => jurisdiction)).size).toBeGreaterThan(1);
    const told = us?.books.map(({ rulebook }) => states.find(({ id }) => id === rulebook)?.jurisdiction);
    expect(new Set(told).size).toBeGreaterThan(1);
    expect(told).not.toContain(undefined);
  });

  it('is the place whole, of whatever rulebook of it is told', () => {
    const law = resolveLaw({ rulebooks: ['cn-gb45438-2025'] });
    expect(judgeFacts(facts, law).law).toEqual(judgeFacts(facts, resolveLaw({ jurisdictions: ['CN'] })).law);
    expect(listSelectedRulebooks(law)).toEqual(chooseRulebooks({ jurisdictions: ['CN'] }));
  });
});

describe('the days that a file gives itself', () => {
  const dated = (
    time: object | undefined,
    claimed: [string, string][],
    when?: string,
  ): Pick<StoredReport, 'asset' | 'contentCredentials'> =>
    ({
      asset: {
        claimedDates: claimed.map(([name, value]) => ({ name, value, carrier: 'exif', locator: '' })),
      },
      contentCredentials: {
        ...(time && { time }),
        manifests: [{ active: true, actions: [{ action: 'c2pa.created', ...(when && { when }) }] }],
      },
    }) as never;

  it.each([
    ['none', dated(undefined, []), []],
    [
      'a proven one first, each day once, an empty clock not at all',
      dated({ proven: '2026-05-03T23:59:00Z', timestamp: '2026-05-03T23:59:00Z' }, [
        ['Exif DateTimeOriginal', '2026:05:01 10:00:00'],
        ['IFD0 ModifyDate', '2026:05:03 10:00:00'],
        ['GPS GPSDateStamp', '0000:00:00'],
        ['IFD0 ModifyDate', '2026:02:30 10:00:00'],
      ]),
      [
        { day: '2026-05-03', is: 'proven', carrier: 'c2pa', name: 'timestamp' },
        { day: '2026-05-01', is: 'claimed', carrier: 'exif', name: 'Exif DateTimeOriginal' },
      ],
    ],
    [
      'a timestamp that no listed authority stands behind is claimed, as the signer’s own word is',
      dated({ timestamp: '2026-05-03T23:59:00Z' }, [], '2026-04-30T10:00:00+02:00'),
      [
        { day: '2026-04-30', is: 'claimed', carrier: 'c2pa', name: 'actions' },
        { day: '2026-05-03', is: 'claimed', carrier: 'c2pa', name: 'timestamp' },
      ],
    ],
  ])('%s', (_, report, days) => expect(collectFileDates(report)).toEqual(days));

  it('are not those of credentials that no longer fit the file', () => {
    const report = dated(
      { proven: '2026-05-03T23:59:00Z' },
      [['Exif DateTimeOriginal', '2026:05:01 10:00:00']],
      '2026-04-30T10:00:00Z',
    );
    const altered = { ...report.contentCredentials, integrity: 'altered' as const };
    expect(collectFileDates({ ...report, contentCredentials: altered }).map(({ day }) => day)).toEqual([
      '2026-05-01',
    ]);
  });

  it('are few, however many there are', () => {
    const many = Array.from({ length: 20 }, (_, at): [string, string] => [
      'Exif DateTimeOriginal',
      `2026:05:${String(at + 1).padStart(2, '0')}`,
    ]);
    expect(collectFileDates(dated(undefined, many))).toHaveLength(8);
  });
});

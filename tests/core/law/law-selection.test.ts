import { afterEach, describe, expect, it } from 'vitest';
import { bindsOneOf } from '../../../src/core/law/binding.js';
import { evaluate } from '../../../src/core/law/evaluate.js';
import { collectFileDates } from '../../../src/core/law/file-dates.js';
import { judgeFacts } from '../../../src/core/law/findings.js';
import { listSelectedRulebooks, resolveLaw } from '../../../src/core/law/law-selection.js';
import { chooseRulebooks, loadRulebooks, setLawInForce } from '../../../src/core/law/rulebooks/index.js';
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

describe('the sums of places', () => {
  afterEach(() => setLawInForce());

  const law = resolveLaw({});
  const sums = (of: typeof facts) => judgeFacts(of, law).law ?? [];
  /** Counts clause by clause, without a cache. */
  const counted = (of: typeof facts) => {
    const told = evaluate(loadRulebooks(), of);
    return law.jurisdictions.map(({ jurisdiction, rulebooks }) => {
      const own = told.filter(({ rulebook }) => rulebooks.some(({ id }) => id === rulebook));
      const tally = new Map<string, number>();
      for (const { outcome } of own) tally.set(outcome, (tally.get(outcome) ?? 0) + 1);
      return { jurisdiction, counts: Object.fromEntries(tally) };
    });
  };
  const brief = (of: typeof facts) => sums(of).map(({ jurisdiction, counts }) => ({ jurisdiction, counts }));

  it('are those of the file, whichever came before it', () => {
    const others: (typeof facts)[] = [
      facts,
      { ...facts, asOf: '2020-01-01' },
      { ...facts, kind: 'image' as 'video' },
      { ...facts, signals: [] },
      { ...facts, signals: facts.signals.map((one) => ({ ...one, backing: 'invalid' as const })) },
      {
        ...facts,
        signals: [],
        unknowable: new Set<SignalId>(['file.aiMark.unsigned', 'gb45438.label.present']),
      },
    ];
    const alone = others.map(counted);
    // Each must differ from the first, or an incomplete cache key would not be detected.
    for (const one of alone.slice(1)) expect(one).not.toEqual(alone[0]);
    for (const round of [0, 1])
      for (const [at, one] of others.entries()) expect(brief(one), `${round} ${at}`).toEqual(alone[at]);
  });

  it('leave nothing of one file for the next', () => {
    const whole = structuredClone(sums(facts));
    for (const entry of sums(facts)) {
      entry.counts.answered = 99;
      for (const clauses of [entry.sees, entry.look, entry.neverInFile])
        clauses.push({ rulebook: 'another', rule: 'another' });
      const [first] = entry.neverInFile;
      if (first !== undefined) first.rule = 'another';
    }
    expect(sums(facts)).toEqual(whole);
  });

  it('are counted anew where other law has come into force', () => {
    const ask = { jurisdictions: ['CN'], rulebooks: [] };
    const before = judgeFacts(facts, resolveLaw(ask)).law;
    const [first] = chooseRulebooks({ jurisdictions: ['CN'] });
    if (first === undefined) throw new Error('there is no law of China');
    setLawInForce(new Map([[first.id, { ...first, rules: first.rules.slice(0, 1) }]]));
    const after = judgeFacts(facts, resolveLaw(ask)).law;
    expect(after).not.toEqual(before);
    expect(Object.values(after?.[0]?.counts ?? {})).toEqual([1]);
    setLawInForce();
    expect(judgeFacts(facts, resolveLaw(ask)).law).toEqual(before);
  });

  it('are right of a file with more signals than are kept, and of more files than are', () => {
    const many = Array.from({ length: 500 }, () => signal('file.aiMark.unsigned'));
    const hostile = { ...facts, signals: many };
    expect(brief(hostile)).toEqual(counted(hostile));
    brief({ ...facts, signals: [signal('gb45438.label.present'), signal('c2pa.present')] });
    // One id that looks like two signals with their backing.
    const forged = { ...facts, signals: [signal('gb45438.label.present:unsigned c2pa.present' as SignalId)] };
    expect(brief(forged)).toEqual(counted({ ...facts, signals: [] }));
    for (let day = 1; day <= 70; day++) {
      const then = {
        ...facts,
        asOf: `2026-${day > 35 ? '02' : '03'}-${String((day % 28) + 1).padStart(2, '0')}`,
      };
      brief(then);
    }
    expect(brief(facts)).toEqual(counted(facts));
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
    const clauses = law.flatMap(({ counts }) => Object.values(counts));
    expect(clauses.reduce((sum, count) => sum + count, 0)).toBe(everything.length);
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
  it('is one entry a place and role, which counts each clause once', () => {
    const roles = [...ROLES];
    const { law = [] } = judgeFacts(facts, resolveLaw({ jurisdictions: ['EU', 'US', 'EU'], roles }));
    expect(law.map(({ jurisdiction, role }) => `${jurisdiction} ${role}`)).toEqual(
      ['EU', 'US'].flatMap((place) => roles.map((role) => `${place} ${role}`)),
    );
    for (const { jurisdiction, role, counts, sees, look, neverInFile } of law) {
      const books = chooseRulebooks({ jurisdictions: [jurisdiction] });
      const own = evaluate(books, facts).filter((one) => role === undefined || bindsOneOf(one, [role]));
      const named = (...outcomes: string[]) =>
        own
          .filter(({ outcome }) => outcomes.includes(outcome))
          .map(({ rulebook, rule }) => ({ rulebook, rule }));
      expect(Object.entries(counts)).toEqual(
        [...new Set(own.map(({ outcome }) => outcome))].map((one) => [one, named(one).length]),
      );
      expect(sees).toEqual(named('answered', 'partly-answered', 'indicator-seen'));
      expect(look).toEqual(named('look'));
      expect(neverInFile).toEqual(named('not-assessable'));
    }
  });

  it('takes in the states of a country, and sees what is there', () => {
    const [us] = judgeFacts(facts, resolveLaw({ jurisdictions: ['US'] })).law ?? [];
    const states = chooseRulebooks({ jurisdictions: ['US'] });
    expect(new Set(states.map(({ jurisdiction }) => jurisdiction)).size).toBeGreaterThan(1);
    expect(Object.values(us?.counts ?? {}).reduce((sum, count) => sum + count, 0)).toBe(
      states.reduce((sum, { rules }) => sum + rules.length, 0),
    );
    const [cn] = judgeFacts(facts, resolveLaw({ jurisdictions: ['CN'] })).law ?? [];
    expect(cn?.sees.length).toBeGreaterThan(0);
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
        { day: '2026-05-03', is: 'claimed', carrier: 'c2pa', name: 'timestamp' },
        { day: '2026-04-30', is: 'claimed', carrier: 'c2pa', name: 'actions' },
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
      'xmp:CreateDate',
      `2026-05-${String(at + 1).padStart(2, '0')}`,
    ]);
    expect(collectFileDates(dated(undefined, many))).toHaveLength(8);
  });
});

import { isDeepStrictEqual } from 'node:util';
import { asArray, asRecord, type JsonRecord } from '../core/ground/json-shape.js';
import { CARRIERS } from '../core/media/carrier.js';
import { saidOf } from '../core/media/said.js';
import { OUTCOMES } from '../core/report/finding-schema.js';
import type { ErrorRecord } from '../core/report/report.js';
import { textOf } from '../core/report/text-in.js';
import type { Said } from '../say/said.js';
import { wordsOfFact } from './facts-in.js';
import { outcomesIn } from './outcomes-in.js';
import { type ScanRecord, SILENT, type SlimRecord } from './record.js';
import { onceMade, runSpeech } from './run-speech.js';
import { placesIn, shortPlaces } from './short-places.js';
import { saidIn, shortSaid } from './short-said.js';
import { shortSummarySaid, summarySaidIn } from './usual-said.js';

/**
 * A record as its line has it, and back: in a line stands once what a record holds again for each clause, carrier and
 * fact. A member that a line has in its short form is told by its shape, so lines of before are read as they stand. Shapes
 * and reasons: docs/scan.md.
 */

/** Members by their names: what is made one member after the other. */
type Members = { [name: string]: unknown };

/**
 * A copy of what was checked without these members, the others in their order. One of each file is made of several objects:
 * what the language has for that takes several times as long.
 */
function without(of: object, names: ReadonlySet<string>): Members {
  const rest: Members = {};
  for (const name in of) if (!names.has(name)) rest[name] = (of as Members)[name];
  return rest;
}

const TOLD_OTHERWISE: ReadonlySet<string> = new Set([
  ...(['schema', 'asset', 'summary', 'findings', 'silent'] as const),
  ...(['law', 'reads', 'contradictions', 'signals'] as const),
] satisfies (keyof SlimRecord)[]);

/** What the line is made of. A full record and an error stand as they are. */
export function writtenOf(record: ScanRecord | ErrorRecord): object {
  if (record.schema === 'assay.error/1' || 'report' in record) return record;
  const { schema, asset, summary, findings, silent, law, reads, contradictions, signals } = record;
  const line: Members = { schema };
  for (const name in record) if (!TOLD_OTHERWISE.has(name)) line[name] = record[name as keyof SlimRecord];
  line['asset'] = shortAsset(asset);
  line['summary'] = shortSummary(record);
  Object.assign(line, signalsOf(signals));
  if (contradictions.length > 0) line['contradictions'] = contradictions;
  if (findings.length > 0) Object.assign(line, outcomesOf(findings));
  if (silent !== undefined) line['silent'] = shortSilent(silent, findings);
  if (law !== undefined) line['law'] = shortLaw(law, countsOf({ findings, ...(silent && { silent }) }));
  const notRead = notReadOf(reads, summary.coverage.unread);
  if (notRead !== undefined) line['notRead'] = notRead;
  return line;
}

const FACTS_AND_SAID: ReadonlySet<string> = new Set([
  'facts',
  'said',
] satisfies (keyof SlimRecord['summary'])[]);

const sentencesInShort = onceMade((sentences: readonly Said[], kind: string, unread: readonly string[]) =>
  shortSummarySaid(sentences, { kind, unread }),
);

function shortSummary({
  asset,
  summary,
  contentCredentials: credentials,
}: Pick<SlimRecord, 'asset' | 'summary' | 'contentCredentials'>): Members {
  const { facts, said } = summary;
  const short = without(summary, FACTS_AND_SAID);
  if (facts !== undefined) short['facts'] = factsInShort(facts, credentials);
  if (said !== undefined)
    short['said'] = sentencesInShort(said.sentence, asset.kind, summary.coverage.unread);
  return short;
}

/** A line as a record is checked and used; one that was written before, or is none, comes back as it is. */
export function recordIn(line: JsonRecord): JsonRecord {
  if ('report' in line || 'findings' in line) return line;
  const { outcomes, because, notRead, contradictions = [], ...rest } = line;
  const findings = findingsIn(outcomes, because);
  const summary = asRecord(rest['summary']);
  const unread = asRecord(summary?.['coverage'])?.['unread'];
  const reads = readsIn(notRead, unread);
  if (findings === undefined || reads === undefined || summary === undefined) return line;
  const facts = asRecord(summary['facts']);
  const beside = { kind: asRecord(rest['asset'])?.['kind'], unread: asArray(unread, MOST_CARRIERS) };
  const sentence = summarySaidIn(asRecord(summary['said'])?.['sentence'] ?? summary['said'], beside);
  const { places: short, ...others } = rest;
  const places = placesIn(asArray(short, MOST_PLACES));
  const { signals, law, asset } = others;
  const silent = silentIn(others['silent'], outcomes);
  return {
    ...others,
    ...(asset === undefined ? {} : { asset: wholeAsset(asset) }),
    ...(silent === undefined ? {} : { silent }),
    summary: {
      ...summary,
      ...(facts === undefined ? {} : { facts: wholeFacts(facts, rest['contentCredentials']) }),
      ...(Array.isArray(sentence) ? { said: { sentence } } : {}),
    },
    ...(Array.isArray(signals) ? { signals: signals.map((signal) => wholeSignal(signal, places)) } : {}),
    contradictions,
    findings,
    ...(law === undefined ? {} : { law: wholeLaw(law, findings, silent) }),
    reads,
  };
}

/** Rules by outcome, by rulebook: as the tally has counts. */
type Outcomes = Record<string, Partial<Record<string, string[]>>>;

/** Rules (`rulebook/rule`) that rest on the same signals. */
interface Because {
  signals: string[];
  rules: string[];
}

function outcomesOf(findings: SlimRecord['findings']): { outcomes?: Outcomes; because?: Because[] } {
  if (findings.length === 0) return {};
  const byBook = new Map<string, Map<string, string[]>>();
  const bySignals = new Map<string, Because>();
  for (const { rulebook, rule, outcome, because } of findings) {
    const byOutcome = byBook.get(rulebook) ?? new Map<string, string[]>();
    byBook.set(rulebook, byOutcome);
    byOutcome.set(outcome, [...(byOutcome.get(outcome) ?? []), rule]);
    if (because.length === 0) continue;
    const key = because.join(' ');
    const known = bySignals.get(key) ?? { signals: [...because], rules: [] };
    bySignals.set(key, known);
    known.rules.push(`${rulebook}/${rule}`);
  }
  const outcomes = Object.fromEntries(
    [...byBook].map(([rulebook, rules]) => [rulebook, Object.fromEntries(inOrder(rules))]),
  );
  // In an order of their own, so that one record is one line whichever way it came.
  const because = [...bySignals]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { signals, rules }]) => ({ signals, rules: rules.sort() }));
  return { outcomes, ...(because.length === 0 ? {} : { because }) };
}

const inOrder = (rules: ReadonlyMap<string, string[]>): [string, string[]][] =>
  OUTCOMES.flatMap((outcome): [string, string[]][] => {
    const its = rules.get(outcome);
    return its === undefined ? [] : [[outcome, its.sort()]];
  });

interface Finding {
  rulebook: string;
  rule: string;
  outcome: string;
  because: string[];
}

/** Undefined where that is not what it is to be: whoever checks the record then refuses it. */
function findingsIn(outcomes: unknown, because: unknown): Finding[] | undefined {
  if (outcomes === undefined) return because === undefined ? [] : undefined;
  const reasons = reasonsIn(because);
  const books = asRecord(outcomes);
  if (books === undefined || reasons === undefined) return undefined;
  const findings: Finding[] = [];
  for (const [rulebook, byOutcome] of Object.entries(books)) {
    for (const [outcome, rules] of Object.entries(asRecord(byOutcome) ?? { none: undefined })) {
      if (!isTexts(rules)) return undefined;
      for (const rule of rules)
        findings.push({ rulebook, rule, outcome, because: [...(reasons.get(`${rulebook}/${rule}`) ?? [])] });
    }
  }
  return findings;
}

function reasonsIn(because: unknown): Map<string, readonly string[]> | undefined {
  const reasons = new Map<string, readonly string[]>();
  if (because === undefined) return reasons;
  if (!Array.isArray(because)) return undefined;
  for (const one of because) {
    const { signals, rules } = asRecord(one) ?? {};
    if (!isTexts(signals) || !isTexts(rules)) return undefined;
    for (const rule of rules) reasons.set(rule, signals);
  }
  return reasons;
}

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');

/** What the name's ending says is said again only where the bytes are of another type, or the name cannot tell any more. */
const shortAsset = (asset: SlimRecord['asset']): object =>
  asset.declaredMediaType === asset.mediaType && isDeclared(asset) ? without(asset, DECLARED) : asset;

const DECLARED: ReadonlySet<string> = new Set(['declaredMediaType'] satisfies (keyof SlimRecord['asset'])[]);

function wholeAsset(asset: unknown): unknown {
  const { name, mediaType, declaredMediaType } = asRecord(asset) ?? {};
  if (declaredMediaType !== undefined || typeof name !== 'string') return asset;
  return isDeclared({ name, mediaType }) ? { ...asRecord(asset), declaredMediaType: mediaType } : asset;
}

const isDeclared = ({ name, mediaType }: { name: string; mediaType: unknown }): boolean =>
  saidOf({ name }).declaredMediaType === mediaType && mediaType !== undefined;

type Silent = NonNullable<SlimRecord['silent']>;

/**
 * Of each rulebook, a count for each outcome in the order of `SILENT`, as far as there is any: first of those that `outcomes`
 * names, in its order, then of the others by name.
 */
function shortSilent(silent: Silent, findings: SlimRecord['findings']): object[] {
  const counts = new Map(
    Object.entries(silent).map(([rulebook, its]) => {
      const last = SILENT.findLastIndex((outcome) => its[outcome] !== undefined);
      return [rulebook, SILENT.slice(0, last + 1).map((outcome) => its[outcome] ?? 0)];
    }),
  );
  const named = Object.keys(outcomesOf(findings).outcomes ?? {});
  const first = named.map((rulebook) => counts.get(rulebook) ?? []);
  for (const rulebook of named) counts.delete(rulebook);
  return counts.size === 0 ? first : [...first, Object.fromEntries(counts)];
}

/** What is no form that there is comes back as it is, for the check of the record to refuse. */
function silentIn(silent: unknown, outcomes: unknown): unknown {
  const named = Object.keys(asRecord(outcomes) ?? {});
  if (!Array.isArray(silent)) return countsByName(silent);
  const [others = {}, ...more] = silent.slice(named.length);
  const byName = asRecord(others);
  if (silent.length < named.length || more.length > 0 || byName === undefined) return silent;
  const first = named.flatMap((rulebook, at) =>
    Array.isArray(silent[at]) && silent[at].length === 0 ? [] : [[rulebook, silent[at]]],
  );
  return countsByName({ ...Object.fromEntries(first), ...byName });
}

function countsByName(silent: unknown): unknown {
  const books = asRecord(silent);
  if (books === undefined) return silent;
  return Object.fromEntries(
    Object.entries(books).map(([rulebook, counts]) => [
      rulebook,
      Array.isArray(counts) && counts.length <= SILENT.length
        ? Object.fromEntries(counts.flatMap((clauses, at) => (clauses === 0 ? [] : [[SILENT[at], clauses]])))
        : counts,
    ]),
  );
}

/**
 * Carriers that were not looked at for the same reason. Without `carriers`, those that the coverage names as unread and no
 * other reason has, and `also` these.
 */
interface NotRead {
  status: string;
  code?: string;
  carriers?: string[];
  also?: string[];
}

function notReadOf(reads: SlimRecord['reads'], unread: readonly string[]): NotRead[] | undefined {
  const carriers = Object.keys(reads) as (keyof typeof reads)[];
  if (carriers.length === 0) return undefined;
  const groups = new Map<string, NotRead & { carriers: string[] }>();
  for (const carrier of carriers) {
    const read = reads[carrier];
    if (read === undefined) continue;
    const { status, code } = read;
    const key = `${status} ${code ?? ''}`;
    const group = groups.get(key) ?? { status, ...(code === undefined ? {} : { code }), carriers: [] };
    groups.set(key, group);
    group.carriers.push(carrier);
  }
  return groups.size === 0 ? undefined : unnamed([...groups.values()], unread);
}

/** The longest list is that of the coverage over again. */
function unnamed(groups: (NotRead & { carriers: string[] })[], unread: readonly string[]): NotRead[] {
  const [first, ...others] = [...groups].sort((a, b) => b.carriers.length - a.carriers.length);
  if (first === undefined) return groups;
  const named = new Set(others.flatMap(({ carriers }) => carriers));
  const rest = new Set(unread.filter((carrier) => !named.has(carrier)));
  const also = first.carriers.filter((carrier) => !rest.has(carrier));
  if (rest.size === 0 || rest.size + also.length !== first.carriers.length) return groups;
  const { carriers: _, ...short } = first;
  return groups.map((group) =>
    group === first ? { ...short, ...(also.length === 0 ? {} : { also }) } : group,
  );
}

function readsIn(groups: unknown, unread: unknown): JsonRecord | undefined {
  if (groups === undefined) return {};
  if (!Array.isArray(groups)) return undefined;
  const all = groups.map(asRecord);
  const named = new Set(all.flatMap((group) => asArray(group?.['carriers'], MOST_CARRIERS)));
  const rest = asArray(unread, MOST_CARRIERS).filter((carrier) => !named.has(carrier));
  const reads = new Map<string, object>();
  for (const group of all) {
    const { status, code, carriers = rest, also = [] } = group ?? {};
    if (group === undefined || !isTexts(carriers) || !isTexts(also)) return undefined;
    for (const carrier of [...carriers, ...also])
      reads.set(carrier, { status, ...(code === undefined ? {} : { code }) });
  }
  // In one order, whichever reasons came first.
  const known = CARRIERS.filter((carrier) => reads.has(carrier));
  return Object.fromEntries(
    new Map([...known.map((carrier) => [carrier, reads.get(carrier)] as const), ...reads]),
  );
}

type Law = NonNullable<SlimRecord['law']>;

const countsOf = (record: Parameters<typeof outcomesIn>[0]): Record<string, number> => {
  const counts = new Map<string, number>();
  for (const { outcome, clauses } of outcomesIn(record))
    counts.set(outcome, (counts.get(outcome) ?? 0) + clauses);
  return Object.fromEntries(
    OUTCOMES.flatMap((outcome) => {
      const clauses = counts.get(outcome);
      return clauses === undefined ? [] : [[outcome, clauses]];
    }),
  );
};

/** Counts that are those of all outcomes can be had from them; a place of which nothing else is said is its code. */
function shortLaw(law: Law, all: Readonly<Record<string, number>>): (object | string)[] {
  const isAll = (counts: Law[number]['counts']) =>
    OUTCOMES.every((outcome) => (counts[outcome] ?? 0) === (all[outcome] ?? 0));
  return law.map(({ counts, ...place }) => {
    if (!isAll(counts)) return { ...place, counts };
    return place.role === undefined ? place.jurisdiction : place;
  });
}

function wholeLaw(law: unknown, findings: readonly Finding[], silent: unknown): unknown {
  if (!Array.isArray(law)) return law;
  const of = { findings, silent: asRecord(silent) ?? {} } as unknown as Parameters<typeof outcomesIn>[0];
  return law.map((one) => {
    const place = typeof one === 'string' ? { jurisdiction: one } : asRecord(one);
    return place === undefined || 'counts' in place ? one : { ...place, counts: countsOf(of) };
  });
}

/** More than there are. */
const MOST_CARRIERS = 1_024;
/** More than any record has: its signals are bounded, and the places of each. */
const MOST_PLACES = 1_024;

/** Signals of one manifest stand in one place: each place once, and its number (from 0) where a signal stands in it. */
function signalsOf(signals: SlimRecord['signals']): object {
  const places: SlimRecord['signals'][number]['basis'] = [];
  const numbers = new Map<string, number>();
  const numberOf = (place: (typeof places)[number]): number => {
    const key = JSON.stringify(place);
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, places.length);
    return places.push(place) - 1;
  };
  const isOnly = signals.length === 1 && signals[0]?.basis.length === 1;
  const short = signals.map((signal) =>
    shortSignal(signal, isOnly ? (place) => places.push(place) - 1 : numberOf),
  );
  return places.length === 0 ? { signals: short } : { signals: short, places: shortPlaces(places) };
}

type Signal = SlimRecord['signals'][number];

/** A value that was found out and not read: what it says tells it. */
function shortSignal(signal: Signal, numberOf: (place: Signal['basis'][number]) => number): object {
  const what = signal.said?.value;
  const isTold = what !== undefined && signal.value === textOf(what, runSpeech());
  const short = without(signal, isTold ? SAID_AND_VALUE : SAID);
  short['basis'] = signal.basis.map(numberOf);
  if (what !== undefined) short['said'] = shortSaid(what, FACT);
  return short;
}

const SAID: ReadonlySet<string> = new Set(['said'] satisfies (keyof Signal)[]);
const SAID_AND_VALUE: ReadonlySet<string> = new Set(['said', 'value'] satisfies (keyof Signal)[]);

function wholeSignal(one: unknown, places: readonly unknown[]): unknown {
  const signal = asRecord(one);
  if (signal === undefined || !Array.isArray(signal['basis'])) return one;
  const basis = signal['basis'].map((at) => (typeof at === 'number' ? places[at] : at));
  const value = saidOfMember(signal['said'], 'value');
  return { ...signal, ...(value === undefined ? {} : { said: { value: saidIn(value, FACT) } }), basis };
}

/** What is said in the one member that can be: a line of before has it under that one's name. */
function saidOfMember(said: unknown, member: string): unknown {
  const members = asRecord(said);
  if (members === undefined) return said;
  return member in members || Object.keys(members).length === 0 ? members[member] : said;
}

/** The words of values that were found out: of a record that was checked, for whoever says them. */
export function withValues(record: SlimRecord): SlimRecord {
  const isMissing = ({ value, said }: SlimRecord['signals'][number]) =>
    value === undefined && said?.value !== undefined;
  if (!record.signals.some(isMissing)) return record;
  const speech = runSpeech();
  return {
    ...record,
    signals: record.signals.map((signal) => {
      const saying = signal.said?.value;
      if (!isMissing(signal) || saying === undefined || !speech.canSay(saying)) return signal;
      const { id, backing, ...rest } = signal;
      return { id, backing, value: speech.say(saying), ...rest };
    }),
  };
}

type Facts = NonNullable<SlimRecord['summary']['facts']>;

/** How ids begin that stand in what was found out. */
const FACT = 'fact';

/** What of the credentials has a say in the words of facts. */
type Signed = Pick<SlimRecord['contentCredentials'], 'signer' | 'trust' | 'integrity'>;

const factsInShort = (facts: Facts, { signer, trust, integrity }: Signed): object =>
  shortFacts(facts, { signer, trust, integrity });

const shortFacts = onceMade(
  (facts: Facts, signed: { [K in keyof Signed]: Signed[K] | undefined }): object => {
    const short: Members = {};
    for (const name in facts) {
      const { code, day, text, said } = facts[name as keyof Facts] as Facts['when'];
      const fact = without(facts[name as keyof Facts], TEXT_AND_SAID);
      const what = said?.text;
      if (what === undefined) {
        if (text !== undefined) fact['text'] = text;
      } else if (!isSame(what, wordsOfFact(name, { code, day }, signed)))
        fact['said'] = shortSaid(what, `${FACT}.${name}`);
      short[name] = fact;
    }
    return short;
  },
);

const TEXT_AND_SAID: ReadonlySet<string> = new Set(['text', 'said'] satisfies (keyof Facts['when'])[]);

/** Most of what is said is an id, and nothing goes into its places. */
const isSame = (one: { id: string }, other: { id: string }): boolean =>
  Object.keys(one).length === 1 && Object.keys(other).length === 1
    ? one.id === other.id
    : isDeepStrictEqual(one, other);

function wholeFacts(facts: JsonRecord, credentials: unknown): JsonRecord {
  return Object.fromEntries(
    Object.entries(facts).map(([name, value]) => {
      const fact = asRecord(value);
      const code = fact?.['code'];
      if (fact === undefined || typeof code !== 'string' || 'text' in fact) return [name, value];
      const what = saidOfMember(fact['said'], 'text');
      const text =
        what === undefined
          ? wordsOfFact(name, { ...fact, code }, asRecord(credentials) ?? {})
          : saidIn(what, `${FACT}.${name}`);
      return [name, { ...fact, said: { text } }];
    }),
  );
}

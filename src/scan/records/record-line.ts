import { isDeepStrictEqual } from 'node:util';
import { asArray, asRecord, type JsonRecord } from '../../base/json-shape.js';
import { CARRIERS } from '../../core/media/carrier.js';
import { normalizeDescription } from '../../core/media/upload-description.js';
import { OUTCOMES } from '../../core/report/finding-schema.js';
import { localizeSentences } from '../../core/report/message-lookup.js';
import type { ErrorRecord } from '../../core/report/report.js';
import type { Message } from '../../i18n/message.js';
import { factMessage } from './facts.js';
import { outcomeCounts } from './outcomes.js';
import { type ScanRecord, SILENT_OUTCOMES, type SummaryRecord } from './record.js';
import { memoize, runTranslator } from './run-translator.js';
import { expandLocators, shortenLocators } from './short-locators.js';
import { expandMessage, shortenMessage } from './short-messages.js';
import { expandSummary, shortenSummary } from './usual-messages.js';

/**
 * Converts a record to its line and back. The line contains once what the record repeats for each clause, carrier and
 * fact. Short forms are recognised by their shape, so that legacy lines can be read. The shapes and reasons are in
 * docs/scan.md.
 */

/** Object whose members are assigned one by one. */
type MutableMembers = { [name: string]: unknown };

/**
 * Copies an object without the given members, keeping their order. Object rest and spread take several times as long,
 * which matters for every file.
 */
function omitMembers(of: object, names: ReadonlySet<string>): MutableMembers {
  const rest: MutableMembers = {};
  for (const name in of) if (!names.has(name)) rest[name] = (of as MutableMembers)[name];
  return rest;
}

const CONVERTED_MEMBERS: ReadonlySet<string> = new Set([
  ...(['schema', 'asset', 'summary', 'findings', 'silent'] as const),
  ...(['law', 'reads', 'contradictions', 'signals'] as const),
] satisfies (keyof SummaryRecord)[]);

/** Returns the object that is written as the line. Full records and errors are written unchanged. */
export function toRecordLine(record: ScanRecord | ErrorRecord): object {
  if (record.schema === 'assay.error/1' || 'report' in record) return record;
  const { schema, asset, summary, findings, silent, law, reads, contradictions, signals } = record;
  const line: MutableMembers = { schema };
  for (const name in record)
    if (!CONVERTED_MEMBERS.has(name)) line[name] = record[name as keyof SummaryRecord];
  line['asset'] = shortenAsset(asset);
  line['summary'] = shortSummary(record);
  Object.assign(line, shortenSignals(signals));
  if (contradictions.length > 0) line['contradictions'] = contradictions;
  if (findings.length > 0) Object.assign(line, groupFindings(findings));
  if (silent !== undefined) line['silent'] = shortenSilent(silent, findings);
  if (law !== undefined)
    line['law'] = shortenLaw(law, outcomeCountsOf({ findings, ...(silent && { silent }) }));
  const notRead = groupUnread(reads, summary.coverage.unread);
  if (notRead !== undefined) line['notRead'] = notRead;
  return line;
}

const FACTS_AND_SAID: ReadonlySet<string> = new Set([
  'facts',
  'messages',
] satisfies (keyof SummaryRecord['summary'])[]);

const shortenRecordSentences = memoize(
  (sentences: readonly Message[], kind: string, unread: readonly string[]) =>
    shortenSummary(sentences, { kind, unread }),
);

function shortSummary({
  asset,
  summary,
  contentCredentials: credentials,
}: Pick<SummaryRecord, 'asset' | 'summary' | 'contentCredentials'>): MutableMembers {
  const { facts, messages: said } = summary;
  const short = omitMembers(summary, FACTS_AND_SAID);
  if (facts !== undefined) short['facts'] = shortenRecordFacts(facts, credentials);
  if (said !== undefined)
    short['messages'] = shortenRecordSentences(said.sentence, asset.kind, summary.coverage.unread);
  return short;
}

/** Expands a line to the record that is validated and used; a legacy or invalid line is returned unchanged. */
export function expandRecordLine(line: JsonRecord): JsonRecord {
  if ('report' in line || 'findings' in line) return line;
  const { outcomes, because, notRead, contradictions = [], ...rest } = line;
  const findings = expandFindings(outcomes, because);
  const summary = asRecord(rest['summary']);
  const unread = asRecord(summary?.['coverage'])?.['unread'];
  const reads = expandReads(notRead, unread);
  if (findings === undefined || reads === undefined || summary === undefined) return line;
  const facts = asRecord(summary['facts']);
  const beside = { kind: asRecord(rest['asset'])?.['kind'], unread: asArray(unread, MAX_CARRIERS) };
  const sentence = expandSummary(asRecord(summary['messages'])?.['sentence'] ?? summary['messages'], beside);
  const { places: short, ...others } = rest;
  const places = expandLocators(asArray(short, MAX_LOCATORS));
  const { signals, law, asset } = others;
  const silent = expandSilent(others['silent'], outcomes);
  return {
    ...others,
    ...(asset === undefined ? {} : { asset: expandAsset(asset) }),
    ...(silent === undefined ? {} : { silent }),
    summary: {
      ...summary,
      ...(facts === undefined ? {} : { facts: expandFacts(facts, rest['contentCredentials']) }),
      ...(Array.isArray(sentence) ? { messages: { sentence } } : {}),
    },
    ...(Array.isArray(signals) ? { signals: signals.map((signal) => expandSignal(signal, places)) } : {}),
    contradictions,
    findings,
    ...(law === undefined ? {} : { law: expandLaw(law, findings, silent) }),
    reads,
  };
}

/** Rules by outcome and rulebook, like the counts of the tally. */
type RulesByOutcome = Record<string, Partial<Record<string, string[]>>>;

/** Rules (`rulebook/rule`) based on the same signals. */
interface SharedReason {
  signals: string[];
  rules: string[];
}

function groupFindings(findings: SummaryRecord['findings']): {
  outcomes?: RulesByOutcome;
  because?: SharedReason[];
} {
  if (findings.length === 0) return {};
  const byBook = new Map<string, Map<string, string[]>>();
  const bySignals = new Map<string, SharedReason>();
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
    [...byBook].map(([rulebook, rules]) => [rulebook, Object.fromEntries(inOutcomeOrder(rules))]),
  );
  // Sorted, so that a record always gives the same line.
  const because = [...bySignals]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { signals, rules }]) => ({ signals, rules: rules.sort() }));
  return { outcomes, ...(because.length === 0 ? {} : { because }) };
}

const inOutcomeOrder = (rules: ReadonlyMap<string, string[]>): [string, string[]][] =>
  OUTCOMES.flatMap((outcome): [string, string[]][] => {
    const its = rules.get(outcome);
    return its === undefined ? [] : [[outcome, its.sort()]];
  });

interface ExpandedFinding {
  rulebook: string;
  rule: string;
  outcome: string;
  because: string[];
}

/** Returns `undefined` if the value is malformed; the schema then rejects the record. */
function expandFindings(outcomes: unknown, because: unknown): ExpandedFinding[] | undefined {
  if (outcomes === undefined) return because === undefined ? [] : undefined;
  const reasons = parseReasons(because);
  const books = asRecord(outcomes);
  if (books === undefined || reasons === undefined) return undefined;
  const findings: ExpandedFinding[] = [];
  for (const [rulebook, byOutcome] of Object.entries(books)) {
    for (const [outcome, rules] of Object.entries(asRecord(byOutcome) ?? { none: undefined })) {
      if (!isStringArray(rules)) return undefined;
      for (const rule of rules)
        findings.push({ rulebook, rule, outcome, because: [...(reasons.get(`${rulebook}/${rule}`) ?? [])] });
    }
  }
  return findings;
}

function parseReasons(because: unknown): Map<string, readonly string[]> | undefined {
  const reasons = new Map<string, readonly string[]>();
  if (because === undefined) return reasons;
  if (!Array.isArray(because)) return undefined;
  for (const one of because) {
    const { signals, rules } = asRecord(one) ?? {};
    if (!isStringArray(signals) || !isStringArray(rules)) return undefined;
    for (const rule of rules) reasons.set(rule, signals);
  }
  return reasons;
}

const isStringArray = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');

/** The declared type is omitted if it follows from the name and equals the type of the bytes. */
const shortenAsset = (asset: SummaryRecord['asset']): object =>
  asset.declaredMediaType === asset.mediaType && isDeclared(asset) ? omitMembers(asset, DECLARED) : asset;

const DECLARED: ReadonlySet<string> = new Set([
  'declaredMediaType',
] satisfies (keyof SummaryRecord['asset'])[]);

function expandAsset(asset: unknown): unknown {
  const { name, mediaType, declaredMediaType } = asRecord(asset) ?? {};
  if (declaredMediaType !== undefined || typeof name !== 'string') return asset;
  return isDeclared({ name, mediaType }) ? { ...asRecord(asset), declaredMediaType: mediaType } : asset;
}

const isDeclared = ({ name, mediaType }: { name: string; mediaType: unknown }): boolean =>
  normalizeDescription({ name }).declaredMediaType === mediaType && mediaType !== undefined;

type Silent = NonNullable<SummaryRecord['silent']>;

/**
 * Counts per rulebook, one for each outcome in the order of `SILENT_OUTCOMES`, without trailing zeros: first the
 * rulebooks in `outcomes`, in their order, then the others by name.
 */
function shortenSilent(silent: Silent, findings: SummaryRecord['findings']): object[] {
  const counts = new Map(
    Object.entries(silent).map(([rulebook, its]) => {
      const last = SILENT_OUTCOMES.findLastIndex((outcome) => its[outcome] !== undefined);
      return [rulebook, SILENT_OUTCOMES.slice(0, last + 1).map((outcome) => its[outcome] ?? 0)];
    }),
  );
  const named = Object.keys(groupFindings(findings).outcomes ?? {});
  const first = named.map((rulebook) => counts.get(rulebook) ?? []);
  for (const rulebook of named) counts.delete(rulebook);
  return counts.size === 0 ? first : [...first, Object.fromEntries(counts)];
}

/** Invalid values are returned unchanged, for the schema of the record to reject. */
function expandSilent(silent: unknown, outcomes: unknown): unknown {
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
      Array.isArray(counts) && counts.length <= SILENT_OUTCOMES.length
        ? Object.fromEntries(
            counts.flatMap((clauses, at) => (clauses === 0 ? [] : [[SILENT_OUTCOMES[at], clauses]])),
          )
        : counts,
    ]),
  );
}

/**
 * Carriers that were not read for the same reason. Without `carriers` these are the unread carriers of the coverage
 * that no other reason lists, and those in `also`.
 */
interface UnreadGroup {
  status: string;
  code?: string;
  carriers?: string[];
  also?: string[];
}

function groupUnread(reads: SummaryRecord['reads'], unread: readonly string[]): UnreadGroup[] | undefined {
  const carriers = Object.keys(reads) as (keyof typeof reads)[];
  if (carriers.length === 0) return undefined;
  const groups = new Map<string, UnreadGroup & { carriers: string[] }>();
  for (const carrier of carriers) {
    const read = reads[carrier];
    if (read === undefined) continue;
    const { status, code } = read;
    const key = `${status} ${code ?? ''}`;
    const group = groups.get(key) ?? { status, ...(code === undefined ? {} : { code }), carriers: [] };
    groups.set(key, group);
    group.carriers.push(carrier);
  }
  return groups.size === 0 ? undefined : omitLongestList([...groups.values()], unread);
}

/** The longest list is usually that of the coverage, so it is omitted. */
function omitLongestList(
  groups: (UnreadGroup & { carriers: string[] })[],
  unread: readonly string[],
): UnreadGroup[] {
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

function expandReads(groups: unknown, unread: unknown): JsonRecord | undefined {
  if (groups === undefined) return {};
  if (!Array.isArray(groups)) return undefined;
  const all = groups.map(asRecord);
  const named = new Set(all.flatMap((group) => asArray(group?.['carriers'], MAX_CARRIERS)));
  const rest = asArray(unread, MAX_CARRIERS).filter((carrier) => !named.has(carrier));
  const reads = new Map<string, object>();
  for (const group of all) {
    const { status, code, carriers = rest, also = [] } = group ?? {};
    if (group === undefined || !isStringArray(carriers) || !isStringArray(also)) return undefined;
    for (const carrier of [...carriers, ...also])
      reads.set(carrier, { status, ...(code === undefined ? {} : { code }) });
  }
  // In the order of `CARRIERS`, regardless of the order of reasons.
  const known = CARRIERS.filter((carrier) => reads.has(carrier));
  return Object.fromEntries(
    new Map([...known.map((carrier) => [carrier, reads.get(carrier)] as const), ...reads]),
  );
}

type Law = NonNullable<SummaryRecord['law']>;

const outcomeCountsOf = (record: Parameters<typeof outcomeCounts>[0]): Record<string, number> => {
  const counts = new Map<string, number>();
  for (const { outcome, clauses } of outcomeCounts(record))
    counts.set(outcome, (counts.get(outcome) ?? 0) + clauses);
  return Object.fromEntries(
    OUTCOMES.flatMap((outcome) => {
      const clauses = counts.get(outcome);
      return clauses === undefined ? [] : [[outcome, clauses]];
    }),
  );
};

/** Counts that equal those of all outcomes are omitted, and a jurisdiction without other members is written as its code. */
function shortenLaw(law: Law, all: Readonly<Record<string, number>>): (object | string)[] {
  const isAll = (counts: Law[number]['counts']) =>
    OUTCOMES.every((outcome) => (counts[outcome] ?? 0) === (all[outcome] ?? 0));
  return law.map(({ counts, ...place }) => {
    if (!isAll(counts)) return { ...place, counts };
    return place.role === undefined ? place.jurisdiction : place;
  });
}

function expandLaw(law: unknown, findings: readonly ExpandedFinding[], silent: unknown): unknown {
  if (!Array.isArray(law)) return law;
  const of = { findings, silent: asRecord(silent) ?? {} } as unknown as Parameters<typeof outcomeCounts>[0];
  return law.map((one) => {
    const place = typeof one === 'string' ? { jurisdiction: one } : asRecord(one);
    return place === undefined || 'counts' in place ? one : { ...place, counts: outcomeCountsOf(of) };
  });
}

/** More carriers than exist. */
const MAX_CARRIERS = 1_024;
/** More locators than a record can have, since signals and locators per signal are limited. */
const MAX_LOCATORS = 1_024;

/** Signals of one manifest share a locator, so each locator is written once and referred to by its number from 0. */
function shortenSignals(signals: SummaryRecord['signals']): object {
  const places: SummaryRecord['signals'][number]['basis'] = [];
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
    shortenSignal(signal, isOnly ? (place) => places.push(place) - 1 : numberOf),
  );
  return places.length === 0 ? { signals: short } : { signals: short, places: shortenLocators(places) };
}

type Signal = SummaryRecord['signals'][number];

/** A value derived from its message is omitted. */
function shortenSignal(signal: Signal, numberOf: (place: Signal['basis'][number]) => number): object {
  const what = signal.messages?.value;
  const isTold = what !== undefined && signal.value === localizeSentences(what, runTranslator());
  const short = omitMembers(signal, isTold ? SAID_AND_VALUE : SAID);
  short['basis'] = signal.basis.map(numberOf);
  if (what !== undefined) short['messages'] = shortenMessage(what, FACT_PREFIX);
  return short;
}

const SAID: ReadonlySet<string> = new Set(['messages'] satisfies (keyof Signal)[]);
const SAID_AND_VALUE: ReadonlySet<string> = new Set(['messages', 'value'] satisfies (keyof Signal)[]);

function expandSignal(one: unknown, places: readonly unknown[]): unknown {
  const signal = asRecord(one);
  if (signal === undefined || !Array.isArray(signal['basis'])) return one;
  const basis = signal['basis'].map((at) => (typeof at === 'number' ? places[at] : at));
  const value = messageOfMember(signal['messages'], 'value');
  return {
    ...signal,
    ...(value === undefined ? {} : { messages: { value: expandMessage(value, FACT_PREFIX) } }),
    basis,
  };
}

/** Returns the message of the only member; a legacy line has it under the member's name. */
function messageOfMember(said: unknown, member: string): unknown {
  const members = asRecord(said);
  if (members === undefined) return said;
  return member in members || Object.keys(members).length === 0 ? members[member] : said;
}

/** Adds the texts of values derived from messages to a validated record. */
export function addValueTexts(record: SummaryRecord): SummaryRecord {
  const isMissing = ({ value, messages: said }: SummaryRecord['signals'][number]) =>
    value === undefined && said?.value !== undefined;
  if (!record.signals.some(isMissing)) return record;
  const translator = runTranslator();
  return {
    ...record,
    signals: record.signals.map((signal) => {
      const saying = signal.messages?.value;
      if (!isMissing(signal) || saying === undefined || !translator.canTranslate(saying)) return signal;
      const { id, backing, ...rest } = signal;
      return { id, backing, value: translator.translate(saying), ...rest };
    }),
  };
}

type Facts = NonNullable<SummaryRecord['summary']['facts']>;

/** Prefix of ids in facts and values. */
const FACT_PREFIX = 'fact';

/** Members of the credentials that affect the texts of facts. */
type FactCredentials = Pick<SummaryRecord['contentCredentials'], 'signer' | 'trust' | 'integrity'>;

const shortenRecordFacts = (facts: Facts, { signer, trust, integrity }: FactCredentials): object =>
  shortenFacts(facts, { signer, trust, integrity });

const shortenFacts = memoize(
  (facts: Facts, signed: { [K in keyof FactCredentials]: FactCredentials[K] | undefined }): object => {
    const short: MutableMembers = {};
    for (const name in facts) {
      const { code, day, text, messages: said } = facts[name as keyof Facts] as Facts['when'];
      const fact = omitMembers(facts[name as keyof Facts], TEXT_AND_SAID);
      const what = said?.text;
      if (what === undefined) {
        if (text !== undefined) fact['text'] = text;
      } else if (!isSameMessage(what, factMessage(name, { code, day }, signed)))
        fact['messages'] = shortenMessage(what, `${FACT_PREFIX}.${name}`);
      short[name] = fact;
    }
    return short;
  },
);

const TEXT_AND_SAID: ReadonlySet<string> = new Set(['text', 'messages'] satisfies (keyof Facts['when'])[]);

/** Most messages consist of an id without parameters, so ids are compared first. */
const isSameMessage = (one: { id: string }, other: { id: string }): boolean =>
  Object.keys(one).length === 1 && Object.keys(other).length === 1
    ? one.id === other.id
    : isDeepStrictEqual(one, other);

function expandFacts(facts: JsonRecord, credentials: unknown): JsonRecord {
  return Object.fromEntries(
    Object.entries(facts).map(([name, value]) => {
      const fact = asRecord(value);
      const code = fact?.['code'];
      if (fact === undefined || typeof code !== 'string' || 'text' in fact) return [name, value];
      const what = messageOfMember(fact['messages'], 'text');
      const text =
        what === undefined
          ? factMessage(name, { ...fact, code }, asRecord(credentials) ?? {})
          : expandMessage(what, `${FACT_PREFIX}.${name}`);
      return [name, { ...fact, messages: { text } }];
    }),
  );
}

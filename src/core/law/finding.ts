import type { Kind } from '../media/media-kinds.js';
import type { Finding } from '../report/finding-schema.js';
import type { Role, RuleNext, RuleStatus } from '../report/rule-terms.js';
import type { Signal, SignalId } from '../report/signal.js';
import { rowOf, SIGNAL_IDS } from '../signals/index.js';
import { bindsOneOf } from './binding.js';
import type { Condition, Part, Period, Rule, Rulebook } from './rulebook.js';
import { verifiedBy } from './sources.js';

/** All that a rule may see. */
export interface Facts {
  /** `unknown`: it may be of any kind, since nothing of it was read. */
  kind: Kind | 'unknown';
  signals: readonly Signal[];
  /** Signals that might be there, had their carriers been readable. */
  unknowable: ReadonlySet<SignalId>;
  /** `YYYY-MM-DD`; dates of this form compare as text. */
  asOf: string;
}

type Term = NonNullable<Condition['all']>[number];

/** A hundred clauses ask for the same few signals. */
interface Indexed extends Facts {
  byId: ReadonlyMap<SignalId, readonly Signal[]>;
}

function indexed(facts: Facts): Indexed {
  const byId = new Map<SignalId, Signal[]>();
  for (const signal of facts.signals) {
    const known = byId.get(signal.id);
    if (known) known.push(signal);
    else byId.set(signal.id, [signal]);
  }
  // What stands in credentials that were not fetched was not looked for.
  const isElsewhere = byId.has('c2pa.remote') && !byId.has('c2pa.present');
  const unknowable = isElsewhere ? new Set([...facts.unknowable, ...IN_CREDENTIALS]) : facts.unknowable;
  return { ...facts, unknowable, byId };
}

/** Signals that a manifest store raises, but for the one that says where it is kept. */
const IN_CREDENTIALS = SIGNAL_IDS.filter((id) => rowOf(id).inCredentials !== null && id !== 'c2pa.remote');

/** Kleene's three values. */
type Truth = 'true' | 'false' | 'unknown';

interface Decision {
  truth: Truth;
  /** The signals that made it so: those present, or those that could not be looked for. Absence has none to show. */
  because: readonly SignalId[];
}

type Judged = Pick<Finding, 'outcome' | 'found' | 'missing' | 'unread' | 'excepted'> & {
  because: readonly SignalId[];
};

/** What each rule's clause makes of the facts, in the order of the rulebooks and their rules; of the given roles only. */
export function evaluate(rulebooks: readonly Rulebook[], given: Facts, roles?: readonly Role[]): Finding[] {
  const facts = indexed(given);
  const findings: Finding[] = [];
  for (const rulebook of rulebooks) {
    for (const rule of rulebook.rules)
      if (bindsOneOf(rule, roles)) findings.push(findingOf(rulebook, rule, facts));
  }
  return findings;
}

/** What a sum of a place counts of a clause. */
export type Told = Pick<Finding, 'rulebook' | 'rule' | 'outcome' | 'binds'>;

/** The same of clauses that are only counted: most files are asked for nothing else of the law. */
export function outcomesOf(rulebooks: readonly Rulebook[], given: Facts): Told[] {
  const facts = indexed(given);
  const told: Told[] = [];
  for (const rulebook of rulebooks) {
    for (const rule of rulebook.rules) {
      const { outcome } = judge(rule, onDay(rulebook, rule, facts.asOf), facts);
      told.push({ rulebook: rulebook.id, rule: rule.id, outcome, binds: rule.binds });
    }
  }
  return told;
}

function findingOf(rulebook: Rulebook, rule: Rule, facts: Indexed): Finding {
  const day = onDay(rulebook, rule, facts.asOf);
  const { outcome, because, found, missing, unread, excepted } = judge(rule, day, facts);
  const { status, inForce, periods, reference, verified } = day;
  const { id, provision, clause, kind, binds } = rule;
  // Spread together it takes several times as long, and a service makes a hundred and more of these for each file.
  const finding: Begun = { rulebook: rulebook.id, rule: id, provision, clause, kind, outcome };
  if (found) finding.found = found;
  if (missing) finding.missing = missing;
  if (unread) finding.unread = unread;
  if (excepted !== undefined) finding.excepted = excepted;
  finding.because = because.length < 2 ? [...because] : [...new Set(because)];
  finding.next = nextOf(rule, outcome, because, facts);
  finding.binds = binds;
  finding.status = status;
  finding.inForce = { ...inForce };
  if (periods) finding.periods = periods;
  finding.reference = { ...reference };
  finding.verified = verified;
  return finding as Finding;
}

/** Its members come in the order of a Report. */
type Begun = Pick<Finding, 'rulebook' | 'rule' | 'provision' | 'clause' | 'kind' | 'outcome'> &
  Partial<Finding>;

/** What of a finding hangs on the clause and the day, and on no file. */
interface OnDay extends Pick<Finding, 'status' | 'inForce' | 'periods' | 'reference' | 'verified'> {
  rulebook: Rulebook;
  asOf: string;
  isAhead: boolean;
  isOver: boolean;
}

/** Of each clause the last day asked for: most files are asked about one day, one after the other. */
const lastDay = new WeakMap<Rule, OnDay>();

function onDay(rulebook: Rulebook, rule: Rule, asOf: string): OnDay {
  const known = lastDay.get(rule);
  if (known?.asOf === asOf && known.rulebook === rulebook) return known;
  const { periods } = rule;
  const source = rule.sources.find(({ address }) => address !== undefined) ?? rule.sources[0];
  if (source === undefined) throw new Error(`rule ${rule.id} of ${rulebook.id} has no source`);
  const made: OnDay = {
    rulebook,
    asOf,
    isAhead: isAhead(periods, asOf),
    isOver: isOver(periods, asOf),
    status: statusOn(rule, asOf),
    inForce: wholeTerm(periods),
    ...(periods.some(({ cohort }) => cohort !== undefined) ? { periods } : {}),
    reference: { title: source.title, address: source.address ?? rulebook.instrument.address },
    verified: verifiedBy(rule.sources),
  };
  lastDay.set(rule, made);
  return made;
}

/** From the first day of any to the last of all: dates of this form compare as text. */
export function wholeTerm(periods: readonly Period[]): Finding['inForce'] {
  const [from] = periods.map((one) => one.from).sort();
  const last = periods.map(({ until }) => until).sort();
  const until = last.includes(undefined) ? undefined : last.at(-1);
  return { ...(from === undefined ? {} : { from }), ...(until === undefined ? {} : { until }) };
}

/** A rulebook says what a rule was when it was written; a finding, what it is on its day. */
export function statusOn({ voluntary, pending, periods }: Rule, asOf: string): RuleStatus {
  if (pending) return 'pending';
  if (voluntary) return 'voluntary';
  if (isAhead(periods, asOf)) return 'pending';
  return isOver(periods, asOf) ? 'superseded' : 'in-force';
}

const isAhead = (periods: readonly Period[], asOf: string) => periods.every(({ from }) => asOf < from);
const isOver = (periods: readonly Period[], asOf: string) =>
  periods.length > 0 && periods.every(({ until }) => until !== undefined && asOf >= until);

const NEXT: Record<Finding['outcome'], RuleNext> = {
  answered: 'ask-who-wrote-it',
  'partly-answered': 'ask-original',
  'no-signal-found': 'ask-original',
  'indicator-seen': 'ask-original',
  'none-seen': 'nothing',
  look: 'look-at-visible-label',
  indeterminate: 'another-copy',
  'not-assessable': 'ask-a-lawyer',
  'not-applicable': 'nothing',
  'not-in-force': 'see-date',
  superseded: 'see-later-wording',
};

/** What is signed has somebody to ask; what is not may have been written by anyone. */
function nextOf(
  rule: Rule,
  outcome: Finding['outcome'],
  because: readonly SignalId[],
  { signals, kind }: Facts,
): RuleNext {
  const own = rule.next?.[outcome];
  if (own !== undefined) return own;
  if (outcome === 'look' && kind === 'audio') return 'listen-for-label';
  if (outcome !== 'answered') return NEXT[outcome];
  const signed = signals.some(
    ({ id, backing }) => because.includes(id) && (backing === 'trusted' || backing === 'valid'),
  );
  return signed ? 'contact-signer' : NEXT.answered;
}

function judge(rule: Rule, day: OnDay, facts: Indexed): Judged {
  // Before the day: on the day it applies the answer would be the same, and “ask again from then” would lead nowhere.
  const { kind } = facts;
  if (kind !== 'unknown' && !rule.media.includes(kind)) return { outcome: 'not-applicable', because: [] };
  if (rule.pending || day.isAhead) return { outcome: 'not-in-force', because: [] };
  if (day.isOver) return { outcome: 'superseded', because: [] };
  // Not to know what a file is, is not to know that the clause does not speak of it. No signal decides that.
  if (kind === 'unknown') return { outcome: 'indeterminate', because: [] };
  return weigh(rule, facts);
}

function weigh(rule: Rule, facts: Indexed): Judged {
  const applies = decide(rule.trigger, facts, 'true');
  if (applies.truth === 'false') return { outcome: 'not-applicable', because: applies.because };
  if (applies.truth === 'unknown') return { outcome: 'indeterminate', because: applies.because };
  const exceptions = (rule.exceptions ?? []).map(({ id, when }) => ({ id, ...decide(when, facts, 'false') }));
  const holding = exceptions.find(({ truth }) => truth === 'true');
  if (holding !== undefined)
    return { outcome: 'not-applicable', excepted: holding.id, because: holding.because };
  const excepted = some(exceptions);
  if (excepted.truth === 'unknown') return { outcome: 'indeterminate', because: excepted.because };
  // What the file shows is then that the clause may speak of it, and no more.
  if (rule.parts === undefined)
    return { outcome: rule.kind === 'tell' ? 'look' : 'not-assessable', because: applies.because };
  const parts = rule.parts.map((part) => looked(part, facts));
  return rule.kind === 'prohibition' ? forbidden(parts) : asked(parts);
}

interface Looked extends Decision {
  /** The part, and after a dot the way in which it was found. */
  id: string;
}

function looked({ id, when, ways }: Part, facts: Indexed): Looked {
  const tried = (ways ?? []).map((way) => ({ ...decide(way.when, facts, 'false'), id: `${id}.${way.id}` }));
  const way = tried.find(({ truth }) => truth === 'true');
  return way ?? { ...some([...tried, ...(when === undefined ? [] : [decide(when, facts, 'false')])]), id };
}

const idsOf = (parts: readonly Looked[], truth: Truth): string[] =>
  parts.filter((part) => part.truth === truth).map(({ id }) => id);

/** `found`, `missing` and `unread`, each where there is something of it. */
function sorted(parts: readonly Looked[]): Pick<Judged, 'found' | 'missing' | 'unread'> {
  const [found, missing, unread] = [idsOf(parts, 'true'), idsOf(parts, 'false'), idsOf(parts, 'unknown')];
  return {
    ...(found.length > 0 ? { found } : {}),
    ...(missing.length > 0 ? { missing } : {}),
    ...(unread.length > 0 ? { unread } : {}),
  };
}

const becauseOf = (parts: readonly Looked[], truths: readonly Truth[]): SignalId[] =>
  parts.filter(({ truth }) => truths.includes(truth)).flatMap(({ because }) => because);

/** Each part is asked for. */
function asked(parts: readonly Looked[]): Judged {
  const has = (truth: Truth): boolean => parts.some((part) => part.truth === truth);
  const known = sorted(parts);
  if (!has('false') && !has('unknown'))
    return { outcome: 'answered', ...known, because: becauseOf(parts, ['true']) };
  // A file that may answer in full must not be reported as answering in part.
  if (!has('false') || (!has('true') && has('unknown')))
    return { outcome: 'indeterminate', ...known, because: becauseOf(parts, ['unknown']) };
  if (has('true'))
    return { outcome: 'partly-answered', ...known, because: becauseOf(parts, ['true', 'unknown']) };
  return { outcome: 'no-signal-found', ...known, because: becauseOf(parts, ['false']) };
}

/** Each part is something that would show what is forbidden. */
function forbidden(parts: readonly Looked[]): Judged {
  const known = sorted(parts);
  if (known.found) return { outcome: 'indicator-seen', ...known, because: becauseOf(parts, ['true']) };
  if (known.unread) return { outcome: 'indeterminate', ...known, because: becauseOf(parts, ['unknown']) };
  return { outcome: 'none-seen', ...known, because: [] };
}

function decide(condition: Condition | undefined, facts: Indexed, whenLeftOut: Truth): Decision {
  if (condition === undefined) return { truth: whenLeftOut, because: [] };
  const { all, any, none } = condition;
  const groups: Decision[] = [];
  if (all) groups.push(every(all.map((term) => holds(term, facts))));
  if (any) groups.push(some(any.map((term) => holds(term, facts))));
  if (none) groups.push(every(none.map((term) => not(holds(term, facts)))));
  return every(groups);
}

/** A hundred clauses decide some hundreds of terms a file: what each may come to is made once. */
const ABSENT: Decision = Object.freeze({ truth: 'false', because: [] });
const NOT_ABSENT: Decision = Object.freeze({ truth: 'true', because: [] });
const OF_SIGNAL: ReadonlyMap<SignalId, Readonly<Record<Truth, Decision>>> = new Map(
  SIGNAL_IDS.map((id) => {
    const because = [id];
    return [
      id,
      {
        true: { truth: 'true', because },
        unknown: { truth: 'unknown', because },
        false: { truth: 'false', because },
      },
    ];
  }),
);
const ofSignal = (signal: SignalId, truth: Truth): Decision =>
  OF_SIGNAL.get(signal)?.[truth] ?? { truth, because: [signal] };

function holds({ signal, backing: counted }: Term, facts: Indexed): Decision {
  const present = facts.byId.get(signal);
  if (present === undefined) return facts.unknowable.has(signal) ? ofSignal(signal, 'unknown') : ABSENT;
  for (const { backing } of present) {
    if (counted ? counted.includes(backing) : backing !== 'invalid') return ofSignal(signal, 'true');
  }
  // Present with a backing that does not count: that is why, so it is named.
  return ofSignal(signal, facts.unknowable.has(signal) ? 'unknown' : 'false');
}

function not(decision: Decision): Decision {
  if (decision.truth === 'unknown') return decision;
  return decision.truth === 'true' ? { truth: 'false', because: decision.because } : NOT_ABSENT;
}

/** Kleene's conjunction: the lowest of false < unknown < true, for the reasons of those that are so low. */
const every = (decisions: readonly Decision[]): Decision => least(decisions, 'false', 'true');

const some = (decisions: readonly Decision[]): Decision => least(decisions, 'true', 'false');

/** `first` outweighs unknown, and unknown `last`. */
function least(decisions: readonly Decision[], first: Truth, last: Truth): Decision {
  const [one] = decisions;
  if (one !== undefined && decisions.length === 1) return one;
  let truth = last;
  for (const decision of decisions) {
    if (decision.truth === first) {
      truth = first;
      break;
    }
    if (decision.truth === 'unknown') truth = 'unknown';
  }
  const because: SignalId[] = [];
  for (const decision of decisions) if (decision.truth === truth) because.push(...decision.because);
  return { truth, because };
}

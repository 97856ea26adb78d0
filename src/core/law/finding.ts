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
  because: SignalId[];
}

type Judged = Pick<Finding, 'outcome' | 'found' | 'missing' | 'unread' | 'excepted'> & {
  because: readonly SignalId[];
};

/** What each rule's clause makes of the facts, in the order of the rulebooks and their rules; of the given roles only. */
export function evaluate(rulebooks: readonly Rulebook[], given: Facts, roles?: readonly Role[]): Finding[] {
  const facts = indexed(given);
  return rulebooks.flatMap((rulebook) =>
    rulebook.rules.filter((rule) => bindsOneOf(rule, roles)).map((rule) => findingOf(rulebook, rule, facts)),
  );
}

function findingOf(rulebook: Rulebook, rule: Rule, facts: Indexed): Finding {
  const { outcome, because, ...parts } = judge(rule, facts);
  const source = rule.sources.find(({ address }) => address !== undefined) ?? rule.sources[0];
  if (source === undefined) throw new Error(`rule ${rule.id} of ${rulebook.id} has no source`);
  return {
    rulebook: rulebook.id,
    rule: rule.id,
    provision: rule.provision,
    clause: rule.clause,
    kind: rule.kind,
    outcome,
    ...parts,
    because: [...new Set(because)],
    next: nextOf(rule, { outcome, because }, facts),
    binds: rule.binds,
    status: statusOn(rule, facts.asOf),
    inForce: wholeTerm(rule.periods),
    ...(rule.periods.some(({ cohort }) => cohort !== undefined) ? { periods: rule.periods } : {}),
    reference: { title: source.title, address: source.address ?? rulebook.instrument.address },
    verified: verifiedBy(rule.sources),
  };
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
function nextOf(rule: Rule, judged: Judged, { signals, kind }: Facts): RuleNext {
  const own = rule.next?.[judged.outcome];
  if (own !== undefined) return own;
  if (judged.outcome === 'look' && kind === 'audio') return 'listen-for-label';
  const signed = signals.some(
    ({ id, backing }) => judged.because.includes(id) && (backing === 'trusted' || backing === 'valid'),
  );
  return judged.outcome === 'answered' && signed ? 'contact-signer' : NEXT[judged.outcome];
}

function judge(rule: Rule, facts: Indexed): Judged {
  // Before the day: on the day it applies the answer would be the same, and “ask again from then” would lead nowhere.
  const { kind } = facts;
  if (kind !== 'unknown' && !rule.media.includes(kind)) return { outcome: 'not-applicable', because: [] };
  if (rule.pending || isAhead(rule.periods, facts.asOf)) return { outcome: 'not-in-force', because: [] };
  if (isOver(rule.periods, facts.asOf)) return { outcome: 'superseded', because: [] };
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
  const groups: Decision[] = [];
  if (condition.all) groups.push(every(condition.all.map((term) => holds(term, facts))));
  if (condition.any) groups.push(some(condition.any.map((term) => holds(term, facts))));
  if (condition.none) groups.push(every(condition.none.map((term) => not(holds(term, facts)))));
  return every(groups);
}

function holds(term: Term, facts: Indexed): Decision {
  const present = facts.byId.get(term.signal) ?? [];
  const counts = present.some(({ backing }) =>
    term.backing ? term.backing.includes(backing) : backing !== 'invalid',
  );
  if (counts) return { truth: 'true', because: [term.signal] };
  if (facts.unknowable.has(term.signal)) return { truth: 'unknown', because: [term.signal] };
  // Present with a backing that does not count: that is why, so it is named.
  return { truth: 'false', because: present.length > 0 ? [term.signal] : [] };
}

function not({ truth, because }: Decision): Decision {
  if (truth === 'unknown') return { truth, because };
  return truth === 'true' ? { truth: 'false', because } : { truth: 'true', because: [] };
}

/** Kleene's conjunction: the lowest of false < unknown < true, for the reasons of those that are so low. */
function every(decisions: readonly Decision[]): Decision {
  return least(decisions, ['false', 'unknown', 'true']);
}

function some(decisions: readonly Decision[]): Decision {
  return least(decisions, ['true', 'unknown', 'false']);
}

function least(decisions: readonly Decision[], order: readonly [Truth, Truth, Truth]): Decision {
  const truth = order.find((value) => decisions.some((decision) => decision.truth === value)) ?? order[2];
  return {
    truth,
    because: decisions.filter((decision) => decision.truth === truth).flatMap(({ because }) => because),
  };
}

import type { MediaKind } from '../media/media-kinds.js';
import type { Finding } from '../report/finding-schema.js';
import { ASSAY_SIGNER, type Role, type RuleNextStep, type RuleStatus } from '../report/rule-terms.js';
import type { Signal, SignalId } from '../report/signal.js';
import { SIGNAL_IDS, signalRowOf } from '../signals/index.js';
import { bindsOneOf } from './binding.js';
import type { ClausePart, Period, Rule, Rulebook, RuleCondition } from './rulebook.js';
import { isVerified, referenceOf } from './sources.js';

/** Complete input of rule evaluation. */
export interface RuleFacts {
  /** `unknown`: nothing of the file was read, so it may be of any kind. */
  kind: MediaKind | 'unknown';
  signals: readonly Signal[];
  /** Signals that might be present, but whose carriers were unreadable. */
  unknowable: ReadonlySet<SignalId>;
  /** Day in the form `YYYY-MM-DD`, which compares as text. */
  asOf: string;
}

type Term = NonNullable<RuleCondition['all']>[number];

/** Facts indexed by signal, because a hundred clauses refer to the same few signals. */
interface IndexedFacts extends RuleFacts {
  byId: ReadonlyMap<SignalId, readonly Signal[]>;
}

function indexFacts(facts: RuleFacts): IndexedFacts {
  const byId = new Map<SignalId, Signal[]>();
  for (const signal of facts.signals) {
    const known = byId.get(signal.id);
    if (known) known.push(signal);
    else byId.set(signal.id, [signal]);
  }
  // Signals inside credentials that were not fetched count as not looked for.
  const isElsewhere = byId.has('c2pa.remote') && !byId.has('c2pa.present');
  const unknowable = isElsewhere ? new Set([...facts.unknowable, ...IN_CREDENTIALS]) : facts.unknowable;
  return { ...facts, unknowable, byId };
}

/** Signals that a manifest store raises, except the one that names its remote location. */
const IN_CREDENTIALS = SIGNAL_IDS.filter(
  (id) => signalRowOf(id).neededParts !== null && id !== 'c2pa.remote',
);

/** Truth values of Kleene's three-valued logic. */
type Truth = 'true' | 'false' | 'unknown';

interface Decision {
  truth: Truth;
  /** Signals that decided the value: those present, or those that could not be looked for. Absence has none. */
  because: readonly SignalId[];
}

type JudgedOutcome = Pick<Finding, 'outcome' | 'found' | 'missing' | 'unread' | 'excepted'> & {
  because: readonly SignalId[];
};

/** Returns a finding for each rule that binds the given roles, in the order of the rulebooks and their rules. */
export function evaluate(
  rulebooks: readonly Rulebook[],
  given: RuleFacts,
  roles?: readonly Role[],
): Finding[] {
  const facts = indexFacts(given);
  const findings: Finding[] = [];
  for (const rulebook of rulebooks) {
    for (const rule of rulebook.rules)
      if (bindsOneOf(rule, roles)) findings.push(toFinding(rulebook, rule, facts));
  }
  return findings;
}

function toFinding(rulebook: Rulebook, rule: Rule, facts: IndexedFacts): Finding {
  const day = factsOnDay(rulebook, rule, facts.asOf);
  const { outcome, because, found, missing, unread, excepted } = judge(rule, day, facts);
  const { status, inForce, periods, reference, verified } = day;
  const { id, provision, clause, kind, binds } = rule;
  // Assigned member by member: an object spread takes several times as long, and a hundred or more findings are made
  // per file.
  const finding: FindingDraft = { rulebook: rulebook.id, rule: id, provision, clause, kind, outcome };
  if (found) finding.found = found;
  if (missing) finding.missing = missing;
  if (unread) finding.unread = unread;
  if (excepted !== undefined) finding.excepted = excepted;
  finding.because = because.length < 2 ? [...because] : [...new Set(because)];
  finding.next = nextStepOf(rule, outcome, because, facts);
  finding.binds = binds;
  finding.status = status;
  finding.inForce = { ...inForce };
  if (periods) finding.periods = periods;
  finding.reference = { ...reference };
  if (rule.onlyIf) finding.onlyIf = rule.onlyIf;
  finding.bookSigner = rulebook.signer?.name ?? ASSAY_SIGNER;
  finding.verified = verified;
  return finding as Finding;
}

/** Members in the order of a Report. */
type FindingDraft = Pick<Finding, 'rulebook' | 'rule' | 'provision' | 'clause' | 'kind' | 'outcome'> &
  Partial<Finding>;

/** Members of a finding that depend on the clause and the day, but on no file. */
interface DayFacts extends Pick<Finding, 'status' | 'inForce' | 'periods' | 'reference' | 'verified'> {
  rulebook: Rulebook;
  asOf: string;
  isAhead: boolean;
  isOver: boolean;
}

/** Caches the last day per clause: most files are evaluated on the same day. */
const lastDayFacts = new WeakMap<Rule, DayFacts>();

function factsOnDay(rulebook: Rulebook, rule: Rule, asOf: string): DayFacts {
  const known = lastDayFacts.get(rule);
  if (known?.asOf === asOf && known.rulebook === rulebook) return known;
  const { periods } = rule;
  const { title, address = rulebook.instrument.address } = referenceOf(rule.sources);
  const made: DayFacts = {
    rulebook,
    asOf,
    isAhead: isAhead(periods, asOf),
    isOver: isOver(periods, asOf),
    status: statusOn(rule, asOf),
    inForce: overallPeriod(periods),
    ...(periods.some(({ cohort }) => cohort !== undefined) ? { periods } : {}),
    reference: { title, address },
    verified: isVerified(rule.sources),
  };
  lastDayFacts.set(rule, made);
  return made;
}

/** Returns the range from the first start to the last end; dates of this form compare as text. */
export function overallPeriod(periods: readonly Period[]): Finding['inForce'] {
  const [from] = periods.map((one) => one.from).sort();
  const last = periods.map(({ until }) => until).sort();
  const until = last.includes(undefined) ? undefined : last.at(-1);
  return { ...(from === undefined ? {} : { from }), ...(until === undefined ? {} : { until }) };
}

/** Returns the status of a rule on the given day; the rulebook records the status at the time of writing. */
export function statusOn({ voluntary, pending, periods }: Rule, asOf: string): RuleStatus {
  if (pending) return 'pending';
  if (voluntary) return 'voluntary';
  if (isAhead(periods, asOf)) return 'pending';
  return isOver(periods, asOf) ? 'superseded' : 'in-force';
}

const isAhead = (periods: readonly Period[], asOf: string) => periods.every(({ from }) => asOf < from);
const isOver = (periods: readonly Period[], asOf: string) =>
  periods.length > 0 && periods.every(({ until }) => until !== undefined && asOf >= until);

const NEXT: Record<Finding['outcome'], RuleNextStep> = {
  answered: 'ask-who-wrote-it',
  'partly-answered': 'ask-original',
  'no-signal-found': 'ask-original',
  'indicator-seen': 'ask-original',
  'none-seen': 'nothing',
  look: 'look-at-visible-label',
  indeterminate: 'another-copy',
  'not-assessable': 'ask-a-lawyer',
  'outside-clause': 'nothing',
  'not-triggered': 'nothing',
  'kind-not-read': 'nothing',
  'not-in-force': 'see-date',
  superseded: 'see-later-wording',
};

/** A label is seen in a picture or video, heard in sound and read in a document. */
const HOW_TO_LOOK: Partial<Record<RuleFacts['kind'], RuleNextStep>> = {
  audio: 'listen-for-label',
  document: 'read-for-label',
};

/** Signed content has an identifiable signer to ask; unsigned content may have been written by anyone. */
function nextStepOf(
  rule: Rule,
  outcome: Finding['outcome'],
  because: readonly SignalId[],
  { signals, kind }: RuleFacts,
): RuleNextStep {
  const own = rule.next?.[outcome] ?? (outcome === 'answered' ? undefined : NEXT[outcome]);
  if (own === 'look-at-visible-label') return HOW_TO_LOOK[kind] ?? own;
  if (own !== undefined) return own;
  const signed = signals.some(
    ({ id, backing }) => because.includes(id) && (backing === 'trusted' || backing === 'valid'),
  );
  return signed ? 'contact-signer' : NEXT.answered;
}

function judge(rule: Rule, day: DayFacts, facts: IndexedFacts): JudgedOutcome {
  // Checked before the day: the answer would be the same once the clause applies, so “ask again from then” would
  // mislead.
  const { kind } = facts;
  if (kind === 'other') return { outcome: outcomeOfOtherKind(rule), because: [] };
  if (kind !== 'unknown' && !rule.covers.includes(kind)) return { outcome: 'outside-clause', because: [] };
  if (rule.pending || day.isAhead) return { outcome: 'not-in-force', because: [] };
  if (day.isOver) return { outcome: 'superseded', because: [] };
  // If the kind of file is unknown, the clause may or may not apply. No signal decides that.
  if (kind === 'unknown') return { outcome: 'indeterminate', because: [] };
  return judgeConditions(rule, facts);
}

/**
 * Assay reads pictures, videos, sound and documents for the ways of a clause. A file of another kind may be or hold text,
 * which is not read.
 */
const outcomeOfOtherKind = ({ covers }: Rule): Finding['outcome'] =>
  covers.includes('text') ? 'kind-not-read' : 'outside-clause';

function judgeConditions(rule: Rule, facts: IndexedFacts): JudgedOutcome {
  const applies = decide(rule.trigger, facts, 'true');
  if (applies.truth === 'false') return { outcome: 'not-triggered', because: applies.because };
  if (applies.truth === 'unknown') return { outcome: 'indeterminate', because: applies.because };
  const exceptions = (rule.exceptions ?? []).map(({ id, when }) => ({ id, ...decide(when, facts, 'false') }));
  const holding = exceptions.find(({ truth }) => truth === 'true');
  if (holding !== undefined)
    return { outcome: 'outside-clause', excepted: holding.id, because: holding.because };
  const excepted = disjunction(exceptions);
  if (excepted.truth === 'unknown') return { outcome: 'indeterminate', because: excepted.because };
  // Without parts, the file can only show that the clause may apply.
  if (rule.parts === undefined)
    return { outcome: rule.kind === 'tell' ? 'look' : 'not-assessable', because: applies.because };
  const parts = rule.parts.map((part) => decidePart(part, facts));
  return rule.kind === 'prohibition' ? combineProhibited(parts) : combineRequired(parts);
}

interface PartDecision extends Decision {
  /** Part id and, after a dot, the method by which it was found. */
  id: string;
}

function decidePart({ id, when, ways }: ClausePart, facts: IndexedFacts): PartDecision {
  const tried = (ways ?? []).map((way) => ({ ...decide(way.when, facts, 'false'), id: `${id}.${way.id}` }));
  const way = tried.find(({ truth }) => truth === 'true');
  return (
    way ?? { ...disjunction([...tried, ...(when === undefined ? [] : [decide(when, facts, 'false')])]), id }
  );
}

const idsOf = (parts: readonly PartDecision[], truth: Truth): string[] =>
  parts.filter((part) => part.truth === truth).map(({ id }) => id);

/** Returns `found`, `missing` and `unread`, omitting empty lists. */
function groupParts(parts: readonly PartDecision[]): Pick<JudgedOutcome, 'found' | 'missing' | 'unread'> {
  const [found, missing, unread] = [idsOf(parts, 'true'), idsOf(parts, 'false'), idsOf(parts, 'unknown')];
  return {
    ...(found.length > 0 ? { found } : {}),
    ...(missing.length > 0 ? { missing } : {}),
    ...(unread.length > 0 ? { unread } : {}),
  };
}

const becauseOf = (parts: readonly PartDecision[], truths: readonly Truth[]): SignalId[] =>
  parts.filter(({ truth }) => truths.includes(truth)).flatMap(({ because }) => because);

/**
 * Returns the outcome of parts that are all required. A file that may carry all of them must not be reported as one that
 * carries some.
 */
export function outcomeOfRequired({
  found = [],
  missing = [],
  unread = [],
}: Pick<Finding, 'found' | 'missing' | 'unread'>): RequiredOutcome {
  if (missing.length === 0 && unread.length === 0) return 'answered';
  if (missing.length === 0 || (found.length === 0 && unread.length > 0)) return 'indeterminate';
  return found.length > 0 ? 'partly-answered' : 'no-signal-found';
}

type RequiredOutcome = 'answered' | 'partly-answered' | 'no-signal-found' | 'indeterminate';

/** Truth values of the parts whose signals decide each outcome. */
const DECIDING_TRUTHS: Readonly<Record<RequiredOutcome, readonly Truth[]>> = {
  answered: ['true'],
  'partly-answered': ['true', 'unknown'],
  'no-signal-found': ['false'],
  indeterminate: ['unknown'],
};

/** Combines parts that are all required. */
function combineRequired(parts: readonly PartDecision[]): JudgedOutcome {
  const known = groupParts(parts);
  const outcome = outcomeOfRequired(known);
  return { outcome, ...known, because: becauseOf(parts, DECIDING_TRUTHS[outcome]) };
}

/** Combines parts that each indicate a prohibited fact. */
function combineProhibited(parts: readonly PartDecision[]): JudgedOutcome {
  const known = groupParts(parts);
  if (known.found) return { outcome: 'indicator-seen', ...known, because: becauseOf(parts, ['true']) };
  if (known.unread) return { outcome: 'indeterminate', ...known, because: becauseOf(parts, ['unknown']) };
  return { outcome: 'none-seen', ...known, because: [] };
}

function decide(condition: RuleCondition | undefined, facts: IndexedFacts, whenLeftOut: Truth): Decision {
  if (condition === undefined) return { truth: whenLeftOut, because: [] };
  const { all, any, none } = condition;
  const groups: Decision[] = [];
  if (all) groups.push(conjunction(all.map((term) => evaluateTerm(term, facts))));
  if (any) groups.push(disjunction(any.map((term) => evaluateTerm(term, facts))));
  if (none) groups.push(conjunction(none.map((term) => negate(evaluateTerm(term, facts)))));
  return conjunction(groups);
}

/** Results are preallocated, because each file decides some hundreds of terms. */
const ABSENT: Decision = Object.freeze({ truth: 'false', because: [] });
const NOT_ABSENT: Decision = Object.freeze({ truth: 'true', because: [] });
const SIGNAL_DECISIONS: ReadonlyMap<SignalId, Readonly<Record<Truth, Decision>>> = new Map(
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
const signalDecision = (signal: SignalId, truth: Truth): Decision =>
  SIGNAL_DECISIONS.get(signal)?.[truth] ?? { truth, because: [signal] };

function evaluateTerm({ signal, backing: counted }: Term, facts: IndexedFacts): Decision {
  const present = facts.byId.get(signal);
  if (present === undefined) return facts.unknowable.has(signal) ? signalDecision(signal, 'unknown') : ABSENT;
  for (const { backing } of present) {
    if (counted ? counted.includes(backing) : backing !== 'invalid') return signalDecision(signal, 'true');
  }
  // The signal is present with a backing that does not count, so it is named as the reason.
  return signalDecision(signal, facts.unknowable.has(signal) ? 'unknown' : 'false');
}

function negate(decision: Decision): Decision {
  if (decision.truth === 'unknown') return decision;
  return decision.truth === 'true' ? { truth: 'false', because: decision.because } : NOT_ABSENT;
}

/** Kleene's conjunction: the minimum in false < unknown < true, with the signals of the terms at that minimum. */
const conjunction = (decisions: readonly Decision[]): Decision => combine(decisions, 'false', 'true');

const disjunction = (decisions: readonly Decision[]): Decision => combine(decisions, 'true', 'false');

/** Combines decisions in the order of precedence `first`, unknown, `last`. */
function combine(decisions: readonly Decision[], first: Truth, last: Truth): Decision {
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

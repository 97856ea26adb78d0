import type { Kind } from '../media/media-kinds.js';
import type { Finding } from '../report/finding-schema.js';
import type { Role, RuleNext, RuleStatus } from '../report/rule-terms.js';
import type { Signal, SignalId } from '../report/signal.js';
import type { Condition, Rule, Rulebook } from './rulebook.js';

/** All that a rule may see. */
export interface Facts {
  kind: Kind;
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
  return { ...facts, byId };
}

/** Kleene's three values. */
type Truth = 'true' | 'false' | 'unknown';

interface Decision {
  truth: Truth;
  /** The signals that made it so: those present, or those that could not be looked for. Absence has none to show. */
  because: SignalId[];
}

type Judged = Pick<Finding, 'outcome'> & { because: readonly SignalId[] };

/** What each rule's clause makes of the facts, in the order of the rulebooks and their rules; of the given roles only. */
export function evaluate(rulebooks: readonly Rulebook[], given: Facts, roles?: readonly Role[]): Finding[] {
  const facts = indexed(given);
  return rulebooks.flatMap((rulebook) =>
    rulebook.rules
      .filter((rule) => roles === undefined || rule.binds.some((role) => roles.includes(role)))
      .map((rule) => findingOf(rulebook, rule, facts)),
  );
}

function findingOf(rulebook: Rulebook, rule: Rule, facts: Indexed): Finding {
  const judged = judge(rule, facts);
  const reference = rule.references[0];
  if (reference === undefined) throw new Error(`rule ${rule.id} of ${rulebook.id} has no reference`);
  return {
    rulebook: rulebook.id,
    rule: rule.id,
    provision: rule.provision,
    clause: rule.clause,
    outcome: judged.outcome,
    because: [...new Set(judged.because)],
    next: nextOf(rule, judged, facts.signals),
    binds: rule.binds,
    status: statusOn(rule, facts.asOf),
    inForce: rule.inForce,
    reference,
    verified: rule.verified,
  };
}

/** A rulebook says what a rule was when it was written; a finding, what it is on its day. */
function statusOn({ status, inForce: { from, until } }: Rule, asOf: string): RuleStatus {
  if (status === 'voluntary') return status;
  if (asOf < from) return 'pending';
  return until !== undefined && asOf >= until ? 'superseded' : 'in-force';
}

const NEXT: Record<Finding['outcome'], RuleNext> = {
  answered: 'ask-who-wrote-it',
  'partly-answered': 'ask-original',
  'no-signal-found': 'ask-original',
  indeterminate: 'another-copy',
  'not-assessable': 'look-at-visible-label',
  'not-applicable': 'nothing',
  'not-in-force': 'see-date',
  superseded: 'see-later-wording',
};

/** What is signed has somebody to ask; what is not may have been written by anyone. */
function nextOf(rule: Rule, judged: Judged, signals: readonly Signal[]): RuleNext {
  const own = rule.next?.[judged.outcome];
  if (own !== undefined) return own;
  const signed = signals.some(
    ({ id, backing }) => judged.because.includes(id) && (backing === 'trusted' || backing === 'valid'),
  );
  return judged.outcome === 'answered' && signed ? 'contact-signer' : NEXT[judged.outcome];
}

function judge(rule: Rule, facts: Indexed): Judged {
  // Before the day: on the day it applies the answer would be the same, and “ask again from then” would lead nowhere.
  if (!rule.media.includes(facts.kind)) return { outcome: 'not-applicable', because: [] };
  if (facts.asOf < rule.inForce.from) return { outcome: 'not-in-force', because: [] };
  if (rule.inForce.until !== undefined && facts.asOf >= rule.inForce.until)
    return { outcome: 'superseded', because: [] };
  return weigh(rule, facts);
}

function weigh(rule: Rule, facts: Indexed): Judged {
  const applies = decide(rule.appliesWhen, facts, 'true');
  if (applies.truth === 'false') return { outcome: 'not-applicable', because: applies.because };
  if (applies.truth === 'unknown') return { outcome: 'indeterminate', because: applies.because };
  // What the file shows is then that the clause may speak of it, and no more.
  if (rule.notAssessable !== undefined) return { outcome: 'not-assessable', because: applies.because };

  const answered = decide(rule.answeredWhen, facts, 'false');
  if (answered.truth === 'true') return { outcome: 'answered', because: answered.because };
  // Before `partly` on purpose: a file that may answer in full must not be reported as answering in part.
  if (answered.truth === 'unknown') return { outcome: 'indeterminate', because: answered.because };

  const partly = decide(rule.partlyAnsweredWhen, facts, 'false');
  if (partly.truth === 'true') return { outcome: 'partly-answered', because: partly.because };
  if (partly.truth === 'unknown') return { outcome: 'indeterminate', because: partly.because };
  return { outcome: 'no-signal-found', because: [...answered.because, ...partly.because] };
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

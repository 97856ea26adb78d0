import type { Finding, Outcome } from './finding-schema.js';
import type { Kind } from './media-types.js';
import type { Condition, Rule, Rulebook } from './rulebook.js';
import type { Signal, SignalId } from './signal.js';
import { en } from './words/en.js';

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

/** Kleene's three values. */
type Truth = 'true' | 'false' | 'unknown';

interface Decision {
  truth: Truth;
  /** The signals that made it so: those present, or those that could not be looked for. Absence has none to show. */
  because: SignalId[];
}

type Judged = { outcome: Outcome; because: SignalId[]; statement?: string };

/** What each rule's clause makes of the facts, in the order of the rulebooks and their rules. */
export function evaluate(rulebooks: readonly Rulebook[], facts: Facts): Finding[] {
  return rulebooks.flatMap((rulebook) => rulebook.rules.map((rule) => findingOf(rulebook, rule, facts)));
}

function findingOf(rulebook: Rulebook, rule: Rule, facts: Facts): Finding {
  const { outcome, because, statement } = judge(rule, facts);
  const reference = rule.references[0];
  if (reference === undefined) throw new Error(`rule ${rule.id} of ${rulebook.id} has no reference`);
  return {
    rulebook: rulebook.id,
    rule: rule.id,
    clause: rule.clause,
    title: rule.title,
    outcome,
    because: [...new Set(because)],
    statement:
      statement ?? rule.statements[outcome] ?? en.findings[outcome]({ ...rule.inForce, asOf: facts.asOf }),
    inForce: { ...rule.inForce },
    reference: { ...reference },
    verified: rule.verified,
  };
}

function judge(rule: Rule, facts: Facts): Judged {
  if (!rule.media.includes(facts.kind)) {
    return { outcome: 'not-applicable', because: [], statement: en.otherKind(rule.media, facts.kind) };
  }
  if (facts.asOf < rule.inForce.from) return { outcome: 'not-in-force', because: [] };
  if (rule.inForce.until !== undefined && facts.asOf >= rule.inForce.until)
    return { outcome: 'superseded', because: [] };
  if (rule.notAssessable !== undefined) {
    return { outcome: 'not-assessable', because: [], statement: rule.notAssessable };
  }
  return weigh(rule, facts);
}

function weigh(rule: Rule, facts: Facts): Judged {
  const applies = decide(rule.appliesWhen, facts, 'true');
  if (applies.truth === 'false') return { outcome: 'not-applicable', because: applies.because };
  if (applies.truth === 'unknown') return { outcome: 'indeterminate', because: applies.because };

  const answered = decide(rule.answeredWhen, facts, 'false');
  if (answered.truth === 'true') return { outcome: 'answered', because: answered.because };
  // Before `partly` on purpose: a file that may answer in full must not be reported as answering in part.
  if (answered.truth === 'unknown') return { outcome: 'indeterminate', because: answered.because };

  const partly = decide(rule.partlyAnsweredWhen, facts, 'false');
  if (partly.truth === 'true') return { outcome: 'partly-answered', because: partly.because };
  if (partly.truth === 'unknown') return { outcome: 'indeterminate', because: partly.because };
  return { outcome: 'no-signal-found', because: [...answered.because, ...partly.because] };
}

function decide(condition: Condition | undefined, facts: Facts, whenLeftOut: Truth): Decision {
  if (condition === undefined) return { truth: whenLeftOut, because: [] };
  const groups: Decision[] = [];
  if (condition.all) groups.push(every(condition.all.map((term) => holds(term, facts))));
  if (condition.any) groups.push(some(condition.any.map((term) => holds(term, facts))));
  if (condition.none) groups.push(every(condition.none.map((term) => not(holds(term, facts)))));
  return every(groups);
}

function holds(term: Term, facts: Facts): Decision {
  const present = facts.signals.filter((signal) => signal.id === term.signal);
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

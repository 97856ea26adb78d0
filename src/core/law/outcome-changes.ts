import { kindKnown } from '../media/media-types.js';
import { type Finding, OUTCOMES, type Outcome } from '../report/finding-schema.js';
import type { Law as LawEntry } from '../report/law-schema.js';
import { booksIn, type Law } from './asked-law.js';
import { bindsOneOf } from './binding.js';
import { evaluate } from './finding.js';
import { type Judged, unknowableIn } from './reevaluate.js';

/** What was said of a clause: its outcome, or, where a Report tells the law of a place in brief, that it sees something. */
export const TOLD_OUTCOMES = [...OUTCOMES, 'sees'] as const;
export type ToldOutcome = (typeof TOLD_OUTCOMES)[number];

/** `new`: it says something of the file now and did not before. `ended`: the other way round. */
export const CHANGE_KINDS = ['new', 'ended', 'other'] as const;

export interface OutcomeChange {
  rulebook: string;
  rule: string;
  /** Left out: nothing was said of it, or there was no such clause. */
  before?: ToldOutcome;
  /** Left out: there is no such clause any more. */
  after?: Outcome;
  is: (typeof CHANGE_KINDS)[number];
}

export interface Rejudged {
  /** Those of which one side says something of the file. */
  changes: OutcomeChange[];
  /** Whether a clause that says nothing of the file says so in another way now. */
  otherwise: boolean;
}

const SEES: ReadonlySet<string> = new Set(['answered', 'partly-answered', 'indicator-seen', 'sees']);
/** It says something of this file, and somebody has to hear of it. */
const speaks = (outcome: string | undefined): boolean =>
  outcome !== undefined && (SEES.has(outcome) || outcome === 'look');

/** What was told of a file before it is asked about again. */
export interface ToldBefore {
  findings: readonly Pick<Finding, 'rulebook' | 'rule' | 'outcome'>[];
  law?: readonly Pick<LawEntry, 'sees' | 'look'>[] | undefined;
}

/**
 * What other law makes of a file whose signals are kept, beside what was told of it. Pure: the file is not opened. Every
 * clause of the law that was asked is asked again, also those that a Report tells only by their number.
 */
export function outcomeChanges(before: Judged & ToldBefore, law: Law, asOf: string): Rejudged {
  const now = askedNow(before, law, asOf);
  const told = toldIn(before);
  const changes: OutcomeChange[] = [];
  let otherwise = false;
  for (const key of new Set([...now.keys(), ...told.keys()])) {
    const [was, finding] = [told.get(key), now.get(key)];
    const outcome = finding?.outcome;
    if (was?.outcome === outcome || (was?.outcome === 'sees' && SEES.has(outcome ?? ''))) continue;
    const clause = finding ?? was;
    if (clause === undefined) continue;
    if (!speaks(was?.outcome) && !speaks(outcome)) {
      // Of what was told by number alone nobody knows what it was.
      otherwise ||= was !== undefined;
      continue;
    }
    const { rulebook, rule } = clause;
    changes.push({
      ...{ rulebook, rule },
      ...(was === undefined ? {} : { before: was.outcome }),
      ...(outcome === undefined ? {} : { after: outcome }),
      is: !speaks(was?.outcome) ? 'new' : speaks(outcome) ? 'other' : 'ended',
    });
  }
  return { changes, otherwise };
}

/** What is said now of each clause that such a question is told of. */
function askedNow(before: Judged, law: Law, asOf: string): Map<string, Finding> {
  const { asset, signals } = before;
  const facts = { kind: kindKnown(asset), signals, unknowable: unknowableIn(before), asOf };
  const full = new Set(law.inFull.map(({ id }) => id));
  const inPlaces = new Set(law.places.flatMap(({ rulebooks }) => rulebooks.map(({ id }) => id)));
  const isTold = (finding: Finding): boolean =>
    (full.has(finding.rulebook) && bindsOneOf(finding, law.roles)) ||
    (inPlaces.has(finding.rulebook) && bindsOneOf(finding, law.summedRoles));
  const told = evaluate(booksIn(law), facts).filter(isTold);
  return new Map(told.map((finding) => [keyOf(finding), finding]));
}

interface Told {
  rulebook: string;
  rule: string;
  outcome: ToldOutcome;
}

function toldIn({ findings, law = [] }: ToldBefore): Map<string, Told> {
  const told = new Map<string, Told>();
  for (const { sees, look } of law) {
    for (const clause of sees) told.set(keyOf(clause), { ...clause, outcome: 'sees' });
    for (const clause of look) told.set(keyOf(clause), { ...clause, outcome: 'look' });
  }
  // What is told in full says more.
  for (const { rulebook, rule, outcome } of findings)
    told.set(keyOf({ rulebook, rule }), { rulebook, rule, outcome });
  return told;
}

const keyOf = ({ rulebook, rule }: { rulebook: string; rule: string }): string => `${rulebook} ${rule}`;

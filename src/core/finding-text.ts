import type { Location } from './evidence.js';
import type { Finding } from './finding-schema.js';
import { plain } from './quoted.js';
import type { RuleLanguage, RuleNext } from './rule-terms.js';
import type { Rule } from './rulebook.js';
import type { Signal, SignalId } from './signal.js';
import { rowOf } from './signals/index.js';
import { findings as en } from './words/en/findings.js';
import type { FindingWords } from './words/findings.js';
import { findings as zh } from './words/zh/findings.js';

/** A finding in words, in either language: the rule's own sentence, then where the signals that decided it stand. */

export const FINDING_WORDS: Record<RuleLanguage, FindingWords> = { en, zh };

export interface Judged {
  outcome: Finding['outcome'];
  because: readonly SignalId[];
  /** Set where the kind of file is not the clause's. */
  kind?: Rule['media'][number];
}

const MOST_PLACES = 2;
const VALUE = '{value}';
const FAULTS = '{faults}';

export function statementOf(
  rule: Rule,
  judged: Judged,
  asOf: string,
  signals: readonly Signal[],
  language: RuleLanguage,
): string {
  const words = FINDING_WORDS[language];
  if (judged.kind !== undefined) return words.otherKind(rule.media, judged.kind);
  if (judged.outcome === 'not-assessable' && rule.notAssessable) return rule.notAssessable[language];
  const own = rule.statements[judged.outcome]?.[language];
  const said = own ?? words.general[judged.outcome]({ ...rule.inForce, asOf });
  const decided = judged.because.flatMap((id) => signals.filter((signal) => signal.id === id));
  const where = shows(judged.outcome) ? whereOf(decided, words) : '';
  const leftOut = isLeftOut(judged.outcome, decided) ? [words.leftOut] : [];
  const elsewhere = isElsewhere(rule, judged.outcome, signals) ? [words.elsewhere] : [];
  const parts = [fill(said, decided, words), ...leftOut, ...elsewhere, ...(where === '' ? [] : [where])];
  return parts.join(words.gap);
}

/** “None was found” is not all where something is there and no longer matches the file. */
function isLeftOut(outcome: Finding['outcome'], decided: readonly Signal[]): boolean {
  return findsNone(outcome) && decided.length > 0 && decided.every(({ backing }) => backing === 'invalid');
}

/** What stands in credentials that were not fetched was not looked for: that must not pass for “not there”. */
function isElsewhere(rule: Rule, outcome: Finding['outcome'], signals: readonly Signal[]): boolean {
  return (
    findsNone(outcome) &&
    pointsElsewhere(signals) &&
    termsOf(rule).some((id) => rowOf(id).inCredentials !== null)
  );
}

const pointsElsewhere = (signals: readonly Signal[]): boolean =>
  signals.some(({ id }) => id === 'c2pa.remote');

const termsOf = ({ appliesWhen, answeredWhen, partlyAnsweredWhen }: Rule): SignalId[] =>
  [appliesWhen, answeredWhen, partlyAnsweredWhen]
    .flatMap((one) => [...(one?.all ?? []), ...(one?.any ?? []), ...(one?.none ?? [])])
    .map(({ signal }) => signal);

const findsNone = (outcome: Finding['outcome']) =>
  outcome === 'no-signal-found' || outcome === 'not-applicable';

/** Whether what is said shows nothing of the signals but their ids: no place, no value. */
export function isConstant(rule: Rule, { outcome, because }: Judged, signals: readonly Signal[]): boolean {
  if (findsNone(outcome) && (because.length > 0 || pointsElsewhere(signals))) return false;
  const said = rule.statements[outcome];
  return !shows(outcome) && (said === undefined || !(said.en.includes(VALUE) || said.zh.includes(VALUE)));
}

/** Only there are places what the reader wants next. */
const shows = (outcome: Finding['outcome']) => outcome === 'answered' || outcome === 'partly-answered';

function whereOf(decided: readonly Signal[], words: FindingWords): string {
  const places = new Map<string, Location>();
  for (const { basis } of decided) for (const one of basis) places.set(JSON.stringify(one), one);
  const all = [...places.values()];
  return words.where(all.slice(0, MOST_PLACES), Math.max(0, all.length - MOST_PLACES));
}

function fill(written: string, decided: readonly Signal[], words: FindingWords): string {
  const { language } = words;
  const text = written.replace(FAULTS, () => faultsOf(decided, words));
  if (!text.includes(VALUE)) return text;
  const value = decided.find((signal) => signal.value !== undefined)?.value;
  const said = value === undefined ? (language === 'en' ? '(not given)' : '（未给出）') : `“${plain(value)}”`;
  // A function: `$&` and its kin in a file's own words must stay what they are.
  return text.replace(VALUE, () => said);
}

/** Which of the faults that a rule asks for are there. */
function faultsOf(decided: readonly Signal[], { faults, faultsJoined }: FindingWords): string {
  const ids = new Set(decided.map(({ id }) => id));
  return faultsJoined([...ids].flatMap((id) => faults[id] ?? []));
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
export function nextOf(rule: Rule, judged: Judged, signals: readonly Signal[]): RuleNext {
  const own = rule.next?.[judged.outcome];
  if (own !== undefined) return own;
  const signed = signals.some(
    ({ id, backing }) => judged.because.includes(id) && (backing === 'trusted' || backing === 'valid'),
  );
  return judged.outcome === 'answered' && signed ? 'contact-signer' : NEXT[judged.outcome];
}

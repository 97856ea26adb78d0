import { createHash } from 'node:crypto';
import type { ErrorRecord, FourFacts } from '../core/report/report.js';
import type { ChangeCounts, ChangeGroup } from './change-groups.js';
import { factsIn } from './facts-in.js';
import { AI_STATED, type Looked, lookedInto } from './places.js';
import type { SlimRecord } from './record.js';

/** What became of one path between two records of it: codes alone, made from records and from no file. */

/** What is kept of a record to compare it, some hundred bytes: a whole one would not fit in memory for each of a million. */
export interface FileState {
  /** `error`: it could not be inspected. `gone`: its record stays, the file does not stand there any more. */
  is: 'read' | 'error' | 'gone';
  /** Of an `error`. */
  code?: string;
  sha256?: string;
  origin?: string;
  integrity?: string;
  coverage?: string;
  /** The code of what it says of AI (`facts.ai`). */
  ai?: string;
  /** States AI or bears a trace of it; changed since it was signed; not looked into everywhere. */
  holds: readonly Holding[];
  /** Digests of all that is said of it, and of what the law says: by them alone another answer is known. */
  answer?: string;
  law?: string;
}

export const HOLDINGS = ['ai', 'altered', 'unread'] as const;
export type Holding = (typeof HOLDINGS)[number];

/**
 * What of it is another: the file's bytes; the answer, though the bytes are the same (other engines, lists, question); what
 * the law says of it; whether it could be inspected.
 */
export type Differing = 'bytes' | 'answer' | 'law' | 'inspected';

export interface Change {
  path: string;
  change: 'new' | 'changed' | 'gone';
  /** Of `changed`. */
  what?: readonly Differing[];
  newly: readonly Holding[];
  noLonger: readonly Holding[];
  before?: FileState;
  after?: FileState;
}

export function stateOf(record: SlimRecord | ErrorRecord): FileState {
  if (record.schema === 'assay.error/1') return { is: 'error', code: record.code, holds: ['unread'] };
  const { asset, summary, contentCredentials } = record;
  const { integrity } = contentCredentials;
  const facts = factsIn(record);
  const looked = lookedInto(record);
  return {
    is: record.gone === undefined ? 'read' : 'gone',
    sha256: asset.sha256,
    origin: summary.origin,
    ...(integrity === undefined ? {} : { integrity }),
    coverage: looked,
    ai: facts.ai.code,
    holds: holdingsOf(facts, integrity, looked),
    answer: digestOf(answerOf(record, facts)),
    law: digestOf(lawIn(record)),
  };
}

function holdingsOf(facts: FourFacts, integrity: string | undefined, looked: Looked): Holding[] {
  const holds: Record<Holding, boolean> = {
    ai: AI_STATED.has(facts.ai.code),
    altered: integrity === 'altered',
    unread: looked !== 'complete',
  };
  return HOLDINGS.filter((name) => holds[name]);
}

/** In an order of its own: a line of before, or a whole Report, has its clauses in another than a short line. */
const lawIn = (record: SlimRecord): unknown => [
  record.findings.map(({ rulebook, rule, outcome }) => `${rulebook} ${rule} ${outcome}`).sort(),
  Object.entries(record.silent ?? {})
    .flatMap(([rulebook, counts]) =>
      Object.entries(counts).map(([outcome, clauses]) => `${rulebook} ${outcome} ${clauses}`),
    )
    .sort(),
];

/** Codes and what the file itself says; no words of ours, which are another in another language. */
function answerOf(record: SlimRecord, { who, changed, ai, when }: FourFacts): unknown {
  const { asset, summary, contentCredentials, signals, contradictions, inside, parts = [], reads } = record;
  const { presence, integrity, causes, signer, trust, validity, proven, generator } = contentCredentials;
  return [
    [asset.mediaType, summary.origin, summary.backing, summary.headline?.id],
    [who.code, changed.code, ai.code, when.code, when.day],
    [summary.coverage.state, [...summary.coverage.unread].sort()],
    [presence, integrity, causes, signer, trust, validity, proven, generator],
    signals.map(({ id, backing, value, said }) => [id, backing, said === undefined ? value : said.value]),
    contradictions.map(({ between }) => between),
    inside === undefined ? [] : [inside.parts, inside.ai, inside.unread],
    parts.map(({ number, kind, sha256, origin, presence: held, integrity: whole, code }) => [
      ...[number, kind, sha256, origin, held, whole, code],
    ]),
    Object.entries(reads)
      .map(([carrier, read]) => [carrier, read?.status, read?.code])
      .sort(([a = ''], [b = '']) => (a < b ? -1 : 1)),
  ];
}

/** Enough that no two answers of one file are taken for each other. */
const digestOf = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 16);

/**
 * What became of a path; undefined where nothing did. A file that was only touched did not change. What a file no longer
 * holds is said of one that was looked into everywhere alone: what was not looked at may still hold it.
 */
export function changeOf(
  path: string,
  before: FileState | undefined,
  after: FileState | undefined,
): Change | undefined {
  const was = standing(before);
  const is = standing(after);
  const sides = { ...(before && { before }), ...(after && { after }) };
  if (is === undefined) {
    return was === undefined ? undefined : { path, change: 'gone', newly: [], noLonger: [], ...sides };
  }
  if (was === undefined) return { path, change: 'new', newly: is.holds, noLonger: [], ...sides };
  const what = differing(was, is);
  if (what.length === 0) return undefined;
  const whole = is.is === 'read' && !is.holds.includes('unread');
  return {
    path,
    change: 'changed',
    what,
    newly: is.holds.filter((one) => !was.holds.includes(one)),
    noLonger: whole ? was.holds.filter((one) => !is.holds.includes(one)) : [],
    ...sides,
  };
}

/** What says that nothing stands there is as good as no record. */
const ABSENT: ReadonlySet<string> = new Set(['not-found', 'empty-root']);

const standing = (state: FileState | undefined): FileState | undefined =>
  state?.is === 'gone' || ABSENT.has(state?.code ?? '') ? undefined : state;

function differing(was: FileState, is: FileState): Differing[] {
  if (was.is !== is.is || was.code !== is.code) return ['inspected'];
  const what: Differing[] = [];
  if (was.sha256 !== is.sha256) what.push('bytes');
  else if (was.answer !== is.answer) what.push('answer');
  if (was.law !== is.law) what.push('law');
  return what;
}

const NEWLY = { ai: 'newlyAi', altered: 'newlyAltered', unread: 'newlyUnread' } as const;
const NO_LONGER = { ai: 'noLongerAi', altered: 'noLongerAltered', unread: 'noLongerUnread' } as const;

/** Everything that a change is counted under. */
export const groupsOf = ({ change, newly, noLonger }: Change): ChangeGroup[] => [
  change,
  ...newly.map((one) => NEWLY[one]),
  ...noLonger.map((one) => NO_LONGER[one]),
];

/** `step` -1 takes it out again. */
export function countChange(counts: ChangeCounts, change: Change, step: 1 | -1 = 1): void {
  for (const group of groupsOf(change)) counts[group] += step;
}

import { createHash } from 'node:crypto';
import type { ErrorRecord, LocalizedFacts } from '../../core/report/report.js';
import type { ChangeCounts, ChangeGroup } from '../records/change-groups.js';
import { AI_STATING_CODES, type ReadState, readStateOf } from '../records/groups.js';
import type { ScanRecord } from '../records/record.js';

/** Differences between two records of one path, computed from the records' codes without reading a file. */

/**
 * Summary of a record for comparison, about a hundred bytes: whole records of a million files would not fit into
 * memory.
 */
export interface RecordState {
  /** `error`: the file could not be inspected. `gone`: the record remains, but the file no longer exists. */
  is: 'read' | 'error' | 'gone';
  /** Code of an `error`. */
  code?: string;
  sha256?: string;
  origin?: string;
  integrity?: string;
  coverage?: string;
  /** Code of the AI fact (`facts.ai`). */
  ai?: string;
  /** Properties of the file: AI is stated or traces of it were found; changed since it was signed; not completely read. */
  properties: readonly FileProperty[];
  /** Digests of the whole result and of the law's findings, to detect any other difference. */
  answer?: string;
  law?: string;
}

export const FILE_PROPERTIES = ['ai', 'altered', 'unread'] as const;
export type FileProperty = (typeof FILE_PROPERTIES)[number];

/**
 * Kinds of difference: the file's bytes; the result for the same bytes (other engines, lists or options); the law's
 * findings; whether the file could be inspected.
 */
export type DifferenceKind = 'bytes' | 'answer' | 'law' | 'inspected';

export interface Change {
  path: string;
  change: 'new' | 'changed' | 'gone';
  /** Present only for `changed`. */
  what?: readonly DifferenceKind[];
  newly: readonly FileProperty[];
  noLonger: readonly FileProperty[];
  before?: RecordState;
  after?: RecordState;
}

export function recordStateOf(record: ScanRecord | ErrorRecord): RecordState {
  if (record.schema === 'assay.error/1') return { is: 'error', code: record.code, properties: ['unread'] };
  const { asset, summary, contentCredentials } = record;
  const { integrity } = contentCredentials;
  const { facts } = summary;
  const looked = readStateOf(record);
  return {
    is: record.gone === undefined ? 'read' : 'gone',
    sha256: asset.sha256,
    origin: summary.origin,
    ...(integrity === undefined ? {} : { integrity }),
    coverage: looked,
    ai: facts.ai.code,
    properties: propertiesOf(facts, integrity, looked),
    answer: digestOf(resultSummary(record)),
    law: digestOf(lawSummary(record)),
  };
}

function propertiesOf(
  facts: LocalizedFacts,
  integrity: string | undefined,
  looked: ReadState,
): FileProperty[] {
  const holds: Record<FileProperty, boolean> = {
    ai: AI_STATING_CODES.has(facts.ai.code),
    altered: integrity === 'altered',
    unread: looked !== 'complete',
  };
  return FILE_PROPERTIES.filter((name) => holds[name]);
}

/** Sorted, because the order of rules in a rulebook says nothing about the file. */
const lawSummary = (record: ScanRecord): unknown => [
  record.findings.map(({ rulebook, rule, outcome }) => `${rulebook} ${rule} ${outcome}`).sort(),
  Object.entries(record.silent ?? {})
    .flatMap(([rulebook, counts]) =>
      Object.entries(counts).map(([outcome, clauses]) => `${rulebook} ${outcome} ${clauses}`),
    )
    .sort(),
];

/** Codes and values from the file only; Assay's texts depend on the language. */
function resultSummary(record: ScanRecord): unknown {
  const { asset, summary, contentCredentials, signals, contradictions, inside, parts = [], reads } = record;
  const { presence, integrity, causes, signer, trust, validity, proven, generator } = contentCredentials;
  const { who, changed, ai, when } = summary.facts;
  return [
    [asset.mediaType, summary.origin, summary.backing, summary.headline.id],
    [who.code, changed.code, ai.code, when.code, when.day],
    [summary.coverage.state, [...summary.coverage.unread].sort()],
    [presence, integrity, causes, signer, trust, validity, proven, generator],
    signals.map(({ id, backing, value, messages }) => [
      id,
      backing,
      messages === undefined ? value : messages.value,
    ]),
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

/** 96 bits, enough to distinguish two results of one file. */
const digestOf = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 16);

/**
 * Returns the change of a path; `undefined` if there is none. A new modification time alone is no change. Properties
 * count as lost only if the file was read completely, because an unread part may still have them.
 */
export function changeOf(
  path: string,
  before: RecordState | undefined,
  after: RecordState | undefined,
): Change | undefined {
  const was = existing(before);
  const is = existing(after);
  const sides = { ...(before && { before }), ...(after && { after }) };
  if (is === undefined) {
    return was === undefined ? undefined : { path, change: 'gone', newly: [], noLonger: [], ...sides };
  }
  if (was === undefined) return { path, change: 'new', newly: is.properties, noLonger: [], ...sides };
  const what = differencesOf(was, is);
  if (what.length === 0) return undefined;
  const whole = is.is === 'read' && !is.properties.includes('unread');
  return {
    path,
    change: 'changed',
    what,
    newly: is.properties.filter((one) => !was.properties.includes(one)),
    noLonger: whole ? was.properties.filter((one) => !is.properties.includes(one)) : [],
    ...sides,
  };
}

/** A record stating that the file does not exist counts as no record. */
const ABSENT: ReadonlySet<string> = new Set(['not-found', 'empty-root']);

const existing = (state: RecordState | undefined): RecordState | undefined =>
  state?.is === 'gone' || ABSENT.has(state?.code ?? '') ? undefined : state;

function differencesOf(was: RecordState, is: RecordState): DifferenceKind[] {
  if (was.is !== is.is || was.code !== is.code) return ['inspected'];
  const what: DifferenceKind[] = [];
  if (was.sha256 !== is.sha256) what.push('bytes');
  else if (was.answer !== is.answer) what.push('answer');
  if (was.law !== is.law) what.push('law');
  return what;
}

const NEWLY = { ai: 'newlyAi', altered: 'newlyAltered', unread: 'newlyUnread' } as const;
const NO_LONGER = { ai: 'noLongerAi', altered: 'noLongerAltered', unread: 'noLongerUnread' } as const;

/** Returns all groups under which a change is counted. */
export const changeGroupsOf = ({ change, newly, noLonger }: Change): ChangeGroup[] => [
  change,
  ...newly.map((one) => NEWLY[one]),
  ...noLonger.map((one) => NO_LONGER[one]),
];

/** Counts a change; `step` -1 removes it from the counts. */
export function countChange(counts: ChangeCounts, change: Change, step: 1 | -1 = 1): void {
  for (const group of changeGroupsOf(change)) counts[group] += step;
}

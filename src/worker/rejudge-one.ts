import { createHash } from 'node:crypto';
import { reportTextOfBefore } from '../core/analysis/report-of-before.js';
import { compact } from '../core/ground/json-shape.js';
import { lawFor } from '../core/law/asked-law.js';
import { type OutcomeChange, outcomeChanges } from '../core/law/outcome-changes.js';
import { judgedAnew } from '../core/law/reevaluate.js';
import { lawInForce, UnknownChoice } from '../core/law/rulebooks/index.js';
import type { Report } from '../core/report/report.js';
import {
  type Derivative,
  type InspectionRecord,
  type NewInspection,
  StoreError,
} from '../store/inspections.js';
import type { KyselyInspections } from '../store/kysely-inspections.js';
import type { NotJudged, RejudgementAsk, RejudgementJob } from '../store/rejudgements.js';
import { withoutFiles } from './answer-key.js';
import { notAsked } from './changes.js';
import type { JobFiles } from './job-files.js';
import { resultOf } from './result.js';
import { storedReport } from './stored-report.js';
import type { Versions } from './versions.js';

export interface RejudgeParts {
  inspections: KyselyInspections;
  /** Nothing is read there. */
  files: JobFiles;
  versions: Versions;
}

export type Judged =
  | { is: 'gone' }
  | { is: 'superseded' }
  | { is: 'not-judged'; why: NotJudged }
  | {
      is: 'judged';
      asOf: string;
      onItsDay: boolean;
      changes: OutcomeChange[];
      otherwise: boolean;
      replacedBy?: string;
    };

/** One kept Report, asked again from its own signals. Done twice it comes to the same: what took its place has an id that follows from both. */
export async function rejudgeOne(
  { id: rejudgement, tenant, ask }: Pick<RejudgementJob, 'id' | 'tenant' | 'ask'>,
  id: string,
  parts: RejudgeParts,
): Promise<Judged> {
  const record = await recordOf(tenant, id, parts);
  if (record === 'damaged') return { is: 'not-judged', why: 'damaged' };
  if (record === undefined) return { is: 'gone' };
  const ours = idOf(rejudgement, id);
  if (record.supersededBy !== undefined && record.supersededBy !== ours) return { is: 'superseded' };
  const report = storedReport(record.report ?? '');
  if (report === undefined) return { is: 'not-judged', why: 'damaged' };
  try {
    const day = dayOf(report, record, ask);
    const found = outcomeChanges(report, lawFor(record.request), day.asOf);
    const judged: Judged = { is: 'judged', ...day, ...found };
    if (ask.apply === undefined || found.changes.length === 0) return judged;
    const replacedBy = await replaced(record, report, { id: ours, asOf: day.asOf, ask }, parts);
    return replacedBy === undefined ? { is: 'gone' } : { ...judged, replacedBy };
  } catch (error) {
    if (error instanceof UnknownChoice) return { is: 'not-judged', why: 'unknown-rulebook' };
    throw error;
  }
}

async function recordOf(
  tenant: string,
  id: string,
  { inspections }: RejudgeParts,
): Promise<InspectionRecord | 'damaged' | undefined> {
  try {
    return await inspections.get(tenant, id);
  } catch (error) {
    if (error instanceof StoreError && error.code === 'store.corrupt') return 'damaged';
    throw error;
  }
}

/**
 * As a recheck: a Report that was asked about its day is asked about the day of now. What its signals say of signers holds for
 * the day on which they were judged, unless their time is proven; on another they would have to be judged again.
 */
function dayOf(
  { contentCredentials: { presence, time }, tool }: Report,
  { request }: InspectionRecord,
  { asOf, asOfBecause }: RejudgementAsk,
): { asOf: string; onItsDay: boolean } {
  const wanted = asOfBecause === 'asked' || request.asOfBecause === 'today' ? asOf : request.asOf;
  const isBound = presence === 'present' && time?.proven === undefined && tool.asOf !== wanted;
  return { asOf: isBound ? tool.asOf : wanted, onItsDay: isBound };
}

/** A new inspection with what is said now, which takes the place of the old one: that stays as it was answered. */
async function replaced(
  record: InspectionRecord,
  report: Report,
  { id, asOf, ask }: { id: string; asOf: string; ask: RejudgementAsk },
  { inspections, files, versions }: RejudgeParts,
): Promise<string | undefined> {
  const { tenant, caseRef, sizeBytes, sha256, expiresAt, tags } = record;
  if ((await inspections.get(tenant, id)) !== undefined) return id;
  // The operator's new law counts to nobody's day.
  const { keyId: _key, ...asked } = record.request;
  const request = {
    ...asked,
    asOf,
    ...(ask.asOfBecause === 'asked' && asOf === ask.asOf ? { asOfBecause: 'asked' as const } : {}),
  };
  const again = (kept: Report): Report => judgedAnew(kept, lawFor(request), { asOf });
  const now = await versions.now();
  const before = record.versions ?? now;
  const derivatives = await inspections.derivatives(tenant, record.id);
  const revealed = (await inspections.revealed(tenant, record.id)).flatMap((one) =>
    revealedAgain(one, again),
  );
  const news: NewInspection = {
    ...{ id, tenant, createdAt: new Date().toISOString(), request, supersedes: record.id, tags },
    // It tells of the same file, and is kept no longer.
    ...compact({ expiresAt, caseRef, caseBy: record.caseBy, sizeBytes, sha256 }),
  };
  const {
    answerKey: _,
    changes,
    ...result
  } = await resultOf({
    // Its key would say that the file was read; it was not.
    record: { ...news, request: withoutFiles(request) },
    before: record,
    report: again(report),
    versions: before,
    files,
    derivatives: [...derivatives, ...revealed],
  });
  await inspections.createDone(news, {
    ...result,
    ...(changes === undefined ? {} : { changes: { ...changes, notAsked: notAsked(before, now) } }),
  });
  // Deleted meanwhile, it leaves nothing.
  if ((await inspections.get(tenant, record.id)) !== undefined) return id;
  await inspections.delete(tenant, id);
  return undefined;
}

function revealedAgain(one: Derivative, again: (report: Report) => Report): Derivative[] {
  if (one.kind !== 'revealed-report') return [one];
  const report = storedReport(reportTextOfBefore(one.content.toString('utf8')));
  return report === undefined ? [] : [{ ...one, content: Buffer.from(JSON.stringify(again(report))) }];
}

/** The form of an inspection’s id, of 122 bits that follow from all that decides what it holds. */
function idOf(rejudgement: string, inspection: string): string {
  const hex = createHash('sha256')
    .update(`${rejudgement} ${inspection} ${lawInForce().digest}`)
    .digest('hex');
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

import { createHash } from 'node:crypto';
import { compact } from '../../base/json-shape.js';
import { resolveLaw } from '../../core/law/law-selection.js';
import { findOutcomeChanges, type OutcomeChange } from '../../core/law/outcome-changes.js';
import { applyLawToReport } from '../../core/law/reevaluate.js';
import { getLawInForce, UnknownLawError } from '../../core/law/rulebooks/index.js';
import type { StoredReport } from '../../core/report/report.js';
import { StoreError } from '../../storage/engine/store-error.js';
import type { Derivative, InspectionRecord, NewInspection } from '../../storage/inspections/inspections.js';
import type { InspectionRepository } from '../../storage/inspections/kysely-inspections.js';
import type { NotJudgedReason, RejudgementJob, RejudgementOptions } from '../../storage/law/rejudgements.js';
import { withoutCompanions } from '../inspections/answer-key.js';
import { findUnapplied } from '../inspections/changes.js';
import { buildResult } from '../inspections/result.js';
import { parseStoredReport } from '../inspections/stored-report.js';
import type { JobUploads } from '../inspections/upload-files.js';
import type { AnswerInputs } from '../inspections/versions.js';

export interface RejudgeParts {
  inspections: InspectionRepository;
  /** Required to build the result; no file is read. */
  files: JobUploads;
  versions: AnswerInputs;
}

export type RejudgeOutcome =
  | { is: 'gone' }
  | { is: 'superseded' }
  | { is: 'not-judged'; why: NotJudgedReason }
  | {
      is: 'judged';
      asOf: string;
      onItsDay: boolean;
      changes: OutcomeChange[];
      otherwise: boolean;
      replacedBy?: string;
    };

/**
 * Rejudges a stored Report from its own signals. Repeating the call gives the same result: the id of the replacement is
 * derived from both ids.
 */
export async function rejudgeReport(
  { id: rejudgement, tenant, ask }: Pick<RejudgementJob, 'id' | 'tenant' | 'ask'>,
  id: string,
  parts: RejudgeParts,
): Promise<RejudgeOutcome> {
  const record = await readRecord(tenant, id, parts);
  if (record === 'damaged') return { is: 'not-judged', why: 'damaged' };
  if (record === undefined) return { is: 'gone' };
  const ours = replacementId(rejudgement, id);
  if (record.supersededBy !== undefined && record.supersededBy !== ours) return { is: 'superseded' };
  const report = parseStoredReport(record.report ?? '');
  if (report === undefined) return { is: 'not-judged', why: 'damaged' };
  try {
    const day = chooseDay(report, record, ask);
    const found = findOutcomeChanges(report, resolveLaw(record.request), day.asOf);
    const judged: RejudgeOutcome = { is: 'judged', ...day, ...found };
    if (ask.apply === undefined || found.changes.length === 0) return judged;
    const replacedBy = await createReplacement(record, report, { id: ours, asOf: day.asOf, ask }, parts);
    return replacedBy === undefined ? { is: 'gone' } : { ...judged, replacedBy };
  } catch (error) {
    if (error instanceof UnknownLawError) return { is: 'not-judged', why: 'unknown-rulebook' };
    throw error;
  }
}

async function readRecord(
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
 * Returns the day to judge, as for a recheck: a Report about today is judged for the current day. Its signals about
 * signers hold for the day they were validated, unless their time is proven; for another day they would have to be
 * validated again.
 */
function chooseDay(
  { contentCredentials: { presence, time }, tool }: StoredReport,
  { request }: InspectionRecord,
  { asOf, asOfSource }: RejudgementOptions,
): { asOf: string; onItsDay: boolean } {
  const wanted = asOfSource === 'requested' || request.asOfSource === 'today' ? asOf : request.asOf;
  const isBound = presence === 'present' && time?.proven === undefined && tool.asOf !== wanted;
  return { asOf: isBound ? tool.asOf : wanted, onItsDay: isBound };
}

/** Creates a new inspection with the new findings in place of the old one, which stays as it was. */
async function createReplacement(
  record: InspectionRecord,
  report: StoredReport,
  { id, asOf, ask }: { id: string; asOf: string; ask: RejudgementOptions },
  { inspections, files, versions }: RejudgeParts,
): Promise<string | undefined> {
  const { tenant, caseRef, sizeBytes, sha256, expiresAt, tags } = record;
  if ((await inspections.get(tenant, id)) !== undefined) return id;
  // Rejudging after a change of law counts towards no key's daily usage.
  const { keyId: _key, ...asked } = record.request;
  const request = {
    ...asked,
    asOf,
    ...(ask.asOfSource === 'requested' && asOf === ask.asOf ? { asOfSource: 'requested' as const } : {}),
  };
  const again = (kept: StoredReport): StoredReport => applyLawToReport(kept, resolveLaw(request), { asOf });
  const now = await versions.now();
  const before = record.versions ?? now;
  const derivatives = await inspections.listDerivatives(tenant, record.id);
  const revealed = (await inspections.listRevealed(tenant, record.id)).flatMap((one) =>
    rejudgeRevealed(one, again),
  );
  const news: NewInspection = {
    ...{ id, tenant, createdAt: new Date().toISOString(), request, supersedes: record.id, tags },
    // It is about the same file and is stored no longer.
    ...compact({ expiresAt, caseRef, caseBy: record.caseBy, sizeBytes, sha256 }),
  };
  const {
    answerKey: _,
    changes,
    ...result
  } = await buildResult({
    // An answer key would imply that the file was read.
    record: { ...news, request: withoutCompanions(request) },
    before: record,
    report: again(report),
    versions: before,
    files,
    derivatives: [...derivatives, ...revealed],
  });
  await inspections.createDone(news, {
    ...result,
    ...(changes === undefined ? {} : { changes: { ...changes, notApplied: findUnapplied(before, now) } }),
  });
  // The original was deleted meanwhile, so the replacement is deleted too.
  if ((await inspections.get(tenant, record.id)) !== undefined) return id;
  await inspections.delete(tenant, id);
  return undefined;
}

function rejudgeRevealed(one: Derivative, again: (report: StoredReport) => StoredReport): Derivative[] {
  if (one.kind !== 'revealed-report') return [one];
  const report = parseStoredReport(one.content.toString('utf8'));
  return report === undefined ? [] : [{ ...one, content: Buffer.from(JSON.stringify(again(report))) }];
}

/** Returns an id in the format of inspection ids, with 122 bits derived from everything that determines its content. */
function replacementId(rejudgement: string, inspection: string): string {
  const hex = createHash('sha256')
    .update(`${rejudgement} ${inspection} ${getLawInForce().digest}`)
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

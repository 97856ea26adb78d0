import type { Selectable } from 'kysely';
import { reportTextOfBefore } from '../core/analysis/report-of-before.js';
import { KINDS, type Kind } from '../core/media/media-kinds.js';
import { type Headline, ORIGINS, type Origin } from '../core/report/report.js';
import { BACKINGS } from '../core/signals/backing.js';
import { type Said, said } from '../say/said.js';
import { summaryColumns } from './inspection-facts.js';
import {
  INSPECTION_STATUSES,
  type InspectionHead,
  type InspectionRecord,
  type InspectionResult,
  type InspectionStatus,
  type ListedSummary,
  type NewInspection,
  StoreError,
} from './inspections.js';
import type { InspectionsTable } from './tables.js';

type Row = Selectable<InspectionsTable>;

/** A row as the contract says it. Its JSON is our own writing; a row that is not rejects as damaged. */
export function recordOf(row: Row, report?: string | null): InspectionRecord {
  try {
    return {
      id: row.id,
      tenant: row.tenant,
      createdAt: row.created_at,
      status: status(row.status),
      request: JSON.parse(row.request),
      attempts: row.attempts,
      tags: JSON.parse(row.tags),
      notes: JSON.parse(row.notes),
      ...(row.interrupted === 0 ? {} : { interrupted: row.interrupted }),
      ...(row.faults === 0 ? {} : { faults: row.faults }),
      ...given('sha256', row.sha256),
      ...(row.size_bytes === null ? {} : { sizeBytes: row.size_bytes }),
      ...given('startedAt', row.started_at),
      ...given('finishedAt', row.finished_at),
      ...(report === undefined || report === null ? {} : { report: reportTextOfBefore(report) }),
      ...(row.versions === null ? {} : { versions: JSON.parse(row.versions) }),
      ...(row.error_code === null
        ? {}
        : { error: { code: row.error_code, said: saidIn(row.error_message ?? '') } }),
      ...given('uploadKeptUntil', row.upload_kept_until),
      ...given('cachedFrom', row.cached_from),
      ...given('caseRef', row.case_ref),
      ...given('caseAt', row.case_at),
      ...given('caseBy', row.case_by),
      ...given('batchId', row.batch_id),
      ...(row.batch_item === null ? {} : { batchItem: row.batch_item }),
      ...given('supersedes', row.supersedes),
      ...given('supersededBy', row.superseded_by),
      ...(row.changes === null ? {} : { changes: JSON.parse(row.changes) }),
      ...given('expiresAt', row.expires_at),
    };
  } catch (cause) {
    throw new StoreError('store.corrupt', { cause });
  }
}

export function headOf(row: Row): InspectionHead {
  const origin = ORIGINS.find((one) => one === row.origin);
  const kind = KINDS.find((one) => one === row.kind);
  return {
    ...recordOf(row),
    ...(origin === undefined || kind === undefined ? {} : { summary: summary(row, origin, kind) }),
  };
}

function summary(row: Row, origin: Origin, kind: Kind): NonNullable<InspectionHead['summary']> {
  const backing = BACKINGS.find((one) => one === row.backing);
  return {
    origin,
    kind,
    ...(row.headline === null ? {} : { headline: JSON.parse(row.headline) as Headline }),
    ...sentenceIn(row.sentence ?? ''),
    ...(backing === undefined ? {} : { backing }),
    ...given('signer', row.signer),
  };
}

/** What `get` gives of an inspection that is done as soon as it is kept, without its Report. */
export const doneRecord = (news: NewInspection, result: InspectionResult): InspectionRecord =>
  recordOf({ ...rowOf(news), ...doneColumns(result) });

/** Of an inspection that came to a Report. */
export function doneColumns(result: InspectionResult) {
  const { report, versions, finishedAt, startedAt, changes, answerKey } = result;
  return {
    ...summaryColumns(report),
    status: 'done',
    finished_at: finishedAt,
    ...(startedAt === undefined ? {} : { started_at: startedAt }),
    versions: JSON.stringify(versions),
    answer_key: answerKey ?? null,
    changes: changes === undefined ? null : JSON.stringify(changes),
  };
}

export function rowOf(news: NewInspection): Row {
  return {
    id: news.id,
    tenant: news.tenant,
    created_at: news.createdAt,
    status: 'queued',
    request: JSON.stringify(news.request),
    sha256: news.sha256 ?? null,
    size_bytes: news.sizeBytes ?? null,
    started_at: null,
    finished_at: null,
    attempts: 0,
    interrupted: 0,
    faults: 0,
    versions: null,
    answer_key: null,
    error_code: null,
    error_message: null,
    upload_kept_until: null,
    cached_from: null,
    case_ref: news.caseRef ?? null,
    case_at: null,
    case_by: news.caseRef === undefined ? null : (news.caseBy ?? news.by?.who ?? null),
    tags: JSON.stringify(news.tags ?? []),
    notes: '[]',
    batch_id: news.batchId ?? null,
    batch_item: news.batchItem ?? null,
    supersedes: news.supersedes ?? null,
    superseded_by: null,
    changes: null,
    expires_at: news.expiresAt ?? null,
    origin: null,
    backing: null,
    kind: null,
    signer: null,
    sentence: null,
    headline: null,
  };
}

function status(text: string): InspectionStatus {
  const found = INSPECTION_STATUSES.find((one) => one === text);
  if (found === undefined) throw new Error(`no such status: ${text}`);
  return found;
}

function given<const N extends string>(name: N, value: string | null): { [K in N]?: string } {
  return value === null ? {} : ({ [name]: value } as { [K in N]?: string });
}

/** The same of the sentence in lists. */
const sentenceIn = (kept: string): Pick<ListedSummary, 'said' | 'sentence'> =>
  kept.startsWith('[{"id":') ? { said: { sentence: JSON.parse(kept) } } : { sentence: kept };

/** Kept as JSON; before 0.2 in English words, which stay as they are. */
function saidIn(kept: string): Said {
  return kept.startsWith('{"id":') ? JSON.parse(kept) : said('text.asWritten', { text: kept });
}

import type { Selectable } from 'kysely';
import { MEDIA_KINDS, type MediaKind } from '../../core/media/media-kinds.js';
import { type Headline, ORIGINS, type Origin } from '../../core/report/report.js';
import { BACKINGS } from '../../core/signals/backing.js';
import type { Message } from '../../i18n/message.js';
import { StoreError } from '../engine/store-error.js';
import type { InspectionsTable } from '../schema/tables.js';
import { summaryColumns } from './inspection-facts.js';
import {
  type FinishedInspection,
  INSPECTION_STATUSES,
  type InspectionHead,
  type InspectionRecord,
  type InspectionStatus,
  type ListedSummary,
  type NewInspection,
} from './inspections.js';

type Row = Selectable<InspectionsTable>;

/** Returns a row as a record. Throws a damage error if its JSON, which only Assay writes, is invalid. */
export function toRecord(row: Row, report?: string | null): InspectionRecord {
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
      ...optionalMember('sha256', row.sha256),
      ...(row.size_bytes === null ? {} : { sizeBytes: row.size_bytes }),
      ...optionalMember('startedAt', row.started_at),
      ...optionalMember('finishedAt', row.finished_at),
      ...(report === undefined || report === null ? {} : { report: report }),
      ...(row.versions === null ? {} : { versions: JSON.parse(row.versions) }),
      ...(row.error_code === null
        ? {}
        : { error: { code: row.error_code, userMessage: JSON.parse(row.error_message ?? '') as Message } }),
      ...optionalMember('uploadKeptUntil', row.upload_kept_until),
      ...optionalMember('cachedFrom', row.cached_from),
      ...optionalMember('caseRef', row.case_ref),
      ...optionalMember('caseAt', row.case_at),
      ...optionalMember('caseBy', row.case_by),
      ...optionalMember('batchId', row.batch_id),
      ...(row.batch_item === null ? {} : { batchItem: row.batch_item }),
      ...optionalMember('supersedes', row.supersedes),
      ...optionalMember('supersededBy', row.superseded_by),
      ...(row.changes === null ? {} : { changes: JSON.parse(row.changes) }),
      ...optionalMember('expiresAt', row.expires_at),
    };
  } catch (cause) {
    throw new StoreError('store.corrupt', { cause });
  }
}

export function toHead(row: Row): InspectionHead {
  const origin = ORIGINS.find((one) => one === row.origin);
  const kind = MEDIA_KINDS.find((one) => one === row.kind);
  return {
    ...toRecord(row),
    ...(origin === undefined || kind === undefined ? {} : { summary: summary(row, origin, kind) }),
  };
}

function summary(row: Row, origin: Origin, kind: MediaKind): NonNullable<InspectionHead['summary']> {
  const backing = BACKINGS.find((one) => one === row.backing);
  return {
    origin,
    kind,
    ...(row.headline === null ? {} : { headline: JSON.parse(row.headline) as Headline }),
    ...parseSentence(row.sentence ?? ''),
    ...(backing === undefined ? {} : { backing }),
    ...optionalMember('signer', row.signer),
    ...(row.signer_confirmed === 1 ? { signerConfirmed: true as const } : {}),
  };
}

/** Returns the record that `get` would give for an inspection stored as finished, without its Report. */
export const doneRecord = (news: NewInspection, result: FinishedInspection): InspectionRecord =>
  toRecord({ ...toRow(news), ...doneColumns(result) });

/** Returns the columns of an inspection that has a Report. */
export function doneColumns(result: FinishedInspection) {
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

export function toRow(news: NewInspection): Row {
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
    signer_confirmed: null,
    sentence: null,
    headline: null,
  };
}

function status(text: string): InspectionStatus {
  const found = INSPECTION_STATUSES.find((one) => one === text);
  if (found === undefined) throw new Error(`no such status: ${text}`);
  return found;
}

function optionalMember<const N extends string>(name: N, value: string | null): { [K in N]?: string } {
  return value === null ? {} : ({ [name]: value } as { [K in N]?: string });
}

/** Parses the sentence of a list row. */
const parseSentence = (kept: string): Pick<ListedSummary, 'messages' | 'sentence'> =>
  kept.startsWith('[{"id":') ? { messages: { sentence: JSON.parse(kept) } } : { sentence: kept };

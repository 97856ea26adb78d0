import { Readable } from 'node:stream';
import { compact } from '../../base/json-shape.js';
import { resolveLaw, selectedRulebookIds } from '../../core/law/law-selection.js';
import { applyLawToReport } from '../../core/law/reevaluate.js';
import type { StoredReport } from '../../core/report/report.js';
import type { Actor } from '../../core/transparency-log/leaf.js';
import { message } from '../../i18n/message.js';
import { withoutCompanions } from '../../service/inspections/answer-key.js';
import { findUnapplied } from '../../service/inspections/changes.js';
import { reportExpiry } from '../../service/inspections/expiry.js';
import { buildResult } from '../../service/inspections/result.js';
import type {
  AnswerVersions,
  Derivative,
  InspectionRecord,
  NewInspection,
} from '../../storage/inspections/inspections.js';
import { Problem } from '../contract/problems/problem.js';
import { requireStoredReport } from '../services/record-report.js';
import type { Services } from '../services/services.js';
import { type Accepted, inspectOrQueue } from './inspect-upload.js';

/**
 * Repeats an inspection: on the file if it is still stored, else on the stored data. Another rulebook or day needs no
 * byte of the file; another trust list, engine or reader may. Personal data that was revealed is revealed again only if
 * the caller may see it.
 */
export async function recheckInspection(
  record: InspectionRecord,
  services: Services,
  { id, mayReveal, by }: { id: string; mayReveal: boolean; by: Actor },
): Promise<Accepted> {
  if (record.status !== 'done') throw new Problem('not-finished');
  const { config, uploads, today } = services;
  const { reveal, keyId: _, ...asked } = record.request;
  const request = { ...asked, ...(reveal !== undefined && mayReveal ? { reveal } : {}) };
  const news: NewInspection = {
    id,
    tenant: record.tenant,
    createdAt: new Date().toISOString(),
    request: {
      ...request,
      ...(by.keyId === undefined ? {} : { keyId: by.keyId }),
      ...(request.asOfSource === 'today' ? { asOf: today() } : {}),
    },
    supersedes: record.id,
    by,
    tags: record.tags,
    ...reportExpiry(config),
    ...(record.caseRef === undefined ? {} : { caseRef: record.caseRef }),
    ...(record.caseBy === undefined ? {} : { caseBy: record.caseBy }),
    ...(record.sizeBytes === undefined ? {} : { sizeBytes: record.sizeBytes }),
    ...(record.sha256 === undefined ? {} : { sha256: record.sha256 }),
    // Copied, because the earlier inspection may be deleted.
    ...(await findExchanges(record, services)),
  };
  if (request.path === undefined && !(await uploads.share(record.id, news.id, request)))
    return recheckStored(record, news, services);
  let kept = false;
  try {
    const later = (record.sizeBytes ?? 0) > config.syncUploadBytes;
    const accepted = await inspectOrQueue(news, services, { later, gone: () => false });
    kept = accepted.outcome === 'queued' || config.keepUploadsHours > 0;
    return accepted;
  } finally {
    if (!kept) await services.afterResponse.runWhenFree(news.id, () => uploads.removeOf(news.id));
  }
}

async function findExchanges({ tenant, id, request }: InspectionRecord, { stores }: Services) {
  if (request.servedBy === undefined) return {};
  const exchanges = await stores.exchanges.get(tenant, id);
  return exchanges === undefined ? {} : { exchanges };
}

async function recheckStored(
  record: InspectionRecord,
  news: NewInspection,
  services: Services,
): Promise<Accepted> {
  const { inspections } = services.stores;
  const now = await services.versions.now(selectedRulebookIds(news.request));
  const before = record.versions ?? now;
  const derivatives = await inspections.listDerivatives(record.tenant, record.id);
  const kept = { record, news, before, now };
  const trust = derivatives.find(({ kind }) => kind === 'trust');
  const { reveal: _, ...ordinary } = news.request;
  const masked = { ...kept, news: { ...news, request: ordinary }, trust };
  const again = await rejudgeReport(requireStoredReport(record), masked, services);
  const revealed = news.request.reveal === undefined ? [] : await recheckRevealed(kept, services);
  const result = await buildResult({
    // A cache key would claim that the file was read, which it was not.
    record: { ...news, request: withoutCompanions(news.request) },
    before: record,
    report: again,
    versions: { ...before, lists: now.lists, rulebooks: now.rulebooks },
    files: services.uploads,
    // Both are derived from the same bytes.
    derivatives: [...derivatives, ...revealed],
  });
  const { answerKey: _key, changes, ...unkeyed } = result;
  await inspections.createDone(news, {
    ...unkeyed,
    ...(changes === undefined ? {} : { changes: { ...changes, notApplied: findUnapplied(before, now) } }),
  });
  return { outcome: 'done', id: news.id, report: JSON.stringify(again) };
}

/** Builds the unmasked variant that was requested, with the same changes as the masked one. */
async function recheckRevealed(
  kept: Omit<StoredInspection, 'trust'>,
  services: Services,
): Promise<Derivative[]> {
  const { tenant, id } = kept.record;
  const revealed = await services.stores.inspections.listRevealed(tenant, id);
  const trust = revealed.find(({ kind }) => kind === 'revealed-trust');
  return Promise.all(
    revealed.map(async (one) => {
      if (one.kind !== 'revealed-report') return one;
      const report = requireStoredReport({ report: one.content.toString('utf8') });
      const again = await rejudgeReport(report, { ...kept, trust }, services);
      return { ...one, content: Buffer.from(JSON.stringify(again)) };
    }),
  );
}

async function rejudgeReport(
  report: StoredReport,
  kept: StoredInspection,
  services: Services,
): Promise<StoredReport> {
  const { request } = kept.news;
  const weighed = await reevaluateSigners(report, kept, services);
  return applyLawToReport(weighed, resolveLaw(request), { asOf: request.asOf });
}

interface StoredInspection {
  record: InspectionRecord;
  news: NewInspection;
  before: AnswerVersions;
  now: AnswerVersions;
  /** Stored record of the signers. */
  trust: Derivative | undefined;
}

/**
 * Evaluates the signers against the present trust lists and day. Rulebooks alone do not need it: a file without a
 * manifest store stays unchanged, and so does one whose signers are not affected.
 */
async function reevaluateSigners(
  report: StoredReport,
  kept: StoredInspection,
  services: Services,
): Promise<StoredReport> {
  const { contentCredentials: credentials, tool } = report;
  const { news, before, now, trust } = kept;
  const otherLists = JSON.stringify(before.lists) !== JSON.stringify(now.lists);
  const otherDay = tool.asOf !== news.request.asOf;
  if (credentials.presence !== 'present' || !(otherLists || otherDay)) return report;
  if (trust !== undefined) return runReevaluation(report, trust, news, services);
  // With a proven signing time the requested day does not matter.
  if (!otherLists && credentials.time?.proven !== undefined) return report;
  throw new Problem('asset-gone', {
    detail: message(otherLists ? 'problem.asset-gone.lists' : 'problem.asset-gone.day'),
  });
}

async function runReevaluation(
  { findings: _, law: __, fileDates: ___, tool, ...seen }: StoredReport,
  trust: Derivative,
  news: NewInspection,
  { uploads, reevaluator: againJudge }: Services,
): Promise<StoredReport> {
  const { rulebooks, isolation, isolationReason, ...asked } = tool;
  const inspection = {
    report: { ...seen, tool: asked },
    kept: JSON.parse(trust.content.toString('utf8')),
    reveal: news.request.reveal,
  };
  const path = uploads.file(news.id);
  try {
    await uploads.write(path, Readable.from([JSON.stringify(inspection)]));
    const answer = await againJudge.rejudge(path, news.request.asOf);
    if ('cannotTell' in answer) {
      throw new Problem('asset-gone', {
        detail: message('problem.asset-gone.cannotTell', { what: answer.cannotTell }),
      });
    }
    const { report } = answer.observed;
    return {
      ...report,
      // The identity of the file is taken over unchanged.
      asset: { ...report.asset, ...identity(seen.asset) },
      findings: [],
      tool: {
        ...report.tool,
        rulebooks,
        ...(isolation && { isolation }),
        ...(isolationReason && { isolationReason }),
      },
    };
  } finally {
    await uploads.removeOf(news.id);
  }
}

const identity = ({ name, bytes, sha256, declaredMediaType, servedBy }: StoredReport['asset']) => ({
  name,
  bytes,
  sha256,
  ...compact({ declaredMediaType, servedBy }),
});

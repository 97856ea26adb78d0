import { Readable } from 'node:stream';
import { reportTextOfBefore } from '../core/analysis/report-of-before.js';
import { compact } from '../core/ground/json-shape.js';
import { idsAsked, lawFor } from '../core/law/asked-law.js';
import { judgedAnew } from '../core/law/reevaluate.js';
import type { Actor } from '../core/log/leaf.js';
import type { Report } from '../core/report/report.js';
import { said } from '../say/said.js';
import type { AnswerVersions, Derivative, InspectionRecord, NewInspection } from '../store/inspections.js';
import { withoutFiles } from '../worker/answer-key.js';
import { notAsked } from '../worker/changes.js';
import { expiryOf } from '../worker/expiry.js';
import { resultOf } from '../worker/result.js';
import { type Accepted, answer } from './inspect-upload.js';
import { Problem } from './problem.js';
import { reportOf } from './send-inspection.js';
import type { Services } from './services.js';

/**
 * The same question again: of the file where it is still there, else of what was kept of it. A rulebook or a day needs
 * no byte of the file; a signer on another list, an engine or a reader does. What was asked to be revealed is asked for again
 * only by whoever may.
 */
export async function recheck(
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
      ...(request.asOfBecause === 'today' ? { asOf: today() } : {}),
    },
    supersedes: record.id,
    by,
    tags: record.tags,
    ...expiryOf(config),
    ...(record.caseRef === undefined ? {} : { caseRef: record.caseRef }),
    ...(record.caseBy === undefined ? {} : { caseBy: record.caseBy }),
    ...(record.sizeBytes === undefined ? {} : { sizeBytes: record.sizeBytes }),
    ...(record.sha256 === undefined ? {} : { sha256: record.sha256 }),
    // The earlier one may be deleted.
    ...(await exchangesWith(record, services)),
  };
  if (request.path === undefined && !(await uploads.share(record.id, news.id, request)))
    return ofKept(record, news, services);
  let kept = false;
  try {
    const later = (record.sizeBytes ?? 0) > config.syncUploadBytes;
    const accepted = await answer(news, services, { later, gone: () => false });
    kept = accepted.outcome === 'queued' || config.keepUploadsHours > 0;
    return accepted;
  } finally {
    if (!kept) await services.afterAnswers.whenFree(news.id, () => uploads.removeOf(news.id));
  }
}

async function exchangesWith({ tenant, id, request }: InspectionRecord, { stores }: Services) {
  if (request.servedBy === undefined) return {};
  const exchanges = await stores.exchanges.exchangesOf(tenant, id);
  return exchanges === undefined ? {} : { exchanges };
}

async function ofKept(record: InspectionRecord, news: NewInspection, services: Services): Promise<Accepted> {
  const { inspections } = services.stores;
  const now = await services.versions.now(idsAsked(news.request));
  const before = record.versions ?? now;
  const derivatives = await inspections.derivatives(record.tenant, record.id);
  const kept = { record, news, before, now };
  const trust = derivatives.find(({ kind }) => kind === 'trust');
  const { reveal: _, ...ordinary } = news.request;
  const masked = { ...kept, news: { ...news, request: ordinary }, trust };
  const again = await saidAgain(reportOf(record), masked, services);
  const revealed = news.request.reveal === undefined ? [] : await revealedAgain(kept, services);
  const result = await resultOf({
    // Its key would say that the file was read; it was not.
    record: { ...news, request: withoutFiles(news.request) },
    before: record,
    report: again,
    versions: { ...before, lists: now.lists, rulebooks: now.rulebooks },
    files: services.uploads,
    // They are of the same bytes.
    derivatives: [...derivatives, ...revealed],
  });
  const { answerKey: _key, changes, ...unkeyed } = result;
  await inspections.createDone(news, {
    ...unkeyed,
    ...(changes === undefined ? {} : { changes: { ...changes, notAsked: notAsked(before, now) } }),
  });
  return { outcome: 'done', id: news.id, report: JSON.stringify(again) };
}

/** What shows the personal data that was asked for, said again like the masked one. */
async function revealedAgain(kept: Omit<Kept, 'trust'>, services: Services): Promise<Derivative[]> {
  const { tenant, id } = kept.record;
  const revealed = await services.stores.inspections.revealed(tenant, id);
  const trust = revealed.find(({ kind }) => kind === 'revealed-trust');
  return Promise.all(
    revealed.map(async (one) => {
      if (one.kind !== 'revealed-report') return one;
      const report = reportOf({ report: reportTextOfBefore(one.content.toString('utf8')) });
      const again = await saidAgain(report, { ...kept, trust }, services);
      return { ...one, content: Buffer.from(JSON.stringify(again)) };
    }),
  );
}

async function saidAgain(report: Report, kept: Kept, services: Services): Promise<Report> {
  const { request } = kept.news;
  const weighed = await weighedAgain(report, kept, services);
  return judgedAnew(weighed, lawFor(request), { asOf: request.asOf });
}

interface Kept {
  record: InspectionRecord;
  news: NewInspection;
  before: AnswerVersions;
  now: AnswerVersions;
  /** What is kept of the signers. */
  trust: Derivative | undefined;
}

/**
 * What is said of signers, against the lists and on the day asked about now. Rules alone need nothing of it: a file
 * without a manifest store stays as it was seen, and so does one whose signers nothing new is asked about.
 */
async function weighedAgain(report: Report, kept: Kept, services: Services): Promise<Report> {
  const { contentCredentials: credentials, tool } = report;
  const { news, before, now, trust } = kept;
  const otherLists = JSON.stringify(before.lists) !== JSON.stringify(now.lists);
  const otherDay = tool.asOf !== news.request.asOf;
  if (credentials.presence !== 'present' || !(otherLists || otherDay)) return report;
  if (trust !== undefined) return judgedAgain(report, trust, news, services);
  // At a proven time the day asked about has no say.
  if (!otherLists && credentials.time?.proven !== undefined) return report;
  throw new Problem('asset-gone', {
    detail: said(otherLists ? 'problem.asset-gone.lists' : 'problem.asset-gone.day'),
  });
}

async function judgedAgain(
  { findings: _, law: __, fileDates: ___, tool, ...seen }: Report,
  trust: Derivative,
  news: NewInspection,
  { uploads, againJudge }: Services,
): Promise<Report> {
  const { rulebooks, isolation, isolationBecause, ...asked } = tool;
  const inspection = {
    report: { ...seen, tool: asked },
    kept: JSON.parse(trust.content.toString('utf8')),
    reveal: news.request.reveal,
  };
  const path = uploads.file(news.id);
  try {
    await uploads.write(path, Readable.from([JSON.stringify(inspection)]));
    const answer = await againJudge.judge(path, news.request.asOf);
    if ('cannotTell' in answer) {
      throw new Problem('asset-gone', {
        detail: said('problem.asset-gone.cannotTell', { what: answer.cannotTell }),
      });
    }
    const { report } = answer.observed;
    return {
      ...report,
      // Of the file itself nothing is told anew.
      asset: { ...report.asset, ...identity(seen.asset) },
      findings: [],
      tool: {
        ...report.tool,
        rulebooks,
        ...(isolation && { isolation }),
        ...(isolationBecause && { isolationBecause }),
      },
    };
  } finally {
    await uploads.removeOf(news.id);
  }
}

const identity = ({ name, bytes, sha256, declaredMediaType, servedBy }: Report['asset']) => ({
  name,
  bytes,
  sha256,
  ...compact({ declaredMediaType, servedBy }),
});

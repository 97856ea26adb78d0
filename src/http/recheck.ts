import { Readable } from 'node:stream';
import { reevaluate } from '../core/reevaluate.js';
import type { Report } from '../core/report.js';
import { loadRulebooks } from '../core/rulebooks/index.js';
import { newInspectionId } from '../store/inspection-id.js';
import type { AnswerVersions, Derivative, InspectionRecord, NewInspection } from '../store/inspections.js';
import { notAsked } from '../worker/changes.js';
import { resultOf } from '../worker/result.js';
import { expiryOf } from './expiry.js';
import { type Accepted, answer } from './inspect-upload.js';
import { Problem } from './problem.js';
import { reportOf } from './send-inspection.js';
import type { Services } from './services.js';

/**
 * The same question again: of the file where it is still there, else of what was kept of it. A rulebook or a day needs
 * no byte of the file; a signer on another list, an engine or a reader does.
 */
export async function recheck(
  record: InspectionRecord,
  services: Services,
  id = newInspectionId(),
): Promise<Accepted> {
  if (record.status !== 'done') throw new Problem('not-finished');
  const { config, uploads, today } = services;
  const { request } = record;
  const news: NewInspection = {
    id,
    tenant: record.tenant,
    createdAt: new Date().toISOString(),
    request: { ...request, ...(request.asOfBecause === 'today' ? { asOf: today() } : {}) },
    supersedes: record.id,
    tags: record.tags,
    ...expiryOf(config),
    ...(record.caseRef === undefined ? {} : { caseRef: record.caseRef }),
    ...(record.sizeBytes === undefined ? {} : { sizeBytes: record.sizeBytes }),
    ...(record.sha256 === undefined ? {} : { sha256: record.sha256 }),
  };
  if (request.path === undefined && !(await uploads.has(record.id))) return ofKept(record, news, services);
  let kept = false;
  try {
    if (request.path === undefined) await uploads.share(record.id, news.id, request.hasSidecar);
    const later = (record.sizeBytes ?? 0) > config.syncUploadBytes;
    const accepted = await answer(news, services, { later, gone: () => false });
    kept = accepted.outcome === 'queued' || config.keepUploadsHours > 0;
    return accepted;
  } finally {
    if (!kept) await services.afterAnswers.whenFree(news.id, () => uploads.removeOf(news.id));
  }
}

async function ofKept(record: InspectionRecord, news: NewInspection, services: Services): Promise<Accepted> {
  const { rulebooks: ids, roles, asOf } = news.request;
  const now = await services.versions.now(ids);
  const before = record.versions ?? now;
  const derivatives = await services.stores.inspections.derivatives(record.tenant, record.id);
  const weighed = await weighedAgain(reportOf(record), { record, news, before, now, derivatives }, services);
  const books = loadRulebooks(ids);
  const again: Report = {
    ...weighed,
    findings: reevaluate(weighed, books, asOf, roles),
    tool: {
      ...weighed.tool,
      rulebooks: books.map(({ id, edition, jurisdiction, title }) => ({
        id,
        edition,
        jurisdiction,
        title: title.en,
      })),
      asOf,
    },
  };
  const result = await resultOf({
    // Its key would say that the file was read; it was not.
    record: { ...news, request: { ...news.request, hasSidecar: false } },
    before: record,
    report: again,
    versions: { ...before, lists: now.lists, rulebooks: now.rulebooks },
    files: services.uploads,
    // They are of the same bytes.
    derivatives,
  });
  const { answerKey: _, changes, ...unkeyed } = result;
  await services.stores.inspections.createDone(news, {
    ...unkeyed,
    ...(changes === undefined ? {} : { changes: { ...changes, notAsked: notAsked(before, now) } }),
  });
  return { outcome: 'done', id: news.id, report: JSON.stringify(again) };
}

interface Kept {
  record: InspectionRecord;
  news: NewInspection;
  before: AnswerVersions;
  now: AnswerVersions;
  derivatives: Derivative[];
}

/**
 * What is said of signers, against the lists and on the day asked about now. Rules alone need nothing of it: a file
 * without a manifest store stays as it was seen, and so does one whose signers nothing new is asked about.
 */
async function weighedAgain(report: Report, kept: Kept, services: Services): Promise<Report> {
  const { contentCredentials: credentials, tool } = report;
  const { news, before, now, derivatives } = kept;
  const otherLists = JSON.stringify(before.lists) !== JSON.stringify(now.lists);
  const otherDay = tool.asOf !== news.request.asOf;
  if (credentials.presence !== 'present' || !(otherLists || otherDay)) return report;
  const trust = derivatives.find(({ kind }) => kind === 'trust');
  if (trust !== undefined) return judgedAgain(report, trust, news, services);
  // At a proven time the day asked about has no say.
  if (!otherLists && credentials.time?.proven !== undefined) return report;
  throw new Problem('asset-gone', {
    detail: `${
      otherLists ? 'The trust lists are others now.' : 'It is another day.'
    } To judge the signer anew takes the file, which was not kept.`,
  });
}

async function judgedAgain(
  { findings: _, tool, ...seen }: Report,
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
        detail: `To judge the signer anew takes the file, which was not kept: without it cannot be told ${answer.cannotTell}.`,
      });
    }
    const { report } = answer.observed;
    return {
      ...report,
      // Of the file itself nothing is told anew.
      asset: { ...report.asset, name: seen.asset.name, bytes: seen.asset.bytes, sha256: seen.asset.sha256 },
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

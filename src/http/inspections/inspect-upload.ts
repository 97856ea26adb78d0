import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { selectedRulebookIds } from '../../core/law/law-selection.js';
import type { StoredReport } from '../../core/report/report.js';
import {
  type CompanionDigests,
  canReuseAnswer,
  computeAnswerKey,
} from '../../service/inspections/answer-key.js';
import { reportExpiry } from '../../service/inspections/expiry.js';
import { adaptAnswer, toCachedAnswer } from '../../service/inspections/naming.js';
import { buildResult } from '../../service/inspections/result.js';
import { buildRequest, runInspection } from '../../service/inspections/run.js';
import { toThumbnails } from '../../service/inspections/thumbnails.js';
import { runInSpan } from '../../service/ops/spans.js';
import { newInspectionId } from '../../storage/engine/record-id.js';
import { doneRecord } from '../../storage/inspections/inspection-rows.js';
import type { InspectionRecord, NewInspection } from '../../storage/inspections/inspections.js';
import { tenantOf } from '../contract/access.js';
import { httpLimits } from '../contract/limits.js';
import { Problem } from '../contract/problems/problem.js';
import { type OnceResult, runOnce } from '../services/idempotency.js';
import type { LinkRequest, MediaChoice } from '../services/options/link-choice.js';
import type { Services } from '../services/services.js';
import { hasRawBody } from '../uploads/raw-types.js';
import { receiveRaw } from '../uploads/receive-raw.js';
import { receiveUpload } from '../uploads/receive-upload.js';
import { buildInspection } from './new-inspection.js';

/** `queued`: accepted and stored, with its upload. `gone`: the client left, and nothing is stored. */
export type Accepted =
  | { outcome: 'done'; id: string; report: string; cachedFrom?: string }
  | { outcome: 'queued'; id: string }
  | { outcome: 'gone' };

/** Several files that a person sent at once: all are stored, and a worker inspects them. */
export interface AcceptedBatch {
  outcome: 'batch';
  id: string;
}

/**
 * Takes one upload from its first byte to its Report, or into the queue. An upload that is not queued leaves no file
 * behind.
 */
export async function inspectUpload(
  request: FastifyRequest,
  services: Services,
  { later, page, several, gone, tell, follow }: UploadOptions,
): Promise<OnceResult<Accepted | AcceptedBatch | MediaChoice>> {
  const { admission, config, uploads } = services;
  const leave = admission.enter();
  const id = newInspectionId();
  // Under an Idempotency-Key of the client the inspection may be one that an earlier request created.
  let subject = id;
  let done: OnceResult<Accepted | AcceptedBatch | MediaChoice> | undefined;
  const more: string[] = [];
  const next = () => {
    services.diskQuota.check();
    const other = newInspectionId();
    more.push(other);
    return { id: other, path: uploads.file(other) };
  };
  try {
    const upload = await runInSpan('receive', { 'assay.uploads_open': admission.taken }, () =>
      (hasRawBody(request) ? receiveRaw : receiveUpload)(request, {
        directory: uploads,
        path: uploads.file(id),
        sidecarPath: uploads.sidecar(id),
        initPath: uploads.init(id),
        maxBytes: config.maxUploadBytes,
        ...(several === undefined ? {} : { more: { most: httpLimits.formFiles, next } }),
        services,
      }),
    );
    if ('url' in upload) {
      // Releases the slot: a link takes another one once its file is downloaded. The empty file that a form sends is
      // removed.
      leave();
      await uploads.remove(uploads.file(id));
      const { sidecarSha256, initSha256, ...link } = upload;
      done = await follow({ ...link, companions: { id, sidecarSha256, initSha256 } });
      return done;
    }
    const { name, declaredMediaType, bytes, sha256, sidecarSha256, initSha256 } = upload;
    const tenant = tenantOf(request);
    const hasSidecar = sidecarSha256 !== undefined;
    const hasInit = initSha256 !== undefined;
    const news = buildInspection(request, id, { ...upload, hasSidecar, hasInit }, upload.fields, services);
    if (gone()) return { made: { outcome: 'gone' }, isReplayed: false };
    if (several !== undefined && upload.others.length > 0) {
      const others = upload.others.map((file) =>
        buildInspection(request, file.id, { ...file, hasSidecar: false }, upload.fields, services),
      );
      const all = [news, ...others];
      done = await runOnce<AcceptedBatch>(request, services, {
        id: newInspectionId(),
        content: [
          all.map((one) => [one.sha256, one.request.name, one.request.declaredMediaType]),
          upload.fields,
        ],
        make: (batch) => createBatchOfFiles(request, several.reply, batch, all, services),
        statusOf: () => 202,
        reload: async (batch) =>
          (await services.stores.batches.get(tenant, batch)) && { outcome: 'batch', id: batch },
      });
      return done;
    }
    done = await runOnce<Accepted>(request, services, {
      id,
      content: [
        sha256,
        name,
        declaredMediaType ?? null,
        sidecarSha256 ?? null,
        ...(hasInit ? [initSha256] : []),
        upload.fields,
      ],
      make: async (known) => {
        subject = known;
        if (known !== id) await uploads.move(id, known, news.request);
        return inspectOrQueue({ ...news, id: known }, services, {
          later: later || bytes > config.syncUploadBytes,
          page,
          gone,
          tell,
          companions: { sidecarSha256, initSha256 },
        });
      },
      ...buildReplay(tenant, services),
    });
    return done;
  } finally {
    const outcome = done?.isReplayed ? undefined : done?.made.outcome;
    const kept =
      outcome === 'batch' || outcome === 'queued' || (outcome === 'done' && config.keepUploadsHours > 0);
    for (const left of kept ? [] : new Set([...(done?.isReplayed ? [id] : [id, subject]), ...more])) {
      // A file that cannot be deleted now is collected later.
      await services.afterResponse
        .runWhenFree(left, () => uploads.removeOf(left))
        .catch((err: unknown) => request.log.error({ err }, 'an upload could not be deleted'));
    }
    leave();
  }
}

/**
 * Called with the record while it is being written to disk, so that the answer can be prepared meanwhile; nothing may
 * be sent before the write succeeded. Must not throw.
 */
export type OnRecordReady = (record: Omit<InspectionRecord, 'report'>, report: StoredReport) => void;

export interface UploadOptions {
  later: boolean;
  page: boolean;
  /** Several files are accepted and become a batch. Left out: exactly one. */
  several?: { reply: FastifyReply };
  gone: () => boolean;
  tell?: OnRecordReady | undefined;
  /** Handles a link in place of a file. */
  follow: (link: LinkRequest) => Promise<OnceResult<Accepted | MediaChoice>>;
}

/** Creates a batch of files that are already in place, in the order they came: whole, or not at all. */
async function createBatchOfFiles(
  request: FastifyRequest,
  reply: FastifyReply,
  id: string,
  all: readonly NewInspection[],
  { config, quota, stores, uploads, wakeWorker: wake }: Services,
): Promise<AcceptedBatch> {
  const { caseRef, tags = [] } = all[0] ?? {};
  await quota.spend(request, reply, { inspections: all.length - 1, bytes: 0 });
  await uploads.sync(all.map((one) => uploads.file(one.id)));
  await stores.batches.create({
    ...{ id, tenant: tenantOf(request), createdAt: new Date().toISOString(), tags },
    ...(caseRef === undefined ? {} : { caseRef }),
    ...reportExpiry(config),
    inspections: all.map((one, at) => ({ ...one, batchId: id, batchItem: at + 1 })),
    uploads: [],
  });
  wake();
  return { outcome: 'batch', id };
}

/** Builds the replay of an answer for an inspection that an earlier request made. */
export function buildReplay(tenant: string, { stores }: Pick<Services, 'stores'>) {
  return {
    statusOf: ({ outcome }: Accepted) => (outcome === 'gone' ? undefined : outcome === 'queued' ? 202 : 201),
    reload: async (id: string, status: number | undefined): Promise<Accepted | undefined> => {
      const record = await stores.inspections.get(tenant, id);
      if (record === undefined) return undefined;
      const { report, cachedFrom } = record;
      if (status === 202 || report === undefined) return { outcome: 'queued', id };
      return { outcome: 'done', id, report, ...(cachedFrom === undefined ? {} : { cachedFrom }) };
    },
  };
}

interface InspectOrQueueOptions {
  later: boolean;
  gone: () => boolean;
  /** The caller is a person who waits and looks at pictures. */
  page?: boolean;
  tell?: OnRecordReady | undefined;
  companions?: CompanionDigests;
}

/** Answers for a file that is already in place: from the cache, at once, or by a queued job. */
export async function inspectOrQueue(
  news: NewInspection,
  services: Services,
  how: InspectOrQueueOptions,
): Promise<Accepted> {
  const { inspections } = services.stores;
  const { id, tenant, request: ask, sha256 } = news;
  const versions = await services.versions.now(selectedRulebookIds(ask));
  const file = await buildRequest(news, ask, services.uploads, services.allowedPaths);
  if (file === undefined) throw new Problem('asset-gone');
  if (canReuseAnswer(news) && sha256 !== undefined) {
    const key = computeAnswerKey(ask, versions, how.companions);
    const found = await inspections.findCached(tenant, sha256, key);
    const known = found && (await adaptAnswer(ask, found, inspections));
    if (known && (await inspections.createCached(news, toCachedAnswer(known, news.createdAt)))) {
      // Pictures of the cached inspection may not have been made yet.
      services.pictures.schedule(news, file, known.report, { from: known.from });
      services.crJson.schedule(news, file, known.report);
      return { outcome: 'done', id, report: known.text, cachedFrom: known.from };
    }
  }
  if (how.later) {
    const { uploads } = services;
    if (ask.path === undefined) {
      await uploads.sync(uploads.listPaths(id, ask));
    }
    await inspections.create(news);
    services.wakeWorker();
    return { outcome: 'queued', id };
  }
  const startedAt = new Date().toISOString();
  const [outcome, pictures] = await Promise.all([
    runInspection(file, services),
    how.page ? services.pictures.makePictures(file) : undefined,
  ]);
  if ('error' in outcome) {
    // The message contains a local path; the code is enough for the log.
    throw new Problem('inspection-failed', { cause: new Error(`inspector: ${outcome.error.code}`) });
  }
  if (how.gone()) return { outcome: 'gone' };
  const before = news.supersedes === undefined ? undefined : await inspections.get(tenant, news.supersedes);
  const result = await buildResult({
    record: news,
    before,
    report: outcome.report,
    versions,
    files: services.uploads,
    startedAt,
    derivatives: [
      ...outcome.derivatives,
      ...(pictures === undefined ? [] : toThumbnails(outcome.report, pictures)),
    ],
  });
  const text = JSON.stringify(result.report);
  await runInSpan('keep', { 'assay.inspection': id }, async () => {
    const keeping = inspections.createDone(news, { ...result, text });
    // Prevents an unhandled rejection; the promise is awaited below.
    keeping.catch(() => undefined);
    // SQLite has written on this thread by then, and its fsync runs on another.
    await nextTurn();
    how.tell?.(doneRecord(news, result), result.report);
    await keeping;
  });
  services.pictures.schedule(news, file, outcome.report, { pictured: pictures !== undefined });
  services.crJson.schedule(news, file, outcome.report, { isNew: true });
  return { outcome: 'done', id, report: text };
}

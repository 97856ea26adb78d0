import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { idsAsked } from '../core/law/asked-law.js';
import type { Report } from '../core/report/report.js';
import { newInspectionId } from '../store/inspection-id.js';
import { doneRecord } from '../store/inspection-rows.js';
import type { InspectionRecord, NewInspection } from '../store/inspections.js';
import { inSpan } from '../tracing/spans.js';
import { albumOf } from '../worker/album.js';
import { answerKey, type Beside, mayBeOfAnother } from '../worker/answer-key.js';
import { expiryOf } from '../worker/expiry.js';
import { cachedAnswer, ownAnswer } from '../worker/naming.js';
import { resultOf } from '../worker/result.js';
import { requestOf, runInspection } from '../worker/run.js';
import { tenantOf } from './access.js';
import type { AskedLink, ToChoose } from './asked-link.js';
import { httpLimits } from './limits.js';
import { newInspection } from './new-inspection.js';
import { type Once, once } from './once.js';
import { Problem } from './problem.js';
import { isRaw } from './raw-types.js';
import { receiveRaw } from './receive-raw.js';
import { receiveUpload } from './receive-upload.js';
import type { Services } from './services.js';

/** `queued`: accepted and kept, its upload too. `gone`: the client left, and nothing is kept. */
export type Accepted =
  | { outcome: 'done'; id: string; report: string; cachedFrom?: string }
  | { outcome: 'queued'; id: string }
  | { outcome: 'gone' };

/** Several files that a person sent at once: all of it is kept, and a worker will do it. */
export interface AcceptedBatch {
  outcome: 'batch';
  id: string;
}

/** One upload from its first byte to its Report, or into the queue. What is not queued leaves no file behind. */
export async function inspectUpload(
  request: FastifyRequest,
  services: Services,
  { later, page, several, gone, tell, follow }: HowSent,
): Promise<Once<Accepted | AcceptedBatch | ToChoose>> {
  const { admission, config, uploads } = services;
  const leave = admission.enter();
  const id = newInspectionId();
  // Under a client's own key the inspection may be one that an earlier request began.
  let subject = id;
  let done: Once<Accepted | AcceptedBatch | ToChoose> | undefined;
  const more: string[] = [];
  const next = () => {
    services.room.check();
    const other = newInspectionId();
    more.push(other);
    return { id: other, path: uploads.file(other) };
  };
  try {
    const upload = await inSpan('receive', { 'assay.uploads_open': admission.taken }, () =>
      (isRaw(request) ? receiveRaw : receiveUpload)(request, {
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
      // It takes a place of its own once there is a file; a form without one sent an empty one.
      leave();
      await uploads.remove(uploads.file(id));
      const { sidecarSha256, initSha256, ...link } = upload;
      done = await follow({ ...link, beside: { id, sidecarSha256, initSha256 } });
      return done;
    }
    const { name, declaredMediaType, bytes, sha256, sidecarSha256, initSha256 } = upload;
    const tenant = tenantOf(request);
    const hasSidecar = sidecarSha256 !== undefined;
    const hasInit = initSha256 !== undefined;
    const news = newInspection(request, id, { ...upload, hasSidecar, hasInit }, upload.fields, services);
    if (gone()) return { made: { outcome: 'gone' }, replayed: false };
    if (several !== undefined && upload.others.length > 0) {
      const others = upload.others.map((file) =>
        newInspection(request, file.id, { ...file, hasSidecar: false }, upload.fields, services),
      );
      const all = [news, ...others];
      done = await once<AcceptedBatch>(request, services, {
        id: newInspectionId(),
        of: [all.map((one) => [one.sha256, one.request.name, one.request.declaredMediaType]), upload.fields],
        make: (batch) => batchOfFiles(request, several.reply, batch, all, services),
        statusOf: () => 202,
        again: async (batch) =>
          (await services.stores.batches.get(tenant, batch)) && { outcome: 'batch', id: batch },
      });
      return done;
    }
    done = await once<Accepted>(request, services, {
      id,
      of: [
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
        return answer({ ...news, id: known }, services, {
          later: later || bytes > config.syncUploadBytes,
          page,
          gone,
          tell,
          beside: { sidecarSha256, initSha256 },
        });
      },
      ...acceptedBefore(tenant, services),
    });
    return done;
  } finally {
    const outcome = done?.replayed ? undefined : done?.made.outcome;
    const kept =
      outcome === 'batch' || outcome === 'queued' || (outcome === 'done' && config.keepUploadsHours > 0);
    for (const left of kept ? [] : new Set([...(done?.replayed ? [id] : [id, subject]), ...more])) {
      // A file that cannot be deleted now is collected later.
      await services.afterAnswers
        .whenFree(left, () => uploads.removeOf(left))
        .catch((err: unknown) => request.log.error({ err }, 'an upload could not be deleted'));
    }
    leave();
  }
}

/**
 * Called with what is about to be kept while the disk is waited for: whoever answers can put it into words meanwhile, and
 * gives nothing away before it is kept. It does not throw.
 */
export type Tell = (record: Omit<InspectionRecord, 'report'>, report: Report) => void;

export interface HowSent {
  later: boolean;
  page: boolean;
  /** Several files may come, and become a batch. Left out: one alone. */
  several?: { reply: FastifyReply };
  gone: () => boolean;
  tell?: Tell | undefined;
  /** A link may come in place of a file. */
  follow: (link: AskedLink) => Promise<Once<Accepted | ToChoose>>;
}

/** Files that lie in their places become a batch, in the order they came: whole, or not at all. */
async function batchOfFiles(
  request: FastifyRequest,
  reply: FastifyReply,
  id: string,
  all: readonly NewInspection[],
  { config, quota, stores, uploads, wake }: Services,
): Promise<AcceptedBatch> {
  const { caseRef, tags = [] } = all[0] ?? {};
  await quota.spend(request, reply, { inspections: all.length - 1, bytes: 0 });
  await uploads.toDisk(all.map((one) => uploads.file(one.id)));
  await stores.batches.create({
    ...{ id, tenant: tenantOf(request), createdAt: new Date().toISOString(), tags },
    ...(caseRef === undefined ? {} : { caseRef }),
    ...expiryOf(config),
    inspections: all.map((one, at) => ({ ...one, batchId: id, batchItem: at + 1 })),
    uploads: [],
  });
  wake();
  return { outcome: 'batch', id };
}

/** How an inspection that an earlier request made is answered again. */
export function acceptedBefore(tenant: string, { stores }: Pick<Services, 'stores'>) {
  return {
    statusOf: ({ outcome }: Accepted) => (outcome === 'gone' ? undefined : outcome === 'queued' ? 202 : 201),
    again: async (id: string, status: number | undefined): Promise<Accepted | undefined> => {
      const record = await stores.inspections.get(tenant, id);
      if (record === undefined) return undefined;
      const { report, cachedFrom } = record;
      if (status === 202 || report === undefined) return { outcome: 'queued', id };
      return { outcome: 'done', id, report, ...(cachedFrom === undefined ? {} : { cachedFrom }) };
    },
  };
}

interface How {
  later: boolean;
  gone: () => boolean;
  /** A person waits, and looks at pictures. */
  page?: boolean;
  tell?: Tell | undefined;
  beside?: Beside;
}

/** A file that lies in its place, answered from what is kept, at once, or later. */
export async function answer(news: NewInspection, services: Services, how: How): Promise<Accepted> {
  const { inspections } = services.stores;
  const { id, tenant, request: ask, sha256 } = news;
  const versions = await services.versions.now(idsAsked(ask));
  const file = await requestOf(news, ask, services.uploads, services.allowedPaths);
  if (file === undefined) throw new Problem('asset-gone');
  if (mayBeOfAnother(news) && sha256 !== undefined) {
    const key = answerKey(ask, versions, how.beside);
    const found = await inspections.findCached(tenant, sha256, key);
    const known = found && (await ownAnswer(ask, found, inspections));
    if (known && (await inspections.createCached(news, cachedAnswer(known, news.createdAt)))) {
      // Those of the other may not have been made yet.
      services.pictures.later(news, file, known.report, { from: known.from });
      services.crJson.later(news, file, known.report);
      return { outcome: 'done', id, report: known.text, cachedFrom: known.from };
    }
  }
  if (how.later) {
    const { uploads } = services;
    if (ask.path === undefined) {
      await uploads.toDisk(uploads.allOf(id, ask));
    }
    await inspections.create(news);
    services.wake();
    return { outcome: 'queued', id };
  }
  const startedAt = new Date().toISOString();
  const [outcome, pictures] = await Promise.all([
    runInspection(file, services),
    how.page ? services.pictures.now(file) : undefined,
  ]);
  if ('error' in outcome) {
    // The message speaks of our own path; the code is enough for the log.
    throw new Problem('inspection-failed', { cause: new Error(`inspector: ${outcome.error.code}`) });
  }
  if (how.gone()) return { outcome: 'gone' };
  const before = news.supersedes === undefined ? undefined : await inspections.get(tenant, news.supersedes);
  const result = await resultOf({
    record: news,
    before,
    report: outcome.report,
    versions,
    files: services.uploads,
    startedAt,
    derivatives: [
      ...outcome.derivatives,
      ...(pictures === undefined ? [] : albumOf(outcome.report, pictures)),
    ],
  });
  const text = JSON.stringify(result.report);
  await inSpan('keep', { 'assay.inspection': id }, async () => {
    const keeping = inspections.createDone(news, { ...result, text });
    // Told below.
    keeping.catch(() => undefined);
    // By then SQLite has written, on this thread, and its disk works on another.
    await nextTurn();
    how.tell?.(doneRecord(news, result), result.report);
    await keeping;
  });
  services.pictures.later(news, file, outcome.report, { pictured: pictures !== undefined });
  services.crJson.later(news, file, outcome.report, { isNew: true });
  return { outcome: 'done', id, report: text };
}

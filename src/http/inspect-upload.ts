import type { FastifyRequest } from 'fastify';
import { idsAsked } from '../core/law/asked-law.js';
import { newInspectionId } from '../store/inspection-id.js';
import type { NewInspection } from '../store/inspections.js';
import { inSpan } from '../tracing/spans.js';
import { albumOf } from '../worker/album.js';
import { answerKey, mayBeOfAnother } from '../worker/answer-key.js';
import { cachedAnswer, ownAnswer } from '../worker/naming.js';
import { resultOf } from '../worker/result.js';
import { requestOf, runInspection } from '../worker/run.js';
import { tenantOf } from './access.js';
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

/** One upload from its first byte to its Report, or into the queue. What is not queued leaves no file behind. */
export async function inspectUpload(
  request: FastifyRequest,
  services: Services,
  { later, page, gone }: { later: boolean; page: boolean; gone: () => boolean },
): Promise<Once<Accepted>> {
  const { admission, config, uploads } = services;
  const leave = admission.enter();
  const id = newInspectionId();
  // Under a client's own key the inspection may be one that an earlier request began.
  let subject = id;
  let done: Once<Accepted> | undefined;
  try {
    const upload = await inSpan('receive', { 'assay.uploads_open': admission.taken }, () =>
      (isRaw(request) ? receiveRaw : receiveUpload)(request, {
        directory: uploads,
        path: uploads.file(id),
        sidecarPath: uploads.sidecar(id),
        maxBytes: config.maxUploadBytes,
        services,
      }),
    );
    const { name, declaredMediaType, bytes, sha256, sidecarSha256 } = upload;
    const tenant = tenantOf(request);
    const hasSidecar = sidecarSha256 !== undefined;
    const news = newInspection(request, id, { ...upload, hasSidecar }, upload.fields, services);
    if (gone()) return { made: { outcome: 'gone' }, replayed: false };
    done = await once<Accepted>(request, services, {
      id,
      of: [sha256, name, declaredMediaType ?? null, sidecarSha256 ?? null, upload.fields],
      make: async (known) => {
        subject = known;
        if (known !== id) await uploads.move(id, known, hasSidecar);
        return answer({ ...news, id: known }, services, {
          later: later || bytes > config.syncUploadBytes,
          page,
          gone,
          ...(sidecarSha256 === undefined ? {} : { sidecarSha256 }),
        });
      },
      ...acceptedBefore(tenant, services),
    });
    return done;
  } finally {
    const outcome = done?.replayed ? undefined : done?.made.outcome;
    const kept = outcome === 'queued' || (outcome === 'done' && config.keepUploadsHours > 0);
    for (const left of kept ? [] : new Set(done?.replayed ? [id] : [id, subject])) {
      // A file that cannot be deleted now is collected later.
      await services.afterAnswers
        .whenFree(left, () => uploads.removeOf(left))
        .catch((err: unknown) => request.log.error({ err }, 'an upload could not be deleted'));
    }
    leave();
  }
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
  sidecarSha256?: string;
}

/** A file that lies in its place, answered from what is kept, at once, or later. */
export async function answer(news: NewInspection, services: Services, how: How): Promise<Accepted> {
  const { inspections } = services.stores;
  const { id, tenant, request: ask, sha256 } = news;
  const versions = await services.versions.now(idsAsked(ask));
  const file = await requestOf(news, ask, services.uploads, services.allowedPaths);
  if (file === undefined) throw new Problem('asset-gone');
  if (mayBeOfAnother(news) && sha256 !== undefined) {
    const key = answerKey(ask, versions, how.sidecarSha256);
    const found = await inspections.findCached(tenant, sha256, key);
    const known = found && (await ownAnswer(ask, found, inspections));
    if (known && (await inspections.createCached(news, cachedAnswer(known, news.createdAt)))) {
      // Those of the other may not have been made yet.
      services.pictures.later(news, file, known.report);
      services.crJson.later(news, file, known.report);
      return { outcome: 'done', id, report: known.text, cachedFrom: known.from };
    }
  }
  if (how.later) {
    const { uploads } = services;
    if (ask.path === undefined) {
      await uploads.toDisk([uploads.file(id), ...(ask.hasSidecar ? [uploads.sidecar(id)] : [])]);
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
  await inSpan('keep', { 'assay.inspection': id }, () => inspections.createDone(news, { ...result, text }));
  if (pictures === undefined) services.pictures.later(news, file, outcome.report);
  services.crJson.later(news, file, outcome.report);
  return { outcome: 'done', id, report: text };
}

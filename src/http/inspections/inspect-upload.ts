import type { FastifyReply, FastifyRequest } from 'fastify';
import { reportExpiry } from '../../service/inspections/expiry.js';
import type { OnRecordReady, Submitted } from '../../service/inspections/inspection-service.js';
import { runInSpan } from '../../service/ops/spans.js';
import { newInspectionId } from '../../storage/engine/record-id.js';
import type { NewInspection } from '../../storage/inspections/inspections.js';
import { tenantOf } from '../contract/access.js';
import { httpLimits } from '../contract/limits.js';
import { type OnceResult, runOnce } from '../services/idempotency.js';
import type { LinkRequest, MediaChoice } from '../services/options/link-choice.js';
import type { Services } from '../services/services.js';
import { hasRawBody } from '../uploads/raw-types.js';
import { receiveRaw } from '../uploads/receive-raw.js';
import { receiveUpload } from '../uploads/receive-upload.js';
import { buildInspection } from './new-inspection.js';

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
): Promise<OnceResult<Submitted | AcceptedBatch | MediaChoice>> {
  const { admission, config, inspectionService, uploads } = services;
  const leave = admission.enter();
  const id = newInspectionId();
  /** Inspections whose files nobody has taken over. */
  const left = new Set([id]);
  const next = () => {
    services.diskQuota.check();
    const other = newInspectionId();
    left.add(other);
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
      const done = await follow({ ...link, companions: { id, sidecarSha256, initSha256 } });
      if (!done.isReplayed && done.made.outcome !== 'choose') left.clear();
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
      const done = await runOnce<AcceptedBatch>(request, services, {
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
      if (!done.isReplayed) left.clear();
      return done;
    }
    return await runOnce<Submitted>(request, services, {
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
        // Under an Idempotency-Key of the client the inspection may be one that an earlier request created.
        left.add(known);
        if (known !== id) await uploads.move(id, known, news.request);
        left.clear();
        return inspectionService.submit(
          { ...news, id: known },
          { later: later || bytes > config.syncUploadBytes, page, gone, tell },
        );
      },
      ...buildReplay(tenant, services),
    });
  } finally {
    for (const one of left) await inspectionService.release(one);
    leave();
  }
}

export interface UploadOptions {
  later: boolean;
  page: boolean;
  /** Several files are accepted and become a batch. Left out: exactly one. */
  several?: { reply: FastifyReply };
  gone: () => boolean;
  tell?: OnRecordReady | undefined;
  /** Handles a link in place of a file. */
  follow: (link: LinkRequest) => Promise<OnceResult<Submitted | MediaChoice>>;
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
    statusOf: ({ outcome }: Submitted) => (outcome === 'gone' ? undefined : outcome === 'queued' ? 202 : 201),
    reload: async (id: string, status: number | undefined): Promise<Submitted | undefined> => {
      const record = await stores.inspections.get(tenant, id);
      if (record === undefined) return undefined;
      const { report, cachedFrom } = record;
      if (status === 202 || report === undefined) return { outcome: 'queued', id };
      return { outcome: 'done', id, report, ...(cachedFrom === undefined ? {} : { cachedFrom }) };
    },
  };
}

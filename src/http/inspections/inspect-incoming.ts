import type { FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';
import { limits } from '../../base/limits.js';
import { MAX_SIDECARS } from '../../core/media/sidecars.js';
import { message } from '../../i18n/message.js';
import { checkSidecars, writeSidecars } from '../../inspect/files/sidecar-file.js';
import { InspectError } from '../../inspect/protocol/inspect-error.js';
import type { Submitted } from '../../service/inspections/inspection-service.js';
import { newInspectionId } from '../../storage/engine/record-id.js';
import { tenantOf } from '../contract/access.js';
import { boundMessage } from '../contract/format-bytes.js';
import { badField } from '../contract/problems/problem.js';
import { type OnceResult, runOnce } from '../services/idempotency.js';
import { parseInspectQuery } from '../services/options/inspect-query.js';
import { JsonFieldsSchema, parseJsonFields } from '../services/options/upload-fields.js';
import type { Services } from '../services/services.js';
import { findCompletedUpload, sha256Of, withLockedUploads } from '../uploads/incoming-file.js';
import { buildReplay, type UploadOptions } from './inspect-upload.js';
import { buildInspection } from './new-inspection.js';

/** JSON in place of a multipart body, for a completed resumable upload. */
export const CompletedUploadRequestSchema = Type.Interface(
  [JsonFieldsSchema],
  {
    upload: Type.String({ description: 'Id of a finished upload. The upload is consumed.' }),
    sidecar: Type.Optional(
      Type.Union([Type.String(), Type.Array(Type.String(), { maxItems: MAX_SIDECARS })], {
        description:
          'Ids of uploads that are the file’s sidecars: one C2PA manifest store (.c2pa), and up to eight with XMP.',
      }),
    ),
    init: Type.Optional(
      Type.String({ description: 'Id of an upload with the initialisation segment of the file’s stream.' }),
    ),
  },
  { additionalProperties: false },
);
export type CompletedUploadRequest = Static<typeof CompletedUploadRequestSchema>;

/** Inspects a completed upload: its file is moved, not copied. */
export async function inspectCompletedUpload(
  request: FastifyRequest,
  { upload, sidecar, init, ...asked }: CompletedUploadRequest,
  services: Services,
  { later, page, gone, tell }: Pick<UploadOptions, 'later' | 'page' | 'gone' | 'tell'>,
): Promise<OnceResult<Submitted>> {
  const { config, uploads, incomingFiles, inspectionService } = services;
  const fields = parseJsonFields(asked, services.rulebooks, parseInspectQuery(request, services));
  const tenant = tenantOf(request);
  return runOnce<Submitted>(request, services, {
    id: newInspectionId(),
    content: [upload, sidecar ?? null, ...(init === undefined ? [] : [init]), fields],
    make: async (id) => {
      const file = await findCompletedUpload(tenant, upload, services);
      const sides: string[] = [];
      let sideBytes = 0;
      for (const one of [sidecar ?? []].flat()) {
        const side = await findCompletedUpload(tenant, one, services);
        sides.push(side.id);
        sideBytes += side.bytes;
        if (sideBytes > limits.sidecarBytes) throw tooLargeProblem('sidecar', limits.sidecarBytes);
      }
      const head = init === undefined ? undefined : await findCompletedUpload(tenant, init, services);
      if (head !== undefined && head.bytes > limits.initSegmentBytes)
        throw tooLargeProblem('init', limits.initSegmentBytes);
      const ids = [file.id, ...sides, ...(head === undefined ? [] : [head.id])];
      return withLockedUploads(tenant, ids, services, async () => {
        // A large file is read only once, by its inspection; the digest of a small one may find a cached answer.
        const small = file.bytes <= config.syncUploadBytes;
        const sha256 = small ? await sha256Of(incomingFiles.file(file.id)) : undefined;
        let isSubmitted = false;
        try {
          await uploads.adopt(incomingFiles.file(file.id), uploads.file(id));
          await moveSidecars(sides, id, services);
          if (head !== undefined) await uploads.adopt(incomingFiles.file(head.id), uploads.init(id));
          const news = buildInspection(
            request,
            id,
            {
              ...file,
              hasSidecar: sides.length > 0,
              hasInit: head !== undefined,
              ...(sha256 === undefined ? {} : { sha256 }),
            },
            fields,
            services,
          );
          isSubmitted = true;
          const result = await inspectionService.submit(news, { later: later || !small, page, gone, tell });
          return { result, used: result.outcome !== 'gone' };
        } finally {
          if (!isSubmitted) await inspectionService.release(id);
        }
      });
    },
    ...buildReplay(tenant, services),
  });
}

const tooLargeProblem = (name: 'sidecar' | 'init', max: number) =>
  badField(name, message('problem.field.size', { most: boundMessage(max) }));

/** Moves the sidecars, joined into one file, to the path where a worker looks for them. */
async function moveSidecars(
  sides: readonly string[],
  id: string,
  { uploads, incomingFiles }: Services,
): Promise<void> {
  const to = uploads.sidecar(id);
  const [first, ...others] = sides.map((one) => incomingFiles.file(one));
  if (first === undefined) return;
  if (others.length === 0) await uploads.adopt(first, to);
  else {
    const all = [first, ...others];
    await checkSidecars(all).catch((error: unknown) => {
      if (error instanceof InspectError && error.code === 'bad-sidecars')
        throw badField('sidecar', message('problem.field.twoStores'));
      throw error;
    });
    await writeSidecars(all, to);
  }
}

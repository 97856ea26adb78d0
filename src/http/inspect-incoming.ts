import type { FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';
import { limits } from '../core/ground/limits.js';
import { said } from '../say/said.js';
import { newInspectionId } from '../store/inspection-id.js';
import { tenantOf } from './access.js';
import { askedInQuery } from './asked-query.js';
import { boundSaid } from './format-bytes.js';
import { sha256Of, takingUploads, wholeUpload } from './incoming-file.js';
import { type Accepted, acceptedBefore, answer } from './inspect-upload.js';
import { newInspection } from './new-inspection.js';
import { type Once, once } from './once.js';
import { badField } from './problem.js';
import type { Services } from './services.js';
import { fieldsOf, JsonFieldsSchema } from './upload-fields.js';

/** In place of a multipart body: an upload that was resumed until it was whole. */
export const IncomingAskSchema = Type.Interface(
  [JsonFieldsSchema],
  {
    upload: Type.String({ description: 'Id of an upload that is whole. It is used up.' }),
    sidecar: Type.Optional(
      Type.String({ description: 'Id of an upload that holds its C2PA manifest store (.c2pa).' }),
    ),
    init: Type.Optional(
      Type.String({ description: 'Id of an upload that holds the init segment of its stream.' }),
    ),
  },
  { additionalProperties: false },
);
export type IncomingAsk = Static<typeof IncomingAskSchema>;

/** An upload that is whole becomes an inspection: its file is moved, not copied. */
export async function inspectIncoming(
  request: FastifyRequest,
  { upload, sidecar, init, ...asked }: IncomingAsk,
  services: Services,
  { later, page, gone }: { later: boolean; page: boolean; gone: () => boolean },
): Promise<Once<Accepted>> {
  const { config, uploads, incomingFiles } = services;
  const fields = fieldsOf(asked, services.rulebooks, askedInQuery(request, services));
  const tenant = tenantOf(request);
  return once<Accepted>(request, services, {
    id: newInspectionId(),
    of: [upload, sidecar ?? null, ...(init === undefined ? [] : [init]), fields],
    make: async (id) => {
      const file = await wholeUpload(tenant, upload, services);
      const beside = async (name: 'sidecar' | 'init', asked: string | undefined, most: number) => {
        const found = asked === undefined ? undefined : await wholeUpload(tenant, asked, services);
        if (found !== undefined && found.bytes > most)
          throw badField(name, said('problem.field.size', { most: boundSaid(most) }));
        return found;
      };
      const side = await beside('sidecar', sidecar, limits.sidecarBytes);
      const head = await beside('init', init, limits.initSegmentBytes);
      const ids = [file, side, head].flatMap((one) => one?.id ?? []);
      return takingUploads(tenant, ids, services, async () => {
        // A large file is read once, by its inspection; the digest of a small one may find an answer that is there.
        const small = file.bytes <= config.syncUploadBytes;
        const sha256 = small ? await sha256Of(incomingFiles.file(file.id)) : undefined;
        const sidecarSha256 = side === undefined ? undefined : await sha256Of(incomingFiles.file(side.id));
        const initSha256 = head === undefined ? undefined : await sha256Of(incomingFiles.file(head.id));
        let accepted: Accepted | undefined;
        try {
          await uploads.adopt(incomingFiles.file(file.id), uploads.file(id));
          if (side !== undefined) await uploads.adopt(incomingFiles.file(side.id), uploads.sidecar(id));
          if (head !== undefined) await uploads.adopt(incomingFiles.file(head.id), uploads.init(id));
          const news = newInspection(
            request,
            id,
            {
              ...file,
              hasSidecar: side !== undefined,
              hasInit: head !== undefined,
              ...(sha256 === undefined ? {} : { sha256 }),
            },
            fields,
            services,
          );
          accepted = await answer(news, services, {
            later: later || !small,
            page,
            gone,
            beside: { sidecarSha256, initSha256 },
          });
        } finally {
          const outcome = accepted?.outcome;
          const kept = outcome === 'queued' || (outcome === 'done' && config.keepUploadsHours > 0);
          if (!kept) await services.afterAnswers.whenFree(id, () => uploads.removeOf(id));
        }
        return { result: accepted, used: accepted.outcome !== 'gone' };
      });
    },
    ...acceptedBefore(tenant, services),
  });
}

import type { FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';
import { limits } from '../core/ground/limits.js';
import { MOST_SIDECARS } from '../core/media/sidecars.js';
import { InspectError } from '../isolation/inspect-error.js';
import { checkSidecars, writeSidecars } from '../isolation/sidecar-file.js';
import { said } from '../say/said.js';
import { newInspectionId } from '../store/inspection-id.js';
import { tenantOf } from './access.js';
import { askedInQuery } from './asked-query.js';
import { boundSaid } from './format-bytes.js';
import { sha256Of, takingUploads, wholeUpload } from './incoming-file.js';
import { type Accepted, acceptedBefore, answer, type HowSent } from './inspect-upload.js';
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
      Type.Union([Type.String(), Type.Array(Type.String(), { maxItems: MOST_SIDECARS })], {
        description:
          'Ids of uploads that are kept beside it: one C2PA manifest store (.c2pa), and up to eight with XMP.',
      }),
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
  { later, page, gone, tell }: Pick<HowSent, 'later' | 'page' | 'gone' | 'tell'>,
): Promise<Once<Accepted>> {
  const { config, uploads, incomingFiles } = services;
  const fields = fieldsOf(asked, services.rulebooks, askedInQuery(request, services));
  const tenant = tenantOf(request);
  return once<Accepted>(request, services, {
    id: newInspectionId(),
    of: [upload, sidecar ?? null, ...(init === undefined ? [] : [init]), fields],
    make: async (id) => {
      const file = await wholeUpload(tenant, upload, services);
      const sides: string[] = [];
      let sideBytes = 0;
      for (const one of [sidecar ?? []].flat()) {
        const side = await wholeUpload(tenant, one, services);
        sides.push(side.id);
        sideBytes += side.bytes;
        if (sideBytes > limits.sidecarBytes) throw tooLarge('sidecar', limits.sidecarBytes);
      }
      const head = init === undefined ? undefined : await wholeUpload(tenant, init, services);
      if (head !== undefined && head.bytes > limits.initSegmentBytes)
        throw tooLarge('init', limits.initSegmentBytes);
      const ids = [file.id, ...sides, ...(head === undefined ? [] : [head.id])];
      return takingUploads(tenant, ids, services, async () => {
        // A large file is read once, by its inspection; the digest of a small one may find an answer that is there.
        const small = file.bytes <= config.syncUploadBytes;
        const sha256 = small ? await sha256Of(incomingFiles.file(file.id)) : undefined;
        const initSha256 = head === undefined ? undefined : await sha256Of(incomingFiles.file(head.id));
        let accepted: Accepted | undefined;
        try {
          await uploads.adopt(incomingFiles.file(file.id), uploads.file(id));
          const sidecarSha256 = await placeSidecars(sides, id, services);
          if (head !== undefined) await uploads.adopt(incomingFiles.file(head.id), uploads.init(id));
          const news = newInspection(
            request,
            id,
            {
              ...file,
              hasSidecar: sidecarSha256 !== undefined,
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
            tell,
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

const tooLarge = (name: 'sidecar' | 'init', most: number) =>
  badField(name, said('problem.field.size', { most: boundSaid(most) }));

/** Where a worker looks for them, several as one; their digest. */
async function placeSidecars(
  sides: readonly string[],
  id: string,
  { uploads, incomingFiles }: Services,
): Promise<string | undefined> {
  const to = uploads.sidecar(id);
  const [first, ...others] = sides.map((one) => incomingFiles.file(one));
  if (first === undefined) return undefined;
  if (others.length === 0) await uploads.adopt(first, to);
  else {
    const all = [first, ...others];
    await checkSidecars(all).catch((error: unknown) => {
      if (error instanceof InspectError && error.code === 'bad-sidecars')
        throw badField('sidecar', said('problem.field.twoStores'));
      throw error;
    });
    await writeSidecars(all, to);
  }
  return sha256Of(to);
}

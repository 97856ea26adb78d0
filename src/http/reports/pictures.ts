import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import Type from 'typebox';
import { faultMessage } from '../../base/fault.js';
import { PICTURE_KINDS } from '../../core/media/pictures.js';
import { translatorFor } from '../../i18n/translator.js';
import type { ThumbnailIndex } from '../../service/inspections/thumbnails.js';
import type { PictureName } from '../../storage/inspections/inspections.js';
import { requireScope, tenantOf } from '../contract/access.js';
import { registerOperation } from '../contract/operation.js';
import { Problem } from '../contract/problems/problem.js';
import {
  linkNextPage,
  NEXT,
  NEXT_LINK,
  pageProperties,
  slicePage,
  UNPAGED_SIZE,
} from '../contract/queries/paging.js';
import {
  BAD_QUERY,
  IfNoneMatchHeadersSchema,
  InspectionParamsSchema,
  jsonResponse,
  problemResponses,
  taggedResponses,
} from '../contract/schemas.js';
import { sendPrivate, sendTagged } from '../responses/send-inspection.js';
import { pictureHeaders } from '../services/pictures/picture-headers.js';
import { isPictureName, loadAlbum } from '../services/pictures/thumbnails.js';
import type { Services } from '../services/services.js';

const AlbumSchema = Type.Object(
  {
    pictures: Type.Array(
      Type.Object({
        name: Type.String({
          description:
            'Name of the picture: `preview` of the file, `large` if the file is larger, `waveform` of a sound, `thumbnail` of the active manifest, ' +
            '`stored` in EXIF, `frame-1` and following of a video, ' +
            '`manifest-2` of the Report’s `contentCredentials.manifests[2]`, `ingredient-2` of the only ingredient of that manifest that has no manifest itself, ' +
            '`inside-2` of the Report’s `parts[2]`, a picture inside a document, mail or archive.',
        }),
        width: Type.Integer({ description: 'Pixels.' }),
        height: Type.Integer({ description: 'Pixels.' }),
        damaged: Type.Optional(
          Type.Boolean({
            description:
              'Whether the file is damaged and the picture shows only the part that could be decoded.',
          }),
        ),
        seconds: Type.Optional(
          Type.Number({
            description:
              'For a key frame: its time is at or before this many seconds; for a waveform: its length in seconds.',
          }),
        ),
        cut: Type.Optional(Type.Boolean({ description: 'Whether the sound is longer than its waveform.' })),
      }),
    ),
    missing: Type.Array(
      Type.Object({
        kind: Type.Enum([...PICTURE_KINDS]),
        code: Type.String({ description: 'Stable code for programs.' }),
        reason: Type.String({ description: 'Reason why this picture does not exist.' }),
      }),
    ),
    stored: Type.Optional(
      Type.Object(
        {
          differing: Type.Integer({
            description: 'Number of bits in which the two perceptual hashes differ.',
          }),
          of: Type.Integer(),
        },
        { description: 'Difference between the picture stored in EXIF and the file’s own picture.' },
      ),
    ),
    ...NEXT,
  },
  { title: 'ReportPictures' },
);

const pictureAnswers = {
  ...taggedResponses(
    'The picture: only pixels, without metadata of the file.',
    'image/webp',
    Type.String({ format: 'binary' }),
  ),
  ...problemResponses({ 404: 'The report or this picture of it does not exist; `detail` gives the reason.' }),
};

const toMissingView = (missing: ThumbnailIndex['missing'][number]) => ({
  kind: missing.kind,
  code: missing.code,
  reason: translatorFor('en').translate(faultMessage(missing)),
});

/** Registers the thumbnails of inspected files; all are re-encoded. */
export function pictureRoutes(app: FastifyInstance, { stores }: Services): void {
  const { inspections } = stores;

  registerOperation(app, 'GET /v1/inspections/:id/pictures', requireScope('read'), {
    operationId: 'listInspectionPictures',
    tags: ['inspections'],
    summary: 'List the pictures of a file, and reasons for missing ones',
    description:
      'The pictures are decoded and re-encoded during the inspection, while the file is stored. After a response to a program they ' +
      'follow within moments; until then, and if this server creates none, the list is empty.',
    params: InspectionParamsSchema,
    querystring: Type.Object(pageProperties(UNPAGED_SIZE, UNPAGED_SIZE), { additionalProperties: false }),
    answers: { 200: jsonResponse('One page.', AlbumSchema, NEXT_LINK) },
    problems: { ...BAD_QUERY, 404: 'There is no such report, or no longer.' },
    handler: async (request, reply) => {
      const tenant = tenantOf(request);
      const { id } = request.params;
      if ((await inspections.get(tenant, id)) === undefined) throw new Problem('inspection-not-found');
      const album: ThumbnailIndex = (await loadAlbum(inspections, tenant, id)) ?? {
        pictures: [],
        missing: [],
      };
      const { items, next } = slicePage(album.pictures, request.query, ({ name }) => name);
      return sendPrivate(reply).send({
        ...album,
        pictures: items,
        missing: album.missing.map(toMissingView),
        ...linkNextPage(request, reply, next),
      });
    },
  });

  for (const [name, operationId, summary] of [
    [
      'preview',
      'getInspectionPreview',
      'Read the preview picture of the file; for a video, one of its key frames',
    ],
    ['thumbnail', 'getInspectionThumbnail', 'Read the thumbnail that the active manifest contains'],
  ] as const) {
    registerOperation(app, `GET /v1/inspections/:id/${name}`, requireScope('read'), {
      operationId,
      tags: ['inspections'],
      summary,
      description:
        'The picture is decoded and re-encoded as WebP; `…/pictures` lists all pictures, and the reasons for missing ones.',
      params: InspectionParamsSchema,
      headers: IfNoneMatchHeadersSchema,
      answers: pictureAnswers,
      handler: async (request, reply) => send(request, reply, request.params.id, name),
    });
  }

  registerOperation(app, 'GET /v1/inspections/:id/pictures/:name', requireScope('read'), {
    operationId: 'getInspectionPicture',
    tags: ['inspections'],
    summary: 'Read one picture',
    description: 'Returns a picture by its name in the list, decoded and re-encoded as WebP.',
    params: Type.Object({
      ...InspectionParamsSchema.properties,
      name: Type.String({ description: 'Name of the picture, as in the list.' }),
    }),
    headers: IfNoneMatchHeadersSchema,
    answers: pictureAnswers,
    handler: async (request, reply) => {
      const { id, name } = request.params;
      if (!isPictureName(name)) throw new Problem('picture-not-found');
      return send(request, reply, id, name);
    },
  });

  async function send(request: FastifyRequest, reply: FastifyReply, id: string, name: PictureName) {
    const tenant = tenantOf(request);
    const picture = await inspections.getDerivative(tenant, id, name);
    if (picture === undefined) throw await notThere(tenant, id, name);
    return sendTagged(request, sendPrivate(pictureHeaders(reply, name)), 'image/webp', picture.content);
  }

  async function notThere(tenant: string, id: string, name: PictureName): Promise<Problem> {
    if ((await inspections.get(tenant, id)) === undefined) return new Problem('inspection-not-found');
    const kind = name === 'thumbnail' ? 'claim' : name.startsWith('frame-') ? 'frame' : name;
    const why = (await loadAlbum(inspections, tenant, id))?.missing.find((one) => one.kind === kind);
    return new Problem('picture-not-found', why === undefined ? {} : { detail: faultMessage(why) });
  }
}

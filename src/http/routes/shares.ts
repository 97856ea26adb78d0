import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { LANGUAGES } from '../../say/languages.js';
import type { Share } from '../../store/shares.js';
import { requireScope, tenantOf } from '../access.js';
import { readsJson } from '../json-body.js';
import { keptReport } from '../kept-report.js';
import { honoursKey } from '../once.js';
import { NEXT, NEXT_LINK, nextPage, PageProperties, pageIn } from '../paging.js';
import { Problem } from '../problem.js';
import {
  BAD_QUERY,
  InspectionParamsSchema,
  jsonAnswer,
  NO_JSON,
  problemAnswers,
  type TypeBoxProvider,
} from '../schemas.js';
import { sendPrivate } from '../send-inspection.js';
import type { Services } from '../services.js';
import { makeShare, shareLimits } from '../share-links.js';
import { ETAG_MEMBER, IfMatchHeadersSchema, ifMatchOf, PRECONDITION_PROBLEM, withTag } from '../state-tag.js';

const Time = Type.String({ format: 'date-time' });
const SHARE = {
  id: Type.String(),
  ...ETAG_MEMBER,
  createdAt: Time,
  createdBy: Type.String({ description: 'Name of the key that made it.' }),
  expiresAt: Type.String({
    format: 'date-time',
    description: 'RFC 3339, UTC. Never later than the report itself.',
  }),
  notes: Type.Boolean({ description: 'Whether notes that stood there when it was made are shown.' }),
  pictures: Type.Boolean({ description: 'Whether the small pictures kept with the report are shown.' }),
};
const ShareSchema = Type.Object(SHARE, { title: 'Share' });
const MadeSchema = Type.Object({
  url: Type.String({ description: 'The link. It is shown this once; only a digest is kept.' }),
  ...SHARE,
});
const NewShareSchema = Type.Object(
  {
    expiresInDays: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: shareLimits.mostDays,
        description: `Left out: ${shareLimits.defaultDays}.`,
      }),
    ),
    notes: Type.Optional(
      Type.Boolean({ description: 'Show the notes that stand there now as well. Left out: false.' }),
    ),
    pictures: Type.Optional(
      Type.Boolean({
        description: 'Show the small pictures that are kept with the report as well. Left out: false.',
      }),
    ),
    lang: Type.Optional(
      Type.Enum([...LANGUAGES], {
        description: 'The link opens in it. Left out: in the language that its reader’s browser asks for.',
      }),
    ),
  },
  { additionalProperties: false },
);
const ShareParamsSchema = Type.Object({ ...InspectionParamsSchema.properties, shareId: Type.String() });
const tags = ['shares'];
const NO_REPORT = 'There is no such report, or no longer.';

/** Links that show one report to whoever has them. */
export function shareRoutes(instance: FastifyInstance, services: Services): void {
  instance.register(async (scope) => {
    readsJson(scope);
    routes(scope, services);
  });
}

function routes(instance: FastifyInstance, services: Services): void {
  const app = instance.withTypeProvider<TypeBoxProvider>();
  const { shares, now } = services;

  app.route({
    method: 'POST',
    url: '/v1/inspections/:id/shares',
    config: { ...requireScope('inspect'), ...honoursKey },
    schema: {
      operationId: 'createShare',
      tags,
      summary: 'Make a link to a report',
      description:
        'Whoever has the link reads the Report, masked, as a page, PDF and JSON, without a key: what leads to a ' +
        'person is in none of them, whatever was asked for with `reveal`.',
      params: InspectionParamsSchema,
      body: NewShareSchema,
      response: {
        201: jsonAnswer('The link.', MadeSchema),
        ...problemAnswers({
          400: 'A member has a value that cannot be used.',
          403: 'The key lacks a scope.',
          404: NO_REPORT,
          409: `The inspection is not done, or ${shareLimits.perInspection} links hold already.`,
          ...NO_JSON,
        }),
      },
    },
    handler: async (request, reply) => {
      const {
        expiresInDays: days = shareLimits.defaultDays,
        notes = false,
        pictures = false,
        lang,
      } = request.body;
      const { record } = await keptReport(request, services, request.params.id);
      const ask = {
        days,
        withNotes: notes,
        withPictures: pictures,
        ...(lang === undefined ? {} : { language: lang }),
      };
      const { share, url } = await makeShare(request, services, record, ask);
      return sendPrivate(reply)
        .code(201)
        .send({ url, ...shownWithTag(share) });
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/inspections/:id/shares',
    config: requireScope('read'),
    schema: {
      operationId: 'listShares',
      tags,
      summary: 'List the links to a report that hold',
      description: 'Newest first, without their addresses.',
      params: InspectionParamsSchema,
      querystring: Type.Object(PageProperties, { additionalProperties: false }),
      response: {
        200: jsonAnswer('One page.', Type.Object({ shares: Type.Array(ShareSchema), ...NEXT }), NEXT_LINK),
        ...problemAnswers({ ...BAD_QUERY, 404: NO_REPORT, 409: 'The inspection is not done.' }),
      },
    },
    handler: async (request, reply) => {
      const { id } = (await keptReport(request, services, request.params.id)).record;
      const { items, next } = await shares.page(tenantOf(request), id, now(), pageIn(request.query));
      return sendPrivate(reply).send({
        shares: items.map((share) => shownWithTag(share)),
        ...nextPage(request, reply, next),
      });
    },
  });

  app.route({
    method: 'DELETE',
    url: '/v1/inspections/:id/shares/:shareId',
    config: requireScope('inspect'),
    schema: {
      operationId: 'revokeShare',
      tags,
      summary: 'Revoke a link',
      description: 'From now on it finds nothing. What its readers saved stays with them.',
      headers: IfMatchHeadersSchema,
      params: ShareParamsSchema,
      response: {
        204: { description: 'It is revoked.', type: 'null' },
        ...problemAnswers({ 404: 'There is no such link, or no longer.', ...PRECONDITION_PROBLEM }),
      },
    },
    handler: async (request, reply) => {
      const { id, shareId } = request.params;
      const holds = ifMatchOf(request, shown);
      if (!(await shares.revoke(tenantOf(request), id, shareId, holds))) throw new Problem('share-not-found');
      return reply.code(204).send();
    },
  });
}

const shownWithTag = (share: Share) => withTag(shown(share), shown(share));

/** Whose it is, and of which report, need not be said to its owner. */
const shown = ({ id, createdAt, createdBy, expiresAt, withNotes, withPictures }: Share) => ({
  id,
  createdAt,
  createdBy,
  expiresAt,
  notes: withNotes,
  pictures: withPictures,
});

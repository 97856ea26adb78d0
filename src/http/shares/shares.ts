import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { LANGUAGES } from '../../i18n/languages.js';
import type { Share } from '../../storage/inspections/shares.js';
import { requireScope, tenantOf } from '../contract/access.js';
import { registerJsonParser } from '../contract/json-body.js';
import { registerOperation } from '../contract/operation.js';
import { Problem } from '../contract/problems/problem.js';
import { linkNextPage, NEXT, NEXT_LINK, PageProperties, parsePage } from '../contract/queries/paging.js';
import { BAD_QUERY, InspectionParamsSchema, jsonResponse, NO_JSON } from '../contract/schemas.js';
import {
  addEtag,
  buildPrecondition,
  ETAG_MEMBER,
  IfMatchHeadersSchema,
  PRECONDITION_PROBLEM,
} from '../contract/state-tag.js';
import { sendPrivate } from '../responses/send-inspection.js';
import { honoursKey } from '../services/idempotency.js';
import type { Services } from '../services/services.js';
import { createShare, shareLimits } from '../services/share-links.js';
import { loadReport } from '../services/stored-report.js';

const Time = Type.String({ format: 'date-time' });
const SHARE = {
  id: Type.String(),
  ...ETAG_MEMBER,
  createdAt: Time,
  createdBy: Type.String({ description: 'Name of the API key that created the link.' }),
  expiresAt: Type.String({
    format: 'date-time',
    description: 'Time at which the link expires, RFC 3339, UTC. Never later than the report itself.',
  }),
  notes: Type.Boolean({ description: 'Whether the link shows the notes that existed when it was created.' }),
  pictures: Type.Boolean({
    description: 'Whether the link shows the preview pictures stored with the report.',
  }),
};
const ShareSchema = Type.Object(SHARE, { title: 'Share' });
const MadeSchema = Type.Object({
  url: Type.String({ description: 'The link. It is shown only once; the server stores only a digest.' }),
  ...SHARE,
});
const NewShareSchema = Type.Object(
  {
    expiresInDays: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: shareLimits.mostDays,
        description: `Days until the link expires. Default: ${shareLimits.defaultDays}.`,
      }),
    ),
    notes: Type.Optional(
      Type.Boolean({ description: 'Whether the link also shows the notes that exist now. Default: false.' }),
    ),
    pictures: Type.Optional(
      Type.Boolean({
        description:
          'Whether the link also shows the preview pictures stored with the report. Default: false.',
      }),
    ),
    lang: Type.Optional(
      Type.Enum([...LANGUAGES], {
        description:
          'Language in which the link opens. Default: the language that the reader’s browser requests.',
      }),
    ),
  },
  { additionalProperties: false },
);
const ShareParamsSchema = Type.Object({ ...InspectionParamsSchema.properties, shareId: Type.String() });
const tags = ['shares'];
const NO_REPORT = 'There is no such report, or no longer.';

/** Registers the links that show one report to their holders. */
export function shareRoutes(app: FastifyInstance, services: Services): void {
  app.register(async (scope) => {
    registerJsonParser(scope);
    registerRoutes(scope, services);
  });
}

function registerRoutes(app: FastifyInstance, services: Services): void {
  const { shares, now } = services;

  registerOperation(app, 'POST /v1/inspections/:id/shares', requireScope('inspect', honoursKey), {
    operationId: 'createShare',
    tags,
    summary: 'Make a link to a report',
    description:
      'Anyone with the link can read the Report, masked, as a page, PDF and JSON, without a key. Data that can identify a ' +
      'person is omitted from all of them, even if it was requested with `reveal`.',
    params: InspectionParamsSchema,
    body: NewShareSchema,
    answers: { 201: jsonResponse('The link.', MadeSchema) },
    problems: {
      400: 'A member has a value that cannot be used.',
      403: 'The key lacks a scope.',
      404: NO_REPORT,
      409: `The inspection is not done, or it already has ${shareLimits.perInspection} valid links.`,
      ...NO_JSON,
    },
    handler: async (request, reply) => {
      const {
        expiresInDays: days = shareLimits.defaultDays,
        notes = false,
        pictures = false,
        lang,
      } = request.body;
      const { record } = await loadReport(request, services, request.params.id);
      const ask = {
        days,
        withNotes: notes,
        withPictures: pictures,
        ...(lang === undefined ? {} : { language: lang }),
      };
      const { share, url } = await createShare(request, services, record, ask);
      return sendPrivate(reply)
        .code(201)
        .send({ url, ...toTaggedShareView(share) });
    },
  });

  registerOperation(app, 'GET /v1/inspections/:id/shares', requireScope('read'), {
    operationId: 'listShares',
    tags,
    summary: 'List the valid links to a report',
    description: 'Links are sorted newest first and listed without their addresses.',
    params: InspectionParamsSchema,
    querystring: Type.Object(PageProperties, { additionalProperties: false }),
    answers: {
      200: jsonResponse('One page.', Type.Object({ shares: Type.Array(ShareSchema), ...NEXT }), NEXT_LINK),
    },
    problems: { ...BAD_QUERY, 404: NO_REPORT, 409: 'The inspection is not done.' },
    handler: async (request, reply) => {
      const { id } = (await loadReport(request, services, request.params.id)).record;
      const { items, next } = await shares.page(tenantOf(request), id, now(), parsePage(request.query));
      return sendPrivate(reply).send({
        shares: items.map((share) => toTaggedShareView(share)),
        ...linkNextPage(request, reply, next),
      });
    },
  });

  registerOperation(app, 'DELETE /v1/inspections/:id/shares/:shareId', requireScope('inspect'), {
    operationId: 'revokeShare',
    tags,
    summary: 'Revoke a link',
    description: 'The link stops working at once. Copies that its readers saved are not affected.',
    headers: IfMatchHeadersSchema,
    params: ShareParamsSchema,
    answers: { 204: { description: 'The link is revoked.', type: 'null' } },
    problems: { 404: 'There is no such link, or no longer.', ...PRECONDITION_PROBLEM },
    handler: async (request, reply) => {
      const { id, shareId } = request.params;
      const holds = buildPrecondition(request, toShareView);
      if (!(await shares.revoke(tenantOf(request), id, shareId, holds))) throw new Problem('share-not-found');
      return reply.code(204).send();
    },
  });
}

const toTaggedShareView = (share: Share) => addEtag(toShareView(share), toShareView(share));

/** Leaves out the tenant and the inspection, which the caller knows. */
const toShareView = ({ id, createdAt, createdBy, expiresAt, withNotes, withPictures }: Share) => ({
  id,
  createdAt,
  createdBy,
  expiresAt,
  notes: withNotes,
  pictures: withPictures,
});

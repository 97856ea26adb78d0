import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { requireScope, tenantOf } from '../contract/access.js';
import { registerOperation } from '../contract/operation.js';
import { Problem } from '../contract/problems/problem.js';
import { IfNoneMatchHeadersSchema, InspectionParamsSchema, taggedResponses } from '../contract/schemas.js';
import { sendPrivate, sendTagged } from '../responses/send-inspection.js';
import { canReveal, revealRefusal } from '../services/disclosure.js';
import type { Services } from '../services/services.js';

/**
 * Registers the route of the HTTP exchanges with the server that a linked file came from. Addresses and answers may
 * contain personal data.
 */
export function exchangeRoutes(app: FastifyInstance, services: Services): void {
  registerOperation(app, 'GET /v1/inspections/:id/exchanges', requireScope('reveal'), {
    operationId: 'getInspectionExchanges',
    tags: ['inspections'],
    summary: 'Read the HTTP exchanges of fetching a link (WARC)',
    description:
      'WARC 1.1, gzip, unmasked: `robots.txt`, redirects, the page, and the headers of the response that contained the file, with ' +
      'the file’s digest in place of its bytes. Stored until a day after sealing, or until the inspection is deleted.',
    params: InspectionParamsSchema,
    headers: IfNoneMatchHeadersSchema,
    answers: { ...taggedResponses('The WARC file.', 'application/warc', Type.String({ format: 'binary' })) },
    problems: {
      403: 'Personal data is not revealed here.',
      404: 'The inspection does not exist, its file was not fetched by a link, or the exchanges were deleted.',
    },
    handler: async (request, reply) => {
      if (!canReveal(request, services)) throw revealRefusal('exchanges');
      const { id } = request.params;
      const tenant = tenantOf(request);
      const kept = await services.stores.exchanges.get(tenant, id);
      if (kept === undefined) {
        const record = await services.stores.inspections.get(tenant, id);
        throw new Problem(record === undefined ? 'inspection-not-found' : 'exchanges-not-found');
      }
      reply.header('content-disposition', `attachment; filename="${id}.warc.gz"`);
      return sendTagged(request, sendPrivate(reply), 'application/warc', kept.warc);
    },
  });
}

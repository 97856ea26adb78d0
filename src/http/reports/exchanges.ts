import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { requireScope, tenantOf } from '../contract/access.js';
import { Problem } from '../contract/problems/problem.js';
import {
  IfNoneMatchHeadersSchema,
  InspectionParamsSchema,
  problemResponses,
  type TypeBoxProvider,
  taggedResponses,
} from '../contract/schemas.js';
import { sendPrivate, sendTagged } from '../responses/send-inspection.js';
import { canReveal, revealRefusal } from '../services/disclosure.js';
import type { Services } from '../services/services.js';

/**
 * Registers the route of the HTTP exchanges with the server that a linked file came from. Addresses and answers may
 * contain personal data.
 */
export function exchangeRoutes(instance: FastifyInstance, services: Services): void {
  instance.withTypeProvider<TypeBoxProvider>().route({
    method: 'GET',
    url: '/v1/inspections/:id/exchanges',
    config: requireScope('reveal'),
    schema: {
      operationId: 'getInspectionExchanges',
      tags: ['inspections'],
      summary: 'What was exchanged to fetch a link (WARC)',
      description:
        'WARC 1.1, gzip, unmasked: `robots.txt`, redirects, the page, and the head of the answer that held the file, with ' +
        'the file’s digest in place of its bytes. Kept until a day after it was sealed, or until the inspection goes.',
      params: InspectionParamsSchema,
      headers: IfNoneMatchHeadersSchema,
      response: {
        ...taggedResponses('A file of records.', 'application/warc', Type.String({ format: 'binary' })),
        ...problemResponses({
          403: 'Personal data is not revealed here.',
          404: 'There is no such inspection, it did not come by a link, or what was exchanged was let go.',
        }),
      },
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

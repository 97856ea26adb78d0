import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { requireScope, tenantOf } from '../access.js';
import { Problem } from '../problem.js';
import {
  IfNoneMatchHeadersSchema,
  InspectionParamsSchema,
  problemAnswers,
  type TypeBoxProvider,
  taggedAnswers,
} from '../schemas.js';
import { sendPrivate, sendTagged } from '../send-inspection.js';
import type { Services } from '../services.js';
import { mayReveal, notRevealed } from '../shown.js';

/** What was exchanged with the server that a linked file came from. Addresses, and what servers say, may speak of people. */
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
        ...taggedAnswers('A file of records.', 'application/warc', Type.String({ format: 'binary' })),
        ...problemAnswers({
          403: 'Personal data is not revealed here.',
          404: 'There is no such inspection, it did not come by a link, or what was exchanged was let go.',
        }),
      },
    },
    handler: async (request, reply) => {
      if (!mayReveal(request, services)) throw notRevealed('exchanges');
      const { id } = request.params;
      const tenant = tenantOf(request);
      const kept = await services.stores.exchanges.exchangesOf(tenant, id);
      if (kept === undefined) {
        const record = await services.stores.inspections.get(tenant, id);
        throw new Problem(record === undefined ? 'inspection-not-found' : 'exchanges-not-found');
      }
      reply.header('content-disposition', `attachment; filename="${id}.warc.gz"`);
      return sendTagged(request, sendPrivate(reply), 'application/warc', kept.warc);
    },
  });
}

import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { isFinal } from '../../store/inspections.js';
import { requireScope, tenantOf } from '../access.js';
import { batchEnvelope } from '../batch-schemas.js';
import { sendEvents } from '../event-stream.js';
import { listed } from '../inspection-envelope.js';
import { askedSpeech, LanguageSchema } from '../language.js';
import { PreferHeadersSchema, preferenceOf } from '../prefer.js';
import { Problem } from '../problem.js';
import {
  BAD_QUERY,
  IdParamsSchema,
  InspectionParamsSchema,
  problemAnswers,
  type TypeBoxProvider,
} from '../schemas.js';
import type { Services } from '../services.js';

const answers = (description: string) => ({
  200: {
    description,
    content: { 'text/event-stream': { schema: Type.String() } },
  },
  ...problemAnswers({
    ...BAD_QUERY,
    404: 'There is none, or no longer.',
    503: 'As many streams as this server keeps are open.',
  }),
});

/** What becomes of an inspection or a batch, told while a client listens. */
export function eventRoutes(instance: FastifyInstance, { stores, leaving }: Services): void {
  const app = instance.withTypeProvider<TypeBoxProvider>();
  const { inspections, batches } = stores;

  app.route({
    method: 'GET',
    url: '/v1/inspections/:id/events',
    config: requireScope('read'),
    schema: {
      operationId: 'watchInspection',
      tags: ['inspections'],
      summary: 'Be told how an inspection goes on',
      description:
        'Server-Sent Events. Each has the inspection’s status as its name and the inspection, as lists show it, as its ' +
        'data: first as it stands, then whenever it changes; the stream ends with `done`, `failed` or `cancelled`, ' +
        'and with `Prefer: wait=N` after N seconds.',
      headers: PreferHeadersSchema,
      params: InspectionParamsSchema,
      querystring: LanguageSchema,
      response: answers('The stream.'),
    },
    handler: async (request, reply) => {
      const { id } = request.params;
      const tenant = tenantOf(request);
      const speech = askedSpeech(request);
      const look = async () => {
        const record = await inspections.get(tenant, id);
        if (record === undefined) return undefined;
        const { report: _, ...head } = record;
        return { event: head.status, data: listed(head, speech), last: isFinal(head.status) };
      };
      if ((await look()) === undefined) throw new Problem('inspection-not-found');
      return sendEvents(request, reply, { look, leaving, wait: preferenceOf(request).wait });
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/batches/:id/events',
    config: requireScope('read'),
    schema: {
      operationId: 'watchBatch',
      tags: ['batches'],
      summary: 'Be told how a batch goes on',
      description:
        'Server-Sent Events, `progress` and at last `done`, each with the batch as its data: first as it stands, then whenever it changes.',
      headers: PreferHeadersSchema,
      params: IdParamsSchema,
      response: answers('The stream.'),
    },
    handler: async (request, reply) => {
      const { id } = request.params;
      const tenant = tenantOf(request);
      const look = async () => {
        const batch = await batches.get(tenant, id);
        if (batch === undefined) return undefined;
        const data = await batchEnvelope(batch, inspections);
        const last = batch.finishedAt !== undefined || batch.cancelledAt !== undefined;
        return { event: last ? 'done' : 'progress', data, last };
      };
      if ((await look()) === undefined) throw new Problem('batch-not-found');
      return sendEvents(request, reply, { look, leaving, wait: preferenceOf(request).wait });
    },
  });
}

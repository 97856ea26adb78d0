import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { isFinal } from '../../storage/inspections/inspections.js';
import { buildBatchEnvelope } from '../batches/batch-schemas.js';
import { requireScope, tenantOf } from '../contract/access.js';
import { toListEntry } from '../contract/inspection-envelope.js';
import { registerOperation } from '../contract/operation.js';
import { Problem } from '../contract/problems/problem.js';
import { BAD_QUERY, IdParamsSchema, InspectionParamsSchema, problemResponses } from '../contract/schemas.js';
import { LanguageSchema, requestedTranslator } from '../services/language.js';
import { PreferHeadersSchema, parsePreference } from '../services/options/preference.js';
import type { Services } from '../services/services.js';
import { sendEvents } from './event-stream.js';

const answers = (description: string) => ({
  200: {
    description,
    content: { 'text/event-stream': { schema: Type.String() } },
  },
  ...problemResponses({
    ...BAD_QUERY,
    404: 'The resource does not exist, or no longer exists.',
    503: 'The maximum number of streams of this server is open.',
  }),
});

/** Registers event streams of the progress of an inspection or a batch. */
export function eventRoutes(app: FastifyInstance, { stores, shuttingDown: leaving }: Services): void {
  const { inspections, batches } = stores;

  registerOperation(app, 'GET /v1/inspections/:id/events', requireScope('read'), {
    operationId: 'watchInspection',
    tags: ['inspections'],
    summary: 'Stream the status of an inspection',
    description:
      'Server-Sent Events. Each event has the inspection’s status as its name and the inspection, as in lists, as its ' +
      'data: first the current state, then every change. The stream ends with `done`, `failed` or `cancelled`, ' +
      'and with `Prefer: wait=N` after N seconds.',
    headers: PreferHeadersSchema,
    params: InspectionParamsSchema,
    querystring: LanguageSchema,
    answers: answers('The stream.'),
    handler: async (request, reply) => {
      const { id } = request.params;
      const tenant = tenantOf(request);
      const translator = requestedTranslator(request);
      const look = async () => {
        const record = await inspections.get(tenant, id);
        if (record === undefined) return undefined;
        const { report: _, ...head } = record;
        return { event: head.status, data: toListEntry(head, translator), last: isFinal(head.status) };
      };
      if ((await look()) === undefined) throw new Problem('inspection-not-found');
      return sendEvents(request, reply, {
        readState: look,
        shuttingDown: leaving,
        wait: parsePreference(request).wait,
      });
    },
  });

  registerOperation(app, 'GET /v1/batches/:id/events', requireScope('read'), {
    operationId: 'watchBatch',
    tags: ['batches'],
    summary: 'Stream the progress of a batch',
    description:
      'Server-Sent Events named `progress`, the last one `done`, each with the batch as its data: first the current state, then every change.',
    headers: PreferHeadersSchema,
    params: IdParamsSchema,
    answers: answers('The stream.'),
    handler: async (request, reply) => {
      const { id } = request.params;
      const tenant = tenantOf(request);
      const look = async () => {
        const batch = await batches.get(tenant, id);
        if (batch === undefined) return undefined;
        const data = await buildBatchEnvelope(batch, inspections);
        const last = batch.finishedAt !== undefined || batch.cancelledAt !== undefined;
        return { event: last ? 'done' : 'progress', data, last };
      };
      if ((await look()) === undefined) throw new Problem('batch-not-found');
      return sendEvents(request, reply, {
        readState: look,
        shuttingDown: leaving,
        wait: parsePreference(request).wait,
      });
    },
  });
}

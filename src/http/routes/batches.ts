import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import type { Batch } from '../../store/batches.js';
import { newInspectionId } from '../../store/inspection-id.js';
import { actorOf, requireScope, tenantOf } from '../access.js';
import { AskQuerySchema, askedInQuery } from '../asked-query.js';
import { sendBatchFiles } from '../batch-files.js';
import { batchResults } from '../batch-results.js';
import { BatchAskSchema, batchEnvelope } from '../batch-schemas.js';
import { cancelBatch, deleteBatch } from '../end-batch.js';
import { readsJson } from '../json-body.js';
import { askedSpeech, LanguageSchema } from '../language.js';
import { httpLimits } from '../limits.js';
import { makeBatch } from '../make-batch.js';
import { preferred } from '../negotiation.js';
import { harmlessTwice, honoursKey, once } from '../once.js';
import { NEXT, NEXT_LINK, nextPage, PageProperties, pageIn } from '../paging.js';
import { Problem } from '../problem.js';
import {
  BAD_QUERY,
  IdParamsSchema,
  jsonAnswer,
  NO_JSON,
  problemAnswers,
  type TypeBoxProvider,
} from '../schemas.js';
import { sendPrivate } from '../send-inspection.js';
import type { Services } from '../services.js';
import { shownTo } from '../shown.js';
import {
  ETAG_HEADER,
  IfMatchHeadersSchema,
  ifMatchOf,
  PRECONDITION_PROBLEM,
  sendWithState,
} from '../state-tag.js';

const BatchRef = Type.Ref('Batch#');
const NotFound = { 404: 'There is no such batch, or no longer.' };

/** Many files in one request: uploads that are whole, and files on the server's own disk where its operator allows it. */
export function batchRoutes(instance: FastifyInstance, services: Services): void {
  const { stores, room } = services;
  const { batches, inspections } = stores;
  const tags = ['batches'];
  const app = instance.withTypeProvider<TypeBoxProvider>();

  const found = (batch: Batch | undefined): Batch => {
    if (batch === undefined) throw new Problem('batch-not-found');
    return batch;
  };

  instance.register(async (scope) => {
    readsJson(scope, httpLimits.batchBodyBytes);
    scope.withTypeProvider<TypeBoxProvider>().route({
      method: 'POST',
      url: '/v1/batches',
      config: { ...requireScope('inspect'), ...honoursKey, metered: true },
      bodyLimit: httpLimits.batchBodyBytes,
      schema: {
        operationId: 'createBatch',
        tags,
        summary: 'Inspect many files',
        description:
          'All are asked the same, and each becomes an inspection of its own, done by a worker. The batch is made whole ' +
          'or not at all. Files asked about before in the same way are answered from what is kept (`cachedFrom`); ' +
          '`Cache-Control: no-cache` inspects them anew. When the last has ended, webhooks are told once (`batch.done`).',
        querystring: AskQuerySchema,
        body: BatchAskSchema,
        response: {
          202: jsonAnswer('Accepted: all of it is safely kept.', BatchRef, {
            Location: Type.String({ description: '`/v1/batches/<id>`' }),
          }),
          ...problemAnswers({
            400: 'A field has a value that cannot be used, an item names no file, or the body is not JSON.',
            403: 'Personal data was asked for, and this server does not reveal it.',
            409: 'Another request has one of its uploads.',
            ...NO_JSON,
            507: 'The disk or the room set for it is full.',
          }),
        },
      },
      onRequest: async (request) => {
        askedInQuery(request, services);
        room.check();
      },
      handler: async (request, reply) => {
        const tenant = tenantOf(request);
        const { made } = await once(request, services, {
          id: newInspectionId(),
          of: request.body,
          make: async (id) => {
            await makeBatch(request, reply, id, request.body, services);
            return id;
          },
          statusOf: () => 202,
          again: async (id) => (await batches.get(tenant, id))?.id,
        });
        const batch = found(await batches.get(tenant, made));
        return sendPrivate(reply)
          .code(202)
          .header('location', `/v1/batches/${made}`)
          .send(await batchEnvelope(batch, inspections));
      },
    });
  });

  app.route({
    method: 'GET',
    url: '/v1/batches',
    config: requireScope('read'),
    schema: {
      operationId: 'listBatches',
      tags,
      summary: 'List batches',
      description: 'Newest first.',
      querystring: Type.Object(PageProperties, { additionalProperties: false }),
      response: {
        200: jsonAnswer('One page.', Type.Object({ batches: Type.Array(BatchRef), ...NEXT }), NEXT_LINK),
        ...problemAnswers(BAD_QUERY),
      },
    },
    handler: async (request, reply) => {
      const { items, next } = await batches.list(tenantOf(request), pageIn(request.query));
      return sendPrivate(reply).send({
        batches: await Promise.all(items.map((batch) => batchEnvelope(batch, inspections))),
        ...nextPage(request, reply, next),
      });
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/batches/:id',
    config: requireScope('read'),
    schema: {
      operationId: 'getBatch',
      tags,
      summary: 'Read where a batch stands',
      description:
        'Counts of its inspections by status and by declared origin. What came of each file is at `…/results`.',
      params: IdParamsSchema,
      response: {
        200: jsonAnswer('How many of its files stand where.', BatchRef, ETAG_HEADER),
        ...problemAnswers(NotFound),
      },
    },
    handler: async (request, reply) => {
      const batch = found(await batches.get(tenantOf(request), request.params.id));
      return sendWithState(sendPrivate(reply), await batchEnvelope(batch, inspections), batch);
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/batches/:id/results',
    config: requireScope('read'),
    schema: {
      operationId: 'getBatchResults',
      tags,
      summary: 'Read what came of each file of a batch',
      description:
        'NDJSON: one inspection a line in the order of the items, with its Report where there is one, and last the ' +
        'batch itself; a stream without that line was cut. `after` goes on behind an item. May be asked at any time. ' +
        'As `Accept` wants, a table or an archive of all Reports as well.',
      params: IdParamsSchema,
      querystring: Type.Object(
        {
          after: Type.Optional(
            Type.Integer({
              minimum: 0,
              maximum: httpLimits.batchItems,
              description: '`batchItem` of the last line that arrived. Left out: from the first.',
            }),
          ),
          ...LanguageSchema.properties,
        },
        { additionalProperties: false },
      ),
      response: {
        200: {
          description: 'Lines of JSON.',
          content: {
            'application/x-ndjson': { schema: Type.String() },
            'text/csv': { schema: Type.String() },
            'application/zip': { schema: Type.String({ format: 'binary' }) },
          },
        },
        ...problemAnswers({ ...NotFound, ...BAD_QUERY }),
      },
    },
    handler: async (request, reply) => {
      const speech = askedSpeech(request);
      const batch = found(await batches.get(tenantOf(request), request.params.id));
      const form = preferred(request.headers.accept, ['application/x-ndjson', 'text/csv', 'application/zip']);
      if (form !== 'application/x-ndjson')
        return sendBatchFiles(request, reply, form === 'text/csv' ? 'csv' : 'zip', {
          batch,
          speech,
          services,
        });
      return sendPrivate(reply)
        .type('application/x-ndjson')
        .send(
          batchResults(
            batch,
            request.query.after ?? 0,
            stores,
            async (record) => (await shownTo(request, services, record)).record,
            speech,
          ),
        );
    },
  });

  app.route({
    method: 'POST',
    url: '/v1/batches/:id/cancel',
    config: { ...requireScope('inspect'), ...harmlessTwice },
    schema: {
      operationId: 'cancelBatch',
      tags,
      summary: 'Cancel what is left of a batch',
      description:
        'What waits is never begun. What runs is let run to its end and leaves no Report. What is done stays.',
      params: IdParamsSchema,
      response: {
        200: jsonAnswer('As it is now.', BatchRef),
        ...problemAnswers(NotFound),
      },
    },
    handler: async (request, reply) => {
      const tenant = tenantOf(request);
      const { id } = request.params;
      await cancelBatch(tenant, id, services);
      const batch = found(await batches.get(tenant, id));
      return sendPrivate(reply).send(await batchEnvelope(batch, inspections));
    },
  });

  app.route({
    method: 'DELETE',
    url: '/v1/batches/:id',
    config: requireScope('inspect'),
    schema: {
      operationId: 'deleteBatch',
      tags,
      summary: 'Delete a batch with all of its inspections',
      description:
        'Their Reports and uploads too; what waits or runs is cancelled. Files named by path stay.',
      headers: IfMatchHeadersSchema,
      params: IdParamsSchema,
      response: {
        204: { description: 'It is deleted.', type: 'null' },
        ...problemAnswers({ ...NotFound, ...PRECONDITION_PROBLEM }),
      },
    },
    handler: async (request, reply) => {
      const holds = ifMatchOf(request, (batch: Batch) => batch);
      if (
        !(await deleteBatch(tenantOf(request), request.params.id, services, { holds, by: actorOf(request) }))
      )
        throw new Problem('batch-not-found');
      return reply.code(204).send();
    },
  });
}

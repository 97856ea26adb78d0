import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { newInspectionId } from '../../storage/engine/record-id.js';
import type { Batch } from '../../storage/inspections/batches.js';
import { actorOf, requireScope, tenantOf } from '../contract/access.js';
import { registerJsonParser } from '../contract/json-body.js';
import { httpLimits } from '../contract/limits.js';
import { preferredType } from '../contract/negotiation.js';
import { registerOperation } from '../contract/operation.js';
import { Problem } from '../contract/problems/problem.js';
import { linkNextPage, NEXT, NEXT_LINK, PageProperties, parsePage } from '../contract/queries/paging.js';
import { BAD_QUERY, IdParamsSchema, jsonResponse, NO_JSON } from '../contract/schemas.js';
import {
  buildPrecondition,
  ETAG_HEADER,
  IfMatchHeadersSchema,
  PRECONDITION_PROBLEM,
  sendWithState,
} from '../contract/state-tag.js';
import { sendPrivate } from '../responses/send-inspection.js';
import { discloseInspection } from '../services/disclosure.js';
import { honoursKey, isIdempotent, runOnce } from '../services/idempotency.js';
import { LanguageSchema, requestedTranslator } from '../services/language.js';
import { InspectQuerySchema, parseInspectQuery } from '../services/options/inspect-query.js';
import type { Services } from '../services/services.js';
import { sendBatchFiles } from './batch-files.js';
import { streamBatchResults } from './batch-results.js';
import { BatchRequestSchema, buildBatchEnvelope } from './batch-schemas.js';
import { cancelBatch, deleteBatch } from './end-batch.js';
import { createBatch } from './make-batch.js';

const BatchRef = Type.Ref('Batch#');
const NotFound = { 404: 'There is no such batch, or no longer.' };

/**
 * Registers batches, many files in one request: completed uploads, and files on the server's own disk if its operator
 * allows it.
 */
export function batchRoutes(app: FastifyInstance, services: Services): void {
  const { stores, diskQuota: room } = services;
  const { batches, inspections } = stores;
  const tags = ['batches'];

  const found = (batch: Batch | undefined): Batch => {
    if (batch === undefined) throw new Problem('batch-not-found');
    return batch;
  };

  app.register(async (scope) => {
    registerJsonParser(scope, httpLimits.batchBodyBytes);
    registerOperation(scope, 'POST /v1/batches', requireScope('inspect', { ...honoursKey, metered: true }), {
      operationId: 'createBatch',
      tags,
      summary: 'Inspect many files',
      description:
        'The same options apply to all files, and a worker inspects each in its own inspection. The batch is created completely ' +
        'or not at all. Files that were inspected before with the same options get the stored result (`cachedFrom`); ' +
        '`Cache-Control: no-cache` inspects them again. When the last inspection has ended, webhooks receive one `batch.done` event.',
      querystring: InspectQuerySchema,
      body: BatchRequestSchema,
      answers: {
        202: jsonResponse('Accepted: the whole batch is stored.', BatchRef, {
          Location: Type.String({ description: '`/v1/batches/<id>`' }),
        }),
      },
      problems: {
        400: 'A field has a value that cannot be used, an item names no file, or the body is not JSON.',
        403: 'The request asks for personal data, which this server does not reveal.',
        409: 'Another request is using one of the batch’s uploads.',
        ...NO_JSON,
        507: 'The disk is full, or the storage limit is reached.',
      },
      bodyLimit: httpLimits.batchBodyBytes,
      onRequest: async (request) => {
        parseInspectQuery(request, services);
        room.check();
      },
      handler: async (request, reply) => {
        const tenant = tenantOf(request);
        const { made } = await runOnce(request, services, {
          id: newInspectionId(),
          content: request.body,
          make: async (id) => {
            await createBatch(request, reply, id, request.body, services);
            return id;
          },
          statusOf: () => 202,
          reload: async (id) => (await batches.get(tenant, id))?.id,
        });
        const batch = found(await batches.get(tenant, made));
        return sendPrivate(reply)
          .code(202)
          .header('location', `/v1/batches/${made}`)
          .send(await buildBatchEnvelope(batch, inspections));
      },
    });
  });

  registerOperation(app, 'GET /v1/batches', requireScope('read'), {
    operationId: 'listBatches',
    tags,
    summary: 'List batches',
    description: 'Newest first.',
    querystring: Type.Object(PageProperties, { additionalProperties: false }),
    answers: {
      200: jsonResponse('One page.', Type.Object({ batches: Type.Array(BatchRef), ...NEXT }), NEXT_LINK),
    },
    problems: BAD_QUERY,
    handler: async (request, reply) => {
      const { items, next } = await batches.list(tenantOf(request), parsePage(request.query));
      return sendPrivate(reply).send({
        batches: await Promise.all(items.map((batch) => buildBatchEnvelope(batch, inspections))),
        ...linkNextPage(request, reply, next),
      });
    },
  });

  registerOperation(app, 'GET /v1/batches/:id', requireScope('read'), {
    operationId: 'getBatch',
    tags,
    summary: 'Read the status of a batch',
    description:
      'Counts of the batch’s inspections by status and by declared origin. The result of each file is at `…/results`.',
    params: IdParamsSchema,
    answers: { 200: jsonResponse('The batch, with counts by status.', BatchRef, ETAG_HEADER) },
    problems: NotFound,
    handler: async (request, reply) => {
      const batch = found(await batches.get(tenantOf(request), request.params.id));
      return sendWithState(sendPrivate(reply), await buildBatchEnvelope(batch, inspections), batch);
    },
  });

  registerOperation(app, 'GET /v1/batches/:id/results', requireScope('read'), {
    operationId: 'getBatchResults',
    tags,
    summary: 'Read the results of a batch',
    description:
      'NDJSON: one inspection per line in the order of the items, with its Report if there is one, and last the ' +
      'batch itself; a stream without that line is incomplete. `after` continues after an item. Results can be requested at any time. ' +
      '`Accept` can also select a table or an archive of all Reports.',
    params: IdParamsSchema,
    querystring: Type.Object(
      {
        after: Type.Optional(
          Type.Integer({
            minimum: 0,
            maximum: httpLimits.batchItems,
            description: '`batchItem` of the last line received. Default: start at the first item.',
          }),
        ),
        ...LanguageSchema.properties,
      },
      { additionalProperties: false },
    ),
    answers: {
      200: {
        description: 'Lines of JSON.',
        content: {
          'application/x-ndjson': { schema: Type.String() },
          'text/csv': { schema: Type.String() },
          'application/zip': { schema: Type.String({ format: 'binary' }) },
        },
      },
    },
    problems: { ...NotFound, ...BAD_QUERY },
    handler: async (request, reply) => {
      const translator = requestedTranslator(request);
      const batch = found(await batches.get(tenantOf(request), request.params.id));
      const form = preferredType(request.headers.accept, [
        'application/x-ndjson',
        'text/csv',
        'application/zip',
      ]);
      if (form !== 'application/x-ndjson')
        return sendBatchFiles(request, reply, form === 'text/csv' ? 'csv' : 'zip', {
          batch,
          speech: translator,
          services,
        });
      return sendPrivate(reply)
        .type('application/x-ndjson')
        .send(
          streamBatchResults(
            batch,
            request.query.after ?? 0,
            stores,
            async (record) => (await discloseInspection(request, services, record)).record,
            translator,
          ),
        );
    },
  });

  registerOperation(app, 'POST /v1/batches/:id/cancel', requireScope('inspect', isIdempotent), {
    operationId: 'cancelBatch',
    tags,
    summary: 'Cancel the remaining inspections of a batch',
    description:
      'Queued inspections are never started. Running inspections continue to their end but leave no Report. Finished inspections stay.',
    params: IdParamsSchema,
    answers: { 200: jsonResponse('The batch after the change.', BatchRef) },
    problems: NotFound,
    handler: async (request, reply) => {
      const tenant = tenantOf(request);
      const { id } = request.params;
      await cancelBatch(tenant, id, services);
      const batch = found(await batches.get(tenant, id));
      return sendPrivate(reply).send(await buildBatchEnvelope(batch, inspections));
    },
  });

  registerOperation(app, 'DELETE /v1/batches/:id', requireScope('inspect'), {
    operationId: 'deleteBatch',
    tags,
    summary: 'Delete a batch with all of its inspections',
    description:
      'Deletes their Reports and uploads too, and cancels queued and running inspections. Files given by path stay.',
    headers: IfMatchHeadersSchema,
    params: IdParamsSchema,
    answers: { 204: { description: 'The batch is deleted.', type: 'null' } },
    problems: { ...NotFound, ...PRECONDITION_PROBLEM },
    handler: async (request, reply) => {
      const holds = buildPrecondition(request, (batch: Batch) => batch);
      if (
        !(await deleteBatch(tenantOf(request), request.params.id, services, {
          precondition: holds,
          by: actorOf(request),
        }))
      )
        throw new Problem('batch-not-found');
      return reply.code(204).send();
    },
  });
}

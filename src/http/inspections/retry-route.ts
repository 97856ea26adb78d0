import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { requireScope, tenantOf } from '../contract/access.js';
import { toEnvelope } from '../contract/inspection-envelope.js';
import { acceptEmptyBody } from '../contract/json-body.js';
import { registerOperation } from '../contract/operation.js';
import { Problem } from '../contract/problems/problem.js';
import { InspectionParamsSchema, jsonResponse } from '../contract/schemas.js';
import { sendPrivate } from '../responses/send-inspection.js';
import { honoursKey, runOnce } from '../services/idempotency.js';
import type { Services } from '../services/services.js';
import { retryInspection } from './retry-inspection.js';

/** Registers the route that retries a failed inspection. */
export function retryInspectionRoute(instance: FastifyInstance, services: Services): void {
  const { inspections } = services.stores;

  const found = async (tenant: string, id: string) => {
    const record = await inspections.get(tenant, id);
    if (record === undefined) throw new Problem('inspection-not-found');
    return record;
  };

  instance.register(async (scope) => {
    acceptEmptyBody(scope);
    registerOperation(scope, 'POST /v1/inspections/:id/retry', requireScope('inspect', honoursKey), {
      operationId: 'retryInspection',
      tags: ['inspections'],
      summary: 'Try a failed inspection again',
      description:
        'Queues the inspection again under the same id, as if it had never been started. Its batch stays open until the inspection ends, ' +
        'and webhooks are notified of that end too. The file is available until `uploadKeptUntil` (ASSAY_FAILED_UPLOAD_HOURS), or for ' +
        'as long as it exists at its own path. The retry does not count towards the key’s daily limits.',
      params: InspectionParamsSchema,
      answers: {
        202: jsonResponse('The inspection is queued again.', Type.Ref('Inspection#'), {
          Location: Type.String({ description: '`/v1/inspections/<id>`' }),
        }),
      },
      problems: {
        400: 'The `Idempotency-Key` is invalid, or the URL contains unsupported parameters.',
        404: 'There is no such report, or no longer.',
        409: 'The inspection has not failed (`not-failed`), or its file is no longer stored (`asset-gone`).',
      },
      handler: async (request, reply) => {
        const tenant = tenantOf(request);
        const record = await found(tenant, request.params.id);
        const { made } = await runOnce(request, services, {
          id: record.id,
          content: null,
          make: async (id) => {
            await retryInspection(record, services);
            return id;
          },
          statusOf: () => 202,
          // The first request may have died before it queued the inspection.
          reload: async (id, status) => {
            const now = await inspections.get(tenant, id);
            return status === undefined && now?.status === 'failed' ? undefined : now?.id;
          },
        });
        return sendPrivate(reply)
          .code(202)
          .header('location', `/v1/inspections/${made}`)
          .send(toEnvelope(await found(tenant, made)));
      },
    });
  });
}

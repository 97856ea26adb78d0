import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { requireScope, tenantOf } from '../contract/access.js';
import { toEnvelope } from '../contract/inspection-envelope.js';
import { acceptEmptyBody } from '../contract/json-body.js';
import { Problem } from '../contract/problems/problem.js';
import {
  InspectionParamsSchema,
  jsonResponse,
  problemResponses,
  type TypeBoxProvider,
} from '../contract/schemas.js';
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
    scope.withTypeProvider<TypeBoxProvider>().route({
      method: 'POST',
      url: '/v1/inspections/:id/retry',
      config: { ...requireScope('inspect'), ...honoursKey },
      schema: {
        operationId: 'retryInspection',
        tags: ['inspections'],
        summary: 'Try a failed inspection again',
        description:
          'It waits for a worker again, under its own id, as if it had never been begun; its batch is open until it has ended, ' +
          'and webhooks are told of that end too. The file is there until `uploadKeptUntil` (ASSAY_FAILED_UPLOAD_HOURS), or for ' +
          'as long as it lies under its own path. Nothing is taken of what a key may send in a day.',
        params: InspectionParamsSchema,
        response: {
          202: jsonResponse('It waits again.', Type.Ref('Inspection#'), {
            Location: Type.String({ description: '`/v1/inspections/<id>`' }),
          }),
          ...problemResponses({
            400: 'The `Idempotency-Key` cannot be used, or the address asks another question.',
            404: 'There is no such report, or no longer.',
            409: 'It has not failed (`not-failed`), or the file is no longer here (`asset-gone`).',
          }),
        },
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

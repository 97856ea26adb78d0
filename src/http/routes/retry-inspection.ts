import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { requireScope, tenantOf } from '../access.js';
import { envelope } from '../inspection-envelope.js';
import { takesNoBody } from '../json-body.js';
import { honoursKey, once } from '../once.js';
import { Problem } from '../problem.js';
import { retry } from '../retry.js';
import { InspectionParamsSchema, jsonAnswer, problemAnswers, type TypeBoxProvider } from '../schemas.js';
import { sendPrivate } from '../send-inspection.js';
import type { Services } from '../services.js';

/** A failed inspection once more. */
export function retryInspectionRoute(instance: FastifyInstance, services: Services): void {
  const { inspections } = services.stores;

  const found = async (tenant: string, id: string) => {
    const record = await inspections.get(tenant, id);
    if (record === undefined) throw new Problem('inspection-not-found');
    return record;
  };

  instance.register(async (scope) => {
    takesNoBody(scope);
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
          202: jsonAnswer('It waits again.', Type.Ref('Inspection#'), {
            Location: Type.String({ description: '`/v1/inspections/<id>`' }),
          }),
          ...problemAnswers({
            400: 'The `Idempotency-Key` cannot be used, or the address asks another question.',
            404: 'There is no such report, or no longer.',
            409: 'It has not failed (`not-failed`), or the file is no longer here (`asset-gone`).',
          }),
        },
      },
      handler: async (request, reply) => {
        const tenant = tenantOf(request);
        const record = await found(tenant, request.params.id);
        const { made } = await once(request, services, {
          id: record.id,
          of: null,
          make: async (id) => {
            await retry(record, services);
            return id;
          },
          statusOf: () => 202,
          // Whoever asked first may have died before it waited again.
          again: async (id, status) => {
            const now = await inspections.get(tenant, id);
            return status === undefined && now?.status === 'failed' ? undefined : now?.id;
          },
        });
        return sendPrivate(reply)
          .code(202)
          .header('location', `/v1/inspections/${made}`)
          .send(envelope(await found(tenant, made)));
      },
    });
  });
}

import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { DELIVERY_STATUSES, type Delivery } from '../../storage/webhooks/webhooks.js';
import { requireScope, tenantOf } from '../contract/access.js';
import { registerOperation } from '../contract/operation.js';
import { Problem } from '../contract/problems/problem.js';
import {
  linkNextPage,
  MAX_PAGE_SIZE,
  NEXT,
  NEXT_LINK,
  PageProperties,
  parsePage,
} from '../contract/queries/paging.js';
import { BAD_QUERY, IdParamsSchema, jsonResponse, NO_JSON } from '../contract/schemas.js';
import type { Services } from '../services/services.js';
import { DeliverySchema } from './webhook-schemas.js';

const PageSchema = Type.Object({ deliveries: Type.Array(DeliverySchema), ...NEXT });
const QuerySchema = Type.Object(
  {
    status: Type.Optional(Type.Enum(DELIVERY_STATUSES, { title: 'DeliveryStatus' })),
    ...PageProperties,
  },
  { additionalProperties: false },
);
const ReplaySchema = Type.Object(
  {
    ids: Type.Optional(
      Type.Array(Type.String({ maxLength: 100 }), {
        maxItems: MAX_PAGE_SIZE,
        description: 'Ids of dead letters. Default: all dead letters of this webhook.',
      }),
    ),
  },
  { additionalProperties: false },
);

/** Registers the deliveries of webhooks: sent, waiting and given up. */
export function webhookDeliveryRoutes(app: FastifyInstance, services: Services): void {
  const { webhooks, deliveries } = services;
  const tags = ['webhooks'];
  const access = requireScope('admin');

  registerOperation(app, 'GET /v1/webhooks/:id/deliveries', access, {
    operationId: 'listWebhookDeliveries',
    tags,
    summary: 'List deliveries; dead letters with `status=dead`',
    description:
      'Deliveries are sorted newest first: sent ones, pending ones with the time of the next attempt, and abandoned ones.',
    params: IdParamsSchema,
    querystring: QuerySchema,
    answers: { 200: jsonResponse('Newest first.', PageSchema, NEXT_LINK) },
    problems: { ...BAD_QUERY, 404: 'There is no such webhook.' },
    handler: async (request, reply) => {
      const { id } = request.params;
      const { status, ...page } = request.query;
      const tenant = tenantOf(request);
      if ((await webhooks.get(tenant, id)) === undefined) throw new Problem('webhook-not-found');
      const { items, next } = await deliveries.deliveries(
        tenant,
        id,
        status === undefined ? {} : { status },
        parsePage(page),
      );
      return reply
        .header('cache-control', 'no-store')
        .send({ deliveries: items.map(toDeliveryView), ...linkNextPage(request, reply, next) });
    },
  });

  registerOperation(app, 'POST /v1/webhooks/:id/deliveries/replay', access, {
    operationId: 'replayWebhookDeliveries',
    tags,
    summary: 'Send dead letters again',
    description: 'Delivery starts again with the first attempt, under the same `webhook-id`.',
    params: IdParamsSchema,
    body: ReplaySchema,
    answers: {
      202: jsonResponse(
        'Number of messages that are sent again.',
        Type.Object({ replayed: Type.Integer({ minimum: 0 }) }),
      ),
    },
    problems: {
      400: 'A field has a value that cannot be used, or the body is not JSON.',
      404: 'There is no such webhook.',
      409: 'The webhook is disabled.',
      ...NO_JSON,
    },
    handler: async (request, reply) => {
      const { id } = request.params;
      const tenant = tenantOf(request);
      const webhook = await webhooks.get(tenant, id);
      if (webhook === undefined) throw new Problem('webhook-not-found');
      if (webhook.disabled !== undefined) throw new Problem('webhook-disabled');
      const replayed = await deliveries.replay(tenant, id, new Date().toISOString(), request.body.ids);
      return reply.code(202).send({ replayed });
    },
  });
}

const toDeliveryView = ({ tenant: _tenant, webhookId: _webhook, ...delivery }: Delivery) => delivery;

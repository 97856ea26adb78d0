import type { FastifyInstance, FastifyRequest } from 'fastify';
import Type from 'typebox';
import { formatJson } from '../../base/json-line.js';
import { compact } from '../../base/json-shape.js';
import { SecretError } from '../../base/secrets/secret-keys.js';
import type { Config } from '../../config/settings.js';
import { createSecret, formatSecret } from '../../service/webhooks/secret.js';
import { parseTarget, TargetFault } from '../../service/webhooks/target.js';
import { webhookLimits as limits } from '../../service/webhooks/webhook-limits.js';
import { newInspectionId } from '../../storage/engine/record-id.js';
import type { Webhook, WebhookPatch, WebhookSecrets } from '../../storage/webhooks/webhooks.js';
import { requireScope, tenantOf } from '../contract/access.js';
import { registerOperation } from '../contract/operation.js';
import { badField, Problem } from '../contract/problems/problem.js';
import { linkNextPage, NEXT, NEXT_LINK, PageProperties, parsePage } from '../contract/queries/paging.js';
import { BAD_QUERY, IdParamsSchema, jsonResponse, NO_JSON } from '../contract/schemas.js';
import {
  buildPrecondition,
  ETAG_HEADER,
  IfMatchHeadersSchema,
  PRECONDITION_PROBLEM,
  sendWithState,
} from '../contract/state-tag.js';
import { honoursKey, runOnce } from '../services/idempotency.js';
import type { Services } from '../services/services.js';
import { NewWebhookSchema, TestSchema, WebhookChangesSchema, WebhookSchema } from './webhook-schemas.js';

const WITH_SECRET = {
  secret: Type.String({ description: 'Signing secret, shown only once. Begins with `whsec_`.' }),
};
const CreatedSchema = Type.Interface([WebhookSchema], WITH_SECRET);
const RotatedSchema = Type.Object({
  ...WITH_SECRET,
  oldSecretUntil: Type.String({
    description: 'Time until which messages are also signed with the old secret.',
  }),
});
const NotFound = { 404: 'There is no such webhook.' };

/** Registers webhooks. For admins: an endpoint is notified of every inspection of its tenant. */
export function webhookRoutes(app: FastifyInstance, services: Services): void {
  const { webhooks, deliveries, sender, config } = services;
  const tags = ['webhooks'];
  const access = requireScope('admin');

  registerOperation(app, 'POST /v1/webhooks', requireScope('admin', honoursKey), {
    operationId: 'createWebhook',
    tags,
    summary: 'Create a webhook',
    description:
      'Messages are signed as specified by Standard Webhooks (https://www.standardwebhooks.com), contain only essential data, may arrive ' +
      'twice, and are retried for three days. A 410 response disables the webhook. Redirects are not followed.',
    body: NewWebhookSchema,
    answers: {
      201: jsonResponse('The webhook and its secret.', CreatedSchema, {
        Location: Type.String({ description: '`/v1/webhooks/<id>`' }),
      }),
    },
    problems: {
      400: 'A field has a value that cannot be used, or the body is not JSON.',
      409: `There are already ${limits.perTenant} webhooks; or the secret of the created webhook can no longer be decrypted.`,
      ...NO_JSON,
    },
    handler: async (request, reply) => {
      const { url, events = [], description } = request.body;
      assertTarget(url, config);
      const tenant = tenantOf(request);
      const { made } = await runOnce(request, services, {
        id: newInspectionId(),
        content: request.body,
        make: async (id) => {
          const webhook = {
            ...{ id, tenant, url, events, createdAt: new Date().toISOString() },
            ...(description === undefined ? {} : { description }),
          };
          const secret = createSecret();
          if (!(await webhooks.create({ ...webhook, secret }, limits.perTenant)))
            throw new Problem('too-many-webhooks');
          return { webhook, secret };
        },
        statusOf: () => 201,
        // The secret is read from its row, which exists anyway: no second copy of a secret is stored.
        reload: async (id) => {
          const webhook = await webhooks.get(tenant, id);
          const secrets = await openSecrets(webhooks, tenant, id, new Date());
          if (secrets instanceof SecretError) throw new Problem('secret-not-opened', { cause: secrets });
          return webhook && secrets && { webhook, secret: secrets.secret };
        },
      });
      return reply
        .code(201)
        .header('location', `/v1/webhooks/${made.webhook.id}`)
        .header('cache-control', 'no-store')
        .send({ ...toWebhookView(made.webhook), secret: made.secret });
    },
  });

  registerOperation(app, 'GET /v1/webhooks', access, {
    operationId: 'listWebhooks',
    tags,
    summary: 'List webhooks',
    description: 'Webhooks are sorted by creation time and listed without their secrets.',
    querystring: Type.Object(PageProperties, { additionalProperties: false }),
    answers: {
      200: jsonResponse(
        'One page.',
        Type.Object({ webhooks: Type.Array(WebhookSchema), ...NEXT }),
        NEXT_LINK,
      ),
    },
    problems: BAD_QUERY,
    handler: async (request, reply) => {
      const { items, next } = await webhooks.page(tenantOf(request), parsePage(request.query));
      return { webhooks: items.map(toWebhookView), ...linkNextPage(request, reply, next) };
    },
  });

  registerOperation(app, 'GET /v1/webhooks/:id', access, {
    operationId: 'getWebhook',
    tags,
    summary: 'Read one webhook',
    description: 'Returns the webhook’s address, its events, and whether and why it was disabled.',
    params: IdParamsSchema,
    answers: { 200: jsonResponse('The webhook, without its secret.', WebhookSchema, ETAG_HEADER) },
    problems: NotFound,
    handler: async (request, reply) => {
      const webhook = toWebhookView(assertFound(await webhooks.get(tenantOf(request), request.params.id)));
      return sendWithState(reply, webhook, webhook);
    },
  });

  registerOperation(app, 'PATCH /v1/webhooks/:id', access, {
    operationId: 'updateWebhook',
    tags,
    summary: 'Change, disable or enable a webhook',
    description: 'Pending messages of a disabled webhook become dead letters.',
    headers: IfMatchHeadersSchema,
    params: IdParamsSchema,
    body: WebhookChangesSchema,
    answers: { 200: jsonResponse('The webhook after the change.', WebhookSchema, ETAG_HEADER) },
    problems: {
      ...NotFound,
      ...PRECONDITION_PROBLEM,
      400: 'A field has a value that cannot be used, or the body is not JSON.',
      ...NO_JSON,
    },
    handler: async (request, reply) => {
      const { url, events, description, enabled } = request.body;
      if (url !== undefined) assertTarget(url, config);
      const patch: WebhookPatch = {
        ...compact({ url, events, description }),
        ...(enabled === undefined ? {} : { disabled: enabled ? null : disabledNow() }),
      };
      const { id } = request.params;
      const webhook = toWebhookView(
        assertFound(await webhooks.patch(tenantOf(request), id, patch, webhookPrecondition(request))),
      );
      return sendWithState(reply, webhook, webhook);
    },
  });

  registerOperation(app, 'DELETE /v1/webhooks/:id', access, {
    operationId: 'deleteWebhook',
    tags,
    summary: 'Delete a webhook and its deliveries',
    description: 'Pending messages are no longer sent.',
    headers: IfMatchHeadersSchema,
    params: IdParamsSchema,
    answers: { 204: { description: 'The webhook is deleted.', type: 'null' } },
    problems: { ...NotFound, ...PRECONDITION_PROBLEM },
    handler: async (request, reply) => {
      if (!(await webhooks.delete(tenantOf(request), request.params.id, webhookPrecondition(request))))
        throw new Problem('webhook-not-found');
      return reply.code(204).send();
    },
  });

  registerOperation(app, 'POST /v1/webhooks/:id/secret', requireScope('admin', honoursKey), {
    operationId: 'rotateWebhookSecret',
    tags,
    summary: 'Make a new secret',
    description:
      'For a day messages are signed with both secrets, so that the receiver can switch. An old secret that can no longer be decrypted signs nothing; ' +
      'messages that were pending or abandoned because of it are sent with the new one.',
    params: IdParamsSchema,
    answers: { 200: jsonResponse('The new secret.', RotatedSchema) },
    problems: NotFound,
    handler: async (request, reply) => {
      const tenant = tenantOf(request);
      const { id } = request.params;
      const { made } = await runOnce(request, services, {
        id: newInspectionId(),
        content: null,
        make: async (_, seed) => {
          const secret = formatSecret(seed);
          const oldSecretUntil = new Date(Date.now() + limits.oldSecretMillis).toISOString();
          if (!(await webhooks.rotate(tenant, id, secret, oldSecretUntil)))
            throw new Problem('webhook-not-found');
          await deliveries.retrySigning({ webhookId: id }, new Date().toISOString());
          return { secret, oldSecretUntil };
        },
        statusOf: () => 200,
        // Repeating it would replace the previous secret, which still signs for a day.
        reload: async (_, __, seeds) => {
          const now = await openSecrets(webhooks, tenant, id, new Date(0));
          if (now === undefined || now instanceof SecretError) return undefined;
          const isOfThis = seeds.some((seed) => formatSecret(seed) === now.secret);
          return isOfThis
            ? { secret: now.secret, oldSecretUntil: now.old?.until ?? new Date().toISOString() }
            : undefined;
        },
      });
      return reply.header('cache-control', 'no-store').send(made);
    },
  });

  registerOperation(app, 'POST /v1/webhooks/:id/test', access, {
    operationId: 'testWebhook',
    tags,
    summary: 'Send one test message now',
    description: 'The message has the type `webhook.test`. It is sent once, even if the webhook is disabled.',
    params: IdParamsSchema,
    answers: { 200: jsonResponse('Result of the delivery attempt.', TestSchema) },
    problems: NotFound,
    handler: async (request) => {
      const { id } = request.params;
      const tenant = tenantOf(request);
      const now = new Date();
      const { url } = assertFound(await webhooks.get(tenant, id));
      const secrets = await openSecrets(webhooks, tenant, id, now);
      if (secrets instanceof SecretError) return { delivered: false, code: secrets.code };
      if (secrets === undefined) throw new Problem('webhook-not-found');
      const body = formatJson({ type: 'webhook.test', timestamp: now.toISOString(), data: { id } });
      const { outcome, ...how } = await sender.send(
        {
          id: newInspectionId(),
          url,
          secrets: [secrets.secret, ...(secrets.old ? [secrets.old.secret] : [])],
          body,
        },
        now,
      );
      return {
        delivered: outcome === 'delivered',
        ...('status' in how ? { status: how.status } : {}),
        ...('code' in how ? { code: how.code } : {}),
      };
    },
  });
}

async function openSecrets(
  webhooks: Services['webhooks'],
  tenant: string,
  id: string,
  now: Date,
): Promise<WebhookSecrets | SecretError | undefined> {
  try {
    return await webhooks.getSecrets(tenant, id, now.toISOString());
  } catch (error) {
    if (error instanceof SecretError) return error;
    throw error;
  }
}

/** Builds the precondition of `If-Match`. */
const webhookPrecondition = (request: FastifyRequest) => buildPrecondition(request, toWebhookView);

const disabledNow = () => ({ at: new Date().toISOString(), reason: 'requested' as const });

function assertFound(webhook: Webhook | undefined): Webhook {
  if (webhook === undefined) throw new Problem('webhook-not-found');
  return webhook;
}

/** The tenant is left out: it is always the caller's own. */
function toWebhookView({ tenant: _tenant, disabled, ...webhook }: Webhook) {
  return { ...webhook, enabled: disabled === undefined, ...(disabled === undefined ? {} : { disabled }) };
}

function assertTarget(url: string, { webhookAllowedHosts, fetch }: Config): void {
  try {
    parseTarget(url, webhookAllowedHosts, fetch.denied);
  } catch (error) {
    if (error instanceof TargetFault) throw badField('url', error.userMessage);
    throw error;
  }
}

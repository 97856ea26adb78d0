import type { FastifyInstance, FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';
import { compact } from '../../base/json-shape.js';
import { chooseRulebooks } from '../../core/law/rulebooks/index.js';
import { ALL_RULEBOOKS, ROLES } from '../../core/report/rule-terms.js';
import { message } from '../../i18n/message.js';
import { messageOf } from '../../i18n/message-error.js';
import { translatorFor } from '../../i18n/translator.js';
import {
  type ApiKey,
  type CreatedKey,
  isKeyName,
  KEY_NAME_CHARACTERS,
  type NewKey,
} from '../../storage/access/keys.js';
import { formatKeySecret, newKeyId } from '../../storage/access/kysely-keys.js';
import { isAllowed, SCOPES } from '../../storage/access/scopes.js';
import { callerOf, requireScope, tenantOf } from '../contract/access.js';
import { registerJsonParser } from '../contract/json-body.js';
import { registerOperation } from '../contract/operation.js';
import { badField, Problem } from '../contract/problems/problem.js';
import {
  linkNextPage,
  MAX_PAGE_SIZE,
  NEXT,
  NEXT_LINK,
  pageProperties,
  parsePage,
} from '../contract/queries/paging.js';
import { BAD_BODY, BAD_QUERY, jsonResponse } from '../contract/schemas.js';
import {
  buildPrecondition,
  ETAG_HEADER,
  IfMatchHeadersSchema,
  PRECONDITION_PROBLEM,
  sendWithState,
} from '../contract/state-tag.js';
import { honoursKey, runOnce } from '../services/idempotency.js';
import type { Services } from '../services/services.js';

const closed = { additionalProperties: false } as const;
const Time = Type.String({ format: 'date-time' });
const SCOPE_LIST = { minItems: 1, maxItems: SCOPES.length, uniqueItems: true };
const ScopeSchema = Type.Enum(SCOPES, { title: 'Scope' });
/** The description of each scope is only in the schema for new keys. */
const ScopesSchema = Type.Array(ScopeSchema, SCOPE_LIST);
const NewScopesSchema = Type.Array(ScopeSchema, {
  ...SCOPE_LIST,
  description: SCOPES.map((scope) => `\`${scope}\`: ${translatorFor('en').text(`cli.scope.${scope}`)}`).join(
    '; ',
  ),
});
const Words = Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { minItems: 1, maxItems: 50 });
const DefaultsSchema = Type.Object(
  {
    jurisdictions: Type.Optional(Words),
    roles: Type.Optional(
      Type.Array(Type.Enum(ROLES, { title: 'Role' }), { minItems: 1, maxItems: ROLES.length }),
    ),
    rulebooks: Type.Optional(Words),
  },
  { title: 'KeyDefaults', ...closed, description: 'Law options used if the client sets none.' },
);
const Most = Type.Optional(Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }));
const LimitsSchema = Type.Object(
  { requestsPerMinute: Most, dailyInspections: Most, dailyBytes: Most },
  {
    title: 'KeyLimits',
    ...closed,
    description: 'Limits of the key; the service’s limits apply to absent members.',
  },
);

const NewKeySchema = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: KEY_NAME_CHARACTERS, examples: ['photo desk'] }),
    scopes: NewScopesSchema,
    expiresAt: Type.Optional(Time),
    defaults: Type.Optional(DefaultsSchema),
    limits: Type.Optional(LimitsSchema),
  },
  closed,
);

const KeySchema = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    scopes: ScopesSchema,
    defaults: DefaultsSchema,
    limits: LimitsSchema,
    createdAt: Time,
    createdBy: Type.Optional(Type.String({ description: 'Name of the API key that created this key.' })),
    expiresAt: Type.Optional(Time),
    revokedAt: Type.Optional(Time),
    lastUsedAt: Type.Optional(
      Type.String({ format: 'date-time', description: 'Time of the last use, to the minute.' }),
    ),
  },
  { title: 'Key' },
);
const MadeSchema = Type.Object({
  key: Type.String({
    description: 'The key itself. It is shown only once; the server stores only a digest.',
  }),
  ...KeySchema.properties,
});
const Params = Type.Object({ id: Type.String({ description: 'Id of the key, as in the list of keys.' }) });

const denied = {
  401: 'The request has no API key, or an invalid one.',
  403: 'The key lacks the scope `admin`.',
};

/** Registers the keys of the caller's own tenant. */
export function keyRoutes(app: FastifyInstance, services: Services): void {
  app.register(async (scope) => {
    registerJsonParser(scope);
    registerRoutes(scope, services);
  });
}

function registerRoutes(app: FastifyInstance, services: Services): void {
  const { keys, now } = services;

  registerOperation(app, 'POST /v1/keys', requireScope('admin', honoursKey), {
    operationId: 'createKey',
    tags: ['keys'],
    summary: 'Make a key',
    description:
      'A key can grant only what it has: the scopes of the new key are among those of the key that creates it.',
    body: NewKeySchema,
    answers: {
      201: jsonResponse('The key.', MadeSchema, {
        Location: Type.String({ description: '`/v1/keys/<id>`' }),
      }),
    },
    problems: { ...BAD_BODY, ...denied },
    handler: async (request, reply) => {
      const tenant = tenantOf(request);
      const { made } = await runOnce<CreatedKey>(request, services, {
        id: newKeyId(),
        content: request.body,
        make: (id, seed) =>
          keys.create(buildKey(request, request.body, now()), now(), { id, secret: formatKeySecret(seed) }),
        statusOf: () => 201,
        reload: async (id, _, seeds) => {
          const key = await keys.get(tenant, id);
          const told = await keys.findSecret(tenant, id, seeds.map(formatKeySecret));
          const isThere = key !== undefined && key.revokedAt === undefined && told !== undefined;
          return isThere ? { key, ...told } : undefined;
        },
      });
      const { key, text } = made;
      return reply
        .code(201)
        .header('cache-control', 'no-store')
        .header('location', `/v1/keys/${key.id}`)
        .send({ key: text, ...toKeyView(key) });
    },
  });

  registerOperation(app, 'GET /v1/keys', requireScope('admin'), {
    operationId: 'listKeys',
    tags: ['keys'],
    summary: 'List keys',
    description: 'Keys are sorted newest first and include revoked and expired ones.',
    querystring: Type.Object(pageProperties(MAX_PAGE_SIZE), { additionalProperties: false }),
    answers: {
      200: jsonResponse('One page.', Type.Object({ keys: Type.Array(KeySchema), ...NEXT }), NEXT_LINK),
    },
    problems: { ...BAD_QUERY, ...denied },
    handler: async (request, reply) => {
      const page = parsePage({ limit: MAX_PAGE_SIZE, ...request.query });
      const { items, next } = await keys.page(tenantOf(request), page);
      return reply
        .header('cache-control', 'no-store')
        .send({ keys: items.map(toKeyView), ...linkNextPage(request, reply, next) });
    },
  });

  registerOperation(app, 'GET /v1/keys/:id', requireScope('admin'), {
    operationId: 'getKey',
    tags: ['keys'],
    summary: 'Read the permissions of a key',
    description: 'Returns the scopes, defaults and limits of the key, and the time of its last use.',
    params: Params,
    answers: { 200: jsonResponse('The key, without its secret.', KeySchema, ETAG_HEADER) },
    problems: { ...denied, 404: 'There is no such key.' },
    handler: async (request, reply) => {
      const key = await keys.get(tenantOf(request), request.params.id);
      if (key === undefined) throw new Problem('key-not-found');
      return sendWithState(reply.header('cache-control', 'no-store'), toKeyView(key), stateOfKey(key));
    },
  });

  registerOperation(app, 'DELETE /v1/keys/:id', requireScope('admin'), {
    operationId: 'revokeKey',
    tags: ['keys'],
    summary: 'Revoke a key',
    description: 'The key is rejected from now on, and sessions started with it end.',
    headers: IfMatchHeadersSchema,
    params: Params,
    answers: { 204: { description: 'The key is revoked.', type: 'null' } },
    problems: { ...denied, 404: 'There is no such key.', ...PRECONDITION_PROBLEM },
    handler: async (request, reply) => {
      const { id } = request.params;
      if (!(await keys.revoke(tenantOf(request), id, now(), buildPrecondition(request, stateOfKey))))
        throw new Problem('key-not-found');
      return reply.code(204).send();
    },
  });
}

function buildKey(request: FastifyRequest, asked: Static<typeof NewKeySchema>, now: Date): NewKey {
  const caller = callerOf(request);
  if (!isKeyName(asked.name)) throw badField('name', message('problem.field.line'));
  const beyond = asked.scopes.find((scope) => !isAllowed(caller.scopes, scope));
  if (beyond !== undefined) throw badField('scopes', message('problem.field.beyond', { scope: beyond }));
  const expires = asked.expiresAt === undefined ? undefined : Date.parse(asked.expiresAt);
  if (expires !== undefined && !(expires > now.getTime()))
    throw badField('expiresAt', message('problem.field.future'));
  assertKnownDefaults(asked.defaults ?? {});
  return {
    tenant: caller.tenant,
    name: asked.name,
    scopes: SCOPES.filter((scope) => asked.scopes.includes(scope)),
    createdBy: caller.name,
    ...compact({ defaults: asked.defaults, limits: asked.limits }),
    ...(expires === undefined ? {} : { expiresAt: new Date(expires).toISOString() }),
  };
}

/** A key with an unknown default would refuse every file later on. */
function assertKnownDefaults({ jurisdictions, rulebooks }: Static<typeof DefaultsSchema>): void {
  try {
    chooseRulebooks({
      ...(rulebooks === undefined || rulebooks.includes(ALL_RULEBOOKS) ? {} : { ids: rulebooks }),
      ...(jurisdictions === undefined ? {} : { jurisdictions }),
    });
  } catch (error) {
    throw badField('defaults', message('problem.field.defaults', { why: messageOf(error) }));
  }
}

/** The tenant is left out: it is always the caller's own. */
function toKeyView({ tenant: _tenant, ...key }: ApiKey): Omit<ApiKey, 'tenant'> {
  return key;
}

/** Using a key does not change its state. */
function stateOfKey({ lastUsedAt: _, ...key }: ApiKey): Omit<ApiKey, 'lastUsedAt'> {
  return key;
}

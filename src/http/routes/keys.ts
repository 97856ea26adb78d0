import type { FastifyInstance, FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';
import { compact } from '../../core/ground/json-shape.js';
import { chooseRulebooks } from '../../core/law/rulebooks/index.js';
import { ALL_RULEBOOKS, ROLES } from '../../core/report/rule-terms.js';
import { said } from '../../say/said.js';
import { errorSaid } from '../../say/said-error.js';
import { speechOf } from '../../say/speech.js';
import { type ApiKey, isKeyName, KEY_NAME_CHARACTERS, type MadeKey, type NewKey } from '../../store/keys.js';
import { keySecret, newKeyId } from '../../store/kysely-keys.js';
import { allows, SCOPES } from '../../store/scopes.js';
import { callerOf, requireScope, tenantOf } from '../access.js';
import { readsJson } from '../json-body.js';
import { honoursKey, once } from '../once.js';
import { MOST_PAGE, NEXT, NEXT_LINK, nextPage, pageIn, pageProperties } from '../paging.js';
import { badField, Problem } from '../problem.js';
import { BAD_BODY, BAD_QUERY, jsonAnswer, problemAnswers, type TypeBoxProvider } from '../schemas.js';
import type { Services } from '../services.js';
import {
  ETAG_HEADER,
  IfMatchHeadersSchema,
  ifMatchOf,
  PRECONDITION_PROBLEM,
  sendWithState,
} from '../state-tag.js';

const closed = { additionalProperties: false } as const;
const Time = Type.String({ format: 'date-time' });
const SCOPE_LIST = { minItems: 1, maxItems: SCOPES.length, uniqueItems: true };
const ScopeSchema = Type.Enum(SCOPES, { title: 'Scope' });
/** What each gives is told where a key is made. */
const ScopesSchema = Type.Array(ScopeSchema, SCOPE_LIST);
const NewScopesSchema = Type.Array(ScopeSchema, {
  ...SCOPE_LIST,
  description: SCOPES.map((scope) => `\`${scope}\`: ${speechOf('en').words(`cli.scope.${scope}`)}`).join(
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
  { title: 'KeyDefaults', ...closed, description: 'What is asked where the client names nothing.' },
);
const Most = Type.Optional(Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }));
const LimitsSchema = Type.Object(
  { requestsPerMinute: Most, dailyInspections: Most, dailyBytes: Most },
  { title: 'KeyLimits', ...closed, description: 'Left out: the service’s own.' },
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
    createdBy: Type.Optional(Type.String({ description: 'Name of the key that made it.' })),
    expiresAt: Type.Optional(Time),
    revokedAt: Type.Optional(Time),
    lastUsedAt: Type.Optional(Type.String({ format: 'date-time', description: 'To the minute.' })),
  },
  { title: 'Key' },
);
const MadeSchema = Type.Object({
  key: Type.String({ description: 'The key itself. It is shown this once; only a digest is kept.' }),
  ...KeySchema.properties,
});
const Params = Type.Object({ id: Type.String({ description: 'As in the list of keys.' }) });

const denied = {
  401: 'No key, or one that does not hold.',
  403: 'The key lacks the scope `admin`.',
};

/** The keys of the asking key's own tenant. */
export function keyRoutes(instance: FastifyInstance, services: Services): void {
  instance.register(async (scope) => {
    readsJson(scope);
    routes(scope, services);
  });
}

function routes(instance: FastifyInstance, services: Services): void {
  const app = instance.withTypeProvider<TypeBoxProvider>();
  const { keys, now } = services;

  app.route({
    method: 'POST',
    url: '/v1/keys',
    config: { ...requireScope('admin'), ...honoursKey },
    schema: {
      operationId: 'createKey',
      tags: ['keys'],
      summary: 'Make a key',
      description: 'A key gives no more than it has: its scopes are among those of the key that makes it.',
      consumes: ['application/json'],
      body: NewKeySchema,
      response: {
        201: jsonAnswer('The key.', MadeSchema, {
          Location: Type.String({ description: '`/v1/keys/<id>`' }),
        }),
        ...problemAnswers({ ...BAD_BODY, ...denied }),
      },
    },
    handler: async (request, reply) => {
      const tenant = tenantOf(request);
      const { made } = await once<MadeKey>(request, services, {
        id: newKeyId(),
        of: request.body,
        make: (id, seed) =>
          keys.create(newKey(request, request.body, now()), now(), { id, secret: keySecret(seed) }),
        statusOf: () => 201,
        again: async (id, _, seeds) => {
          const key = await keys.get(tenant, id);
          const told = await keys.secretAmong(tenant, id, seeds.map(keySecret));
          const isThere = key !== undefined && key.revokedAt === undefined && told !== undefined;
          return isThere ? { key, ...told } : undefined;
        },
      });
      const { key, text } = made;
      return reply
        .code(201)
        .header('cache-control', 'no-store')
        .header('location', `/v1/keys/${key.id}`)
        .send({ key: text, ...shown(key) });
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/keys',
    config: requireScope('admin'),
    schema: {
      operationId: 'listKeys',
      tags: ['keys'],
      summary: 'List keys',
      description: 'Newest first, with those that no longer hold.',
      querystring: Type.Object(pageProperties(MOST_PAGE), { additionalProperties: false }),
      response: {
        200: jsonAnswer('One page.', Type.Object({ keys: Type.Array(KeySchema), ...NEXT }), NEXT_LINK),
        ...problemAnswers({ ...BAD_QUERY, ...denied }),
      },
    },
    handler: async (request, reply) => {
      const page = pageIn({ limit: MOST_PAGE, ...request.query });
      const { items, next } = await keys.page(tenantOf(request), page);
      return reply
        .header('cache-control', 'no-store')
        .send({ keys: items.map(shown), ...nextPage(request, reply, next) });
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/keys/:id',
    config: requireScope('admin'),
    schema: {
      operationId: 'getKey',
      tags: ['keys'],
      summary: 'Read what a key may do',
      description: 'Its scopes, defaults and limits, and when it was used last.',
      params: Params,
      response: {
        200: jsonAnswer('The key, without its secret.', KeySchema, ETAG_HEADER),
        ...problemAnswers({ ...denied, 404: 'There is no such key.' }),
      },
    },
    handler: async (request, reply) => {
      const key = await keys.get(tenantOf(request), request.params.id);
      if (key === undefined) throw new Problem('key-not-found');
      return sendWithState(reply.header('cache-control', 'no-store'), shown(key), stateOfKey(key));
    },
  });

  app.route({
    method: 'DELETE',
    url: '/v1/keys/:id',
    config: requireScope('admin'),
    schema: {
      operationId: 'revokeKey',
      tags: ['keys'],
      summary: 'Revoke a key',
      description: 'From now on it opens nothing, and whoever signed in with it is signed out.',
      headers: IfMatchHeadersSchema,
      params: Params,
      response: {
        204: { description: 'It is revoked.', type: 'null' },
        ...problemAnswers({ ...denied, 404: 'There is no such key.', ...PRECONDITION_PROBLEM }),
      },
    },
    handler: async (request, reply) => {
      const { id } = request.params;
      if (!(await keys.revoke(tenantOf(request), id, now(), ifMatchOf(request, stateOfKey))))
        throw new Problem('key-not-found');
      return reply.code(204).send();
    },
  });
}

function newKey(request: FastifyRequest, asked: Static<typeof NewKeySchema>, now: Date): NewKey {
  const caller = callerOf(request);
  if (!isKeyName(asked.name)) throw badField('name', said('problem.field.line'));
  const beyond = asked.scopes.find((scope) => !allows(caller.scopes, scope));
  if (beyond !== undefined) throw badField('scopes', said('problem.field.beyond', { scope: beyond }));
  const expires = asked.expiresAt === undefined ? undefined : Date.parse(asked.expiresAt);
  if (expires !== undefined && !(expires > now.getTime()))
    throw badField('expiresAt', said('problem.field.future'));
  refuseUnknown(asked.defaults ?? {});
  return {
    tenant: caller.tenant,
    name: asked.name,
    scopes: SCOPES.filter((scope) => asked.scopes.includes(scope)),
    createdBy: caller.name,
    ...compact({ defaults: asked.defaults, limits: asked.limits }),
    ...(expires === undefined ? {} : { expiresAt: new Date(expires).toISOString() }),
  };
}

/** A key with a default that means nothing would refuse every file later on. */
function refuseUnknown({ jurisdictions, rulebooks }: Static<typeof DefaultsSchema>): void {
  try {
    chooseRulebooks({
      ...(rulebooks === undefined || rulebooks.includes(ALL_RULEBOOKS) ? {} : { ids: rulebooks }),
      ...(jurisdictions === undefined ? {} : { jurisdictions }),
    });
  } catch (error) {
    throw badField('defaults', said('problem.field.defaults', { why: errorSaid(error) }));
  }
}

/** The tenant goes without saying: it is the asker's. */
function shown({ tenant: _tenant, ...key }: ApiKey): Omit<ApiKey, 'tenant'> {
  return key;
}

/** That it is used changes nothing of it. */
function stateOfKey({ lastUsedAt: _, ...key }: ApiKey): Omit<ApiKey, 'lastUsedAt'> {
  return key;
}

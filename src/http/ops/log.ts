import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { message } from '../../i18n/message.js';
import { requireScope, tenantOf } from '../contract/access.js';
import { preferredType } from '../contract/negotiation.js';
import { badField } from '../contract/problems/problem.js';
import { linkNextPage, NEXT, NEXT_LINK, numberedPageProperties } from '../contract/queries/paging.js';
import { BAD_QUERY, jsonResponse, problemResponses, type TypeBoxProvider } from '../contract/schemas.js';
import type { Services } from '../services/services.js';

const DEFAULT_LEAVES = 100;
const MAX_LEAVES = 1_000;
const MAX_INDEX = Number.MAX_SAFE_INTEGER;

const Base64 = Type.String({ description: 'Base64.' });
const indexSchema = (description: string) => Type.Integer({ minimum: 0, maximum: MAX_INDEX, description });

const HeadSchema = Type.Object(
  {
    origin: Type.String(),
    size: Type.Integer({ description: 'Leaves.' }),
    verifierKey: Type.String({ description: 'As C2SP’s signed-note writes it.' }),
    checkpoint: Type.String({ description: 'The signed head, as C2SP’s tlog-checkpoint has it.' }),
  },
  { title: 'LogHead' },
);

const LeafSchema = Type.Object(
  {
    index: Type.Integer(),
    leaf: Type.Optional(
      Type.Unsafe<object>({ type: 'object', description: 'Left out once its time is over.' }),
    ),
    hash: Base64,
  },
  { title: 'LogLeaf' },
);

const refusals = {
  401: 'No key, or one that does not hold.',
  403: 'The key lacks the scope `admin`.',
};
const json = <T>(schema: T) => ({ 'application/json': { schema } });

/** Registers the log for a second machine that monitors this one: heads, leaves and proofs of the tenant of the key. */
export function logRoutes(instance: FastifyInstance, { log }: Services): void {
  const app = instance.withTypeProvider<TypeBoxProvider>();
  const common = { method: 'GET', config: requireScope('admin') } as const;
  const tags = ['keys'];

  app.route({
    ...common,
    url: '/v1/log/head',
    schema: {
      operationId: 'getLogHead',
      tags,
      summary: 'The signed head of the log',
      description: '`Accept: text/plain`: the checkpoint alone.',
      response: {
        200: {
          description: 'Of now.',
          content: { ...json(HeadSchema), 'text/plain': { schema: Type.String() } },
        },
        ...problemResponses({ ...refusals, 500: 'Nothing signs heads here.' }),
      },
    },
    handler: async (request, reply) => {
      const head = await log.getSignedHead(tenantOf(request));
      if (head === undefined) throw new Error('nothing signs the heads of the log');
      reply.header('cache-control', 'no-store');
      if (preferredType(request.headers.accept, ['application/json', 'text/plain']) === 'application/json')
        return reply.send(head);
      return reply
        .type('text/plain; charset=utf-8')
        .serializer((text: unknown) => text as string)
        .send(head.checkpoint);
    },
  });

  app.route({
    ...common,
    url: '/v1/log/leaves',
    schema: {
      operationId: 'listLogLeaves',
      tags,
      summary: 'Leaves of the log',
      description:
        'In their order, without who it was. `hash` is over canonical JSON (RFC 8785) behind a byte 0.',
      querystring: Type.Object(
        {
          from: Type.Optional(indexSchema('The first.')),
          ...numberedPageProperties(DEFAULT_LEAVES, MAX_LEAVES),
        },
        { additionalProperties: false },
      ),
      response: {
        200: jsonResponse('One page.', Type.Object({ leaves: Type.Array(LeafSchema), ...NEXT }), NEXT_LINK),
        ...problemResponses({ ...BAD_QUERY, ...refusals }),
      },
    },
    handler: async (request, reply) => {
      const { limit = DEFAULT_LEAVES, cursor } = request.query;
      const from = cursor === undefined ? (request.query.from ?? 0) : Number(cursor);
      // Reads one more than the page, to know whether another page follows.
      const leaves = await log.listLeaves(tenantOf(request), from, limit + 1);
      const next = leaves[limit]?.index;
      return reply.header('cache-control', 'no-store').send({
        leaves: leaves.slice(0, limit),
        ...linkNextPage(request, reply, next === undefined ? undefined : String(next)),
      });
    },
  });

  app.route({
    ...common,
    url: '/v1/log/proof',
    schema: {
      operationId: 'getLogProof',
      tags,
      summary: 'A proof about the log',
      description:
        'RFC 6962: with `index`, that this leaf is under the tree of `size` leaves; with `from`, that this tree only adds ' +
        'to the one of `from` leaves.',
      querystring: Type.Object(
        {
          index: Type.Optional(indexSchema('Of a leaf.')),
          from: Type.Optional(indexSchema('Of an earlier head.')),
          size: indexSchema('Of a head.'),
        },
        { additionalProperties: false },
      ),
      response: {
        200: jsonResponse('The hashes of the proof.', Type.Object({ proof: Type.Array(Base64) })),
        ...problemResponses({ ...BAD_QUERY, ...refusals }),
      },
    },
    handler: async (request, reply) => {
      const { index, from, size } = request.query;
      const tenant = tenantOf(request);
      if ((index === undefined) === (from === undefined))
        throw badField('index', message('problem.field.indexOrFrom'));
      try {
        const proof =
          index === undefined
            ? await log.proveConsistency(tenant, from ?? 0, size)
            : await log.proveInclusion(tenant, index, size);
        return reply.header('cache-control', 'no-store').send({ proof });
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        throw badField('size', message('problem.field.noTree'));
      }
    },
  });
}

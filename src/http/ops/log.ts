import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { message } from '../../i18n/message.js';
import { requireScope, tenantOf } from '../contract/access.js';
import { preferredType } from '../contract/negotiation.js';
import { registerOperation } from '../contract/operation.js';
import { badField } from '../contract/problems/problem.js';
import { linkNextPage, NEXT, NEXT_LINK, numberedPageProperties } from '../contract/queries/paging.js';
import { BAD_QUERY, jsonResponse } from '../contract/schemas.js';
import type { Services } from '../services/services.js';

const DEFAULT_LEAVES = 100;
const MAX_LEAVES = 1_000;
const MAX_INDEX = Number.MAX_SAFE_INTEGER;

const Base64 = Type.String({ description: 'Base64.' });
const indexSchema = (description: string) => Type.Integer({ minimum: 0, maximum: MAX_INDEX, description });

const HeadSchema = Type.Object(
  {
    origin: Type.String(),
    size: Type.Integer({ description: 'Number of leaves.' }),
    verifierKey: Type.String({ description: 'Verifier key in the format of C2SP’s signed-note.' }),
    checkpoint: Type.String({ description: 'Signed head in the format of C2SP’s tlog-checkpoint.' }),
  },
  { title: 'LogHead' },
);

const LeafSchema = Type.Object(
  {
    index: Type.Integer(),
    leaf: Type.Optional(
      Type.Unsafe<object>({
        type: 'object',
        description: 'Content of the leaf; absent once its retention period is over.',
      }),
    ),
    hash: Base64,
  },
  { title: 'LogLeaf' },
);

const refusals = {
  401: 'The request has no API key, or an invalid one.',
  403: 'The key lacks the scope `admin`.',
};
const json = <T>(schema: T) => ({ 'application/json': { schema } });

/** Registers the log for a second machine that monitors this one: heads, leaves and proofs of the tenant of the key. */
export function logRoutes(app: FastifyInstance, { log }: Services): void {
  const access = requireScope('admin');
  const tags = ['keys'];

  registerOperation(app, 'GET /v1/log/head', access, {
    operationId: 'getLogHead',
    tags,
    summary: 'Read the signed head of the log',
    description: 'With `Accept: text/plain` the response is only the checkpoint.',
    answers: {
      200: {
        description: 'The current head.',
        content: { ...json(HeadSchema), 'text/plain': { schema: Type.String() } },
      },
    },
    problems: { ...refusals, 500: 'This server has no key for signing heads.' },
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

  registerOperation(app, 'GET /v1/log/leaves', access, {
    operationId: 'listLogLeaves',
    tags,
    summary: 'List leaves of the log',
    description:
      'Leaves are in log order and do not name the person or key. `hash` is computed over a zero byte followed by canonical JSON (RFC 8785).',
    querystring: Type.Object(
      {
        from: Type.Optional(indexSchema('Index of the first leaf to return.')),
        ...numberedPageProperties(DEFAULT_LEAVES, MAX_LEAVES),
      },
      { additionalProperties: false },
    ),
    answers: {
      200: jsonResponse('One page.', Type.Object({ leaves: Type.Array(LeafSchema), ...NEXT }), NEXT_LINK),
    },
    problems: { ...BAD_QUERY, ...refusals },
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

  registerOperation(app, 'GET /v1/log/proof', access, {
    operationId: 'getLogProof',
    tags,
    summary: 'Read a proof about the log',
    description:
      'Proof as in RFC 6962: with `index`, that the tree of `size` leaves contains this leaf; with `from`, that this tree only adds ' +
      'leaves to the tree of `from` leaves.',
    querystring: Type.Object(
      {
        index: Type.Optional(indexSchema('Index of a leaf.')),
        from: Type.Optional(indexSchema('Tree size of an earlier head.')),
        size: indexSchema('Tree size of a head.'),
      },
      { additionalProperties: false },
    ),
    answers: { 200: jsonResponse('The hashes of the proof.', Type.Object({ proof: Type.Array(Base64) })) },
    problems: { ...BAD_QUERY, ...refusals },
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

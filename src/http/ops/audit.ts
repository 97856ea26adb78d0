import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import type { NumberedEntry } from '../../storage/log/audit.js';
import { requireScope, tenantOf } from '../contract/access.js';
import { registerOperation } from '../contract/operation.js';
import { linkNextPage, NEXT, NEXT_LINK, numberedPageProperties } from '../contract/queries/paging.js';
import { BAD_QUERY, jsonResponse } from '../contract/schemas.js';
import type { Services } from '../services/services.js';

const DEFAULT_ENTRIES = 100;
const MAX_ENTRIES = 500;

const EntrySchema = Type.Object(
  {
    number: Type.Integer({ description: 'Number of the entry, ascending in the order of writing.' }),
    at: Type.String({ format: 'date-time' }),
    keyId: Type.Optional(Type.String()),
    who: Type.String({ description: 'Name of the key.' }),
    action: Type.String({ examples: ['createInspection', 'GET /inspections/:id'] }),
    subject: Type.Optional(Type.String({ description: 'Id in the request’s URL.' })),
    status: Type.Integer({ description: 'HTTP status of the response.' }),
    requestId: Type.String({ description: 'Id of the request, as in `X-Request-Id`.' }),
  },
  { title: 'AuditEntry' },
);

export function auditRoutes(app: FastifyInstance, { audit }: Services): void {
  registerOperation(app, 'GET /v1/audit', requireScope('admin'), {
    operationId: 'listAudit',
    tags: ['keys'],
    summary: 'List audit log entries',
    description:
      'Entries of the requesting key’s own tenant, newest first. They contain no file names, content or addresses.',
    querystring: Type.Object(
      {
        before: Type.Optional(
          Type.Integer({
            minimum: 1,
            description: 'Only entries with lower numbers than this: the last number of the previous page.',
          }),
        ),
        ...numberedPageProperties(DEFAULT_ENTRIES, MAX_ENTRIES),
      },
      { additionalProperties: false },
    ),
    answers: {
      200: jsonResponse('One page.', Type.Object({ entries: Type.Array(EntrySchema), ...NEXT }), NEXT_LINK),
    },
    problems: {
      ...BAD_QUERY,
      401: 'The request has no API key, or an invalid one.',
      403: 'The key lacks the scope `admin`.',
    },
    handler: async (request, reply) => {
      const { limit = DEFAULT_ENTRIES, cursor } = request.query;
      const before = cursor === undefined ? request.query.before : Number(cursor);
      const entries = await audit.list(tenantOf(request), {
        // Reads one more than the page, to know whether another page follows.
        limit: limit + 1,
        ...(before === undefined ? {} : { before }),
      });
      const page = entries.slice(0, limit);
      const next = entries.length > limit ? String(page.at(-1)?.number) : undefined;
      return reply
        .header('cache-control', 'no-store')
        .send({ entries: page.map(toEntryView), ...linkNextPage(request, reply, next) });
    },
  });
}

function toEntryView({ tenant: _tenant, ...entry }: NumberedEntry): Omit<NumberedEntry, 'tenant'> {
  return entry;
}

import type { FastifyInstance } from 'fastify';
import { openToAll } from '../access.js';
import { openapiDocument } from '../openapi.js';

export function docsRoutes(app: FastifyInstance): void {
  app.route({
    method: 'GET',
    url: '/openapi.json',
    config: openToAll,
    schema: { hide: true },
    handler: async (_request, reply) => reply.header('cache-control', 'no-cache').send(openapiDocument(app)),
  });
}

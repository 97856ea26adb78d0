import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { openToAll } from '../contract/access.js';
import { jsonResponse } from '../contract/schemas.js';
import { ReadinessProbe } from '../services/readiness.js';
import type { Services } from '../services/services.js';

/** Registers liveness and readiness separately: a server that is full is alive, and restarting it would not help. */
export function healthRoutes(app: FastifyInstance, services: Services): void {
  const probe = new ReadinessProbe(services);
  const readiness = { 'application/json': { schema: Type.Ref('Readiness#') } };

  app.route({
    method: 'GET',
    url: '/v1/health/live',
    config: openToAll,
    schema: {
      operationId: 'getLiveness',
      tags: ['health'],
      summary: 'Is the process alive?',
      description: 'Whether the process answers at all. It looks at nothing else.',
      response: {
        200: jsonResponse('It answers.', Type.Object({ status: Type.Literal('live') })),
      },
    },
    handler: async (_request, reply) => reply.header('cache-control', 'no-store').send({ status: 'live' }),
  });

  app.route({
    method: 'GET',
    url: '/v1/health/ready',
    config: openToAll,
    schema: {
      operationId: 'getReadiness',
      tags: ['health'],
      summary: 'Can it take an upload now?',
      description:
        'Whether database, disk and readers work and the server is not ending; each check is named.',
      response: {
        200: { description: 'Yes.', content: readiness },
        503: { description: 'No; the checks say why.', content: readiness },
      },
    },
    handler: async (_request, reply) => {
      const answer = await probe.read();
      return reply
        .code(answer.status === 'ready' ? 200 : 503)
        .header('cache-control', 'no-store')
        .send(answer);
    },
  });
}

import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { openToAll } from '../contract/access.js';
import { registerOperation } from '../contract/operation.js';
import { jsonResponse } from '../contract/schemas.js';
import { ReadinessProbe } from '../services/readiness.js';
import type { Services } from '../services/services.js';

/** Registers liveness and readiness separately: a server that is full is alive, and restarting it would not help. */
export function healthRoutes(app: FastifyInstance, services: Services): void {
  const probe = new ReadinessProbe(services);
  const readiness = { 'application/json': { schema: Type.Ref('Readiness#') } };

  registerOperation(app, 'GET /v1/health/live', openToAll, {
    operationId: 'getLiveness',
    tags: ['health'],
    summary: 'Check that the process is alive',
    description: 'Checks only whether the process responds.',
    answers: { 200: jsonResponse('The process responds.', Type.Object({ status: Type.Literal('live') })) },
    handler: async (_request, reply) => reply.header('cache-control', 'no-store').send({ status: 'live' }),
  });

  registerOperation(app, 'GET /v1/health/ready', openToAll, {
    operationId: 'getReadiness',
    tags: ['health'],
    summary: 'Check that the server can accept an upload',
    description:
      'Checks by name whether database, disk and readers work and the server is not shutting down.',
    answers: {
      200: { description: 'The server is ready.', content: readiness },
      503: { description: 'The server is not ready; the checks give the reason.', content: readiness },
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

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../problem.js';
import { counterOf } from './trusted-proxies.js';

const WINDOW_SECONDS = 60;
const REQUESTS = 120;

/**
 * For what is open to whoever has a link: so many requests a minute and address, counted in this process. Takes the
 * plugin that requestLimit registers.
 */
export function visitorLimit(
  app: FastifyInstance,
): (request: FastifyRequest, reply: FastifyReply) => Promise<void> {
  const count = app.createRateLimit({
    max: REQUESTS,
    timeWindow: WINDOW_SECONDS * 1000,
    keyGenerator: ({ ip }) => `visitor ${counterOf(ip)}`,
  });
  return async (request) => {
    const counted = await count(request);
    if (counted.isAllowed || !counted.isExceeded) return;
    throw new Problem('too-many-requests', { headers: { 'retry-after': String(counted.ttlInSeconds) } });
  };
}

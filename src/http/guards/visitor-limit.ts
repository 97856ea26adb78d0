import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../contract/problems/problem.js';
import { toCounterKey } from './trusted-proxies.js';

const WINDOW_SECONDS = 60;
const REQUESTS = 120;

/**
 * Limits the requests per minute and address on routes that are open to holders of a link, counted in this process.
 * Requires the plugin that registerRequestLimit registers.
 */
export function createVisitorLimit(
  app: FastifyInstance,
): (request: FastifyRequest, reply: FastifyReply) => Promise<void> {
  const count = app.createRateLimit({
    max: REQUESTS,
    timeWindow: WINDOW_SECONDS * 1000,
    keyGenerator: ({ ip }) => `visitor ${toCounterKey(ip)}`,
  });
  return async (request) => {
    const counted = await count(request);
    if (counted.isAllowed || !counted.isExceeded) return;
    throw new Problem('too-many-requests', { headers: { 'retry-after': String(counted.ttlInSeconds) } });
  };
}

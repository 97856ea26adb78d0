import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AccessSettings } from '../../config/settings.js';
import { type Caller, callerOf } from '../contract/access.js';
import { Problem } from '../contract/problems/problem.js';
import { MinuteCounts } from './minute-counts.js';

const WINDOW_SECONDS = 60;

/**
 * Limits the requests per minute and key, counted in this process. The headers are those of
 * draft-ietf-httpapi-ratelimit-headers-11: `RateLimit-Policy` states the rule, `RateLimit` what is left of it.
 */
export async function registerRequestLimit(
  app: FastifyInstance,
  { requestsPerMinute }: AccessSettings,
): Promise<(request: FastifyRequest, reply: FastifyReply) => Promise<void>> {
  await app.register(rateLimit, { global: false, store: MinuteCounts });
  const most = ({ limits }: Caller) => limits.requestsPerMinute ?? requestsPerMinute;
  const count = app.createRateLimit({
    max: (request) => most(callerOf(request)),
    timeWindow: WINDOW_SECONDS * 1000,
    keyGenerator: (request) => callerOf(request).keyId ?? '',
  });
  return async (request, reply) => {
    const caller = callerOf(request);
    if (caller.keyId === undefined) return;
    const counted = await count(request);
    if (counted.isAllowed) return;
    reply.header('ratelimit-policy', `"requests";q=${most(caller)};w=${WINDOW_SECONDS}`);
    reply.header('ratelimit', `"requests";r=${counted.remaining};t=${counted.ttlInSeconds}`);
    if (counted.isExceeded) {
      throw new Problem('too-many-requests', { headers: { 'retry-after': String(counted.ttlInSeconds) } });
    }
  };
}

import type { LookupFunction } from 'node:net';
import { Agent, buildConnector } from 'undici';
import { publicLookup } from '../trust-lists/guarded-lookup.js';
import { isPublicAddress } from '../trust-lists/public-address.js';
import { privateTarget } from './target.js';
import { webhookLimits as limits } from './webhook-limits.js';

/** Connections of their own, none kept: what is judged is what is spoken to, for one request. */
const NEVER_KEPT = { pipelining: 0, keepAliveTimeout: 1, keepAliveMaxTimeout: 1 } as const;

/**
 * Speaks to public addresses only. A name is resolved and judged in one step, and the address that the socket came
 * to is judged once more: a literal is never looked up, and a name that answers differently each time gains nothing.
 */
export function publicAgent(lookup: LookupFunction = publicLookup): Agent {
  const connect = buildConnector({ lookup, timeout: limits.connectMillis, rejectUnauthorized: true });
  return new Agent({
    ...NEVER_KEPT,
    maxHeaderSize: limits.answerHeaderBytes,
    connect: (options, callback) =>
      connect(options, (error, socket) => {
        if (error !== null) return callback(error, null);
        if (isPublicAddress(socket.remoteAddress ?? '')) return callback(null, socket);
        socket.destroy();
        callback(privateTarget(), null);
      }),
  });
}

/** For hosts that the operator allows by name. */
export function allowedAgent(): Agent {
  return new Agent({
    ...NEVER_KEPT,
    maxHeaderSize: limits.answerHeaderBytes,
    connect: { timeout: limits.connectMillis, rejectUnauthorized: true },
  });
}

import { Socket } from 'node:net';
import type { FastifyRequest } from 'fastify';
import { httpLimits } from '../contract/limits.js';

/** Applies an idle timeout while the body comes in; a client that is silent afterwards only waits for its answer. */
export async function withIdleTimeout<T>(request: FastifyRequest, work: () => Promise<T>): Promise<T> {
  const { socket } = request.raw;
  if (socket instanceof Socket) socket.setTimeout(httpLimits.uploadIdleMillis);
  try {
    return await work();
  } finally {
    if (socket instanceof Socket) socket.setTimeout(0);
  }
}

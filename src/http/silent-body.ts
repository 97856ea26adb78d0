import { Socket } from 'node:net';
import type { FastifyRequest } from 'fastify';
import { httpLimits } from './limits.js';

/** While a body comes in, silence means that the client has gone; afterwards it waits for its turn. */
export async function whileBodyComes<T>(request: FastifyRequest, work: () => Promise<T>): Promise<T> {
  const { socket } = request.raw;
  if (socket instanceof Socket) socket.setTimeout(httpLimits.uploadIdleMillis);
  try {
    return await work();
  } finally {
    if (socket instanceof Socket) socket.setTimeout(0);
  }
}

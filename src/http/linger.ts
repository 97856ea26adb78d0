import { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { httpLimits } from './limits.js';

/**
 * Where an answer goes out before the body's end: throws away what still comes, for a bounded time.
 * Closing at once would reset the connection, and a client that is still sending then never reads the answer.
 */
export async function lingerAfterRefusal<T>(
  request: FastifyRequest,
  reply: FastifyReply,
  payload: T,
): Promise<T> {
  const { raw } = request;
  const { socket } = raw;
  if (raw.complete || !(socket instanceof Socket)) return payload;
  // Node cuts a connection that is not to be kept as soon as the answer is out.
  const closes = !reply.raw.shouldKeepAlive;
  reply.raw.shouldKeepAlive = true;
  reply.raw.once('finish', () => {
    const deadline = setTimeout(() => socket.destroy(), httpLimits.lingerMillis);
    socket.once('close', () => clearTimeout(deadline));
    raw.once('end', () => {
      clearTimeout(deadline);
      if (closes) socket.end();
    });
    raw.unpipe();
    // A web stream over it (tus) would pause it again at every piece, as nobody reads that stream any more.
    raw.removeAllListeners('data');
    raw.resume();
  });
  return payload;
}

import { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { httpLimits } from './limits.js';

/**
 * Drains the rest of a body whose answer was sent early, for a bounded time. Closing at once would reset the
 * connection, and a client that is still sending would never read the answer.
 */
export async function drainBody<T>(request: FastifyRequest, reply: FastifyReply, payload: T): Promise<T> {
  const { raw } = request;
  const { socket } = raw;
  if (raw.complete || !(socket instanceof Socket)) return payload;
  // Node closes a connection without keep-alive as soon as the answer is out.
  const closes = !reply.raw.shouldKeepAlive;
  reply.raw.shouldKeepAlive = true;
  reply.raw.once('finish', () => {
    const deadline = setTimeout(() => socket.destroy(), httpLimits.drainMillis);
    socket.once('close', () => clearTimeout(deadline));
    raw.once('end', () => {
      clearTimeout(deadline);
      if (closes) socket.end();
    });
    raw.unpipe();
    // The web stream over it (tus) would pause it at every chunk, because nobody reads that stream any more.
    raw.removeAllListeners('data');
    raw.resume();
  });
  return payload;
}

import { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { answerClientError } from './client-error.js';
import { httpLimits } from './limits.js';

/**
 * A body that comes in a byte at a time is never silent, and would hold a place for uploads for as long as the largest
 * file may take. So whoever sends less than so much in each while is cut off, with Node's own word for it.
 */
export function keepBodiesMoving(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ raw }) => {
    const { socket, headers } = raw;
    const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
    if (!hasBody || !(socket instanceof Socket)) return;
    let before = socket.bytesRead;
    const watch = setInterval(() => {
      const came = socket.bytesRead - before;
      before = socket.bytesRead;
      if (raw.complete || raw.destroyed) clearInterval(watch);
      else if (came < httpLimits.leastBodyBytesInWindow) {
        clearInterval(watch);
        answerClientError(Object.assign(new Error('too slow'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' }), socket);
        socket.destroySoon();
      }
    }, httpLimits.bodyWindowMillis);
    watch.unref();
    raw.once('close', () => clearInterval(watch));
  });
}

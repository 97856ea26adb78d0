import { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { httpLimits } from '../contract/limits.js';
import { sendClientError } from '../contract/problems/client-error.js';

/**
 * Closes a connection whose body arrives slower than a minimum rate, with Node's own error. A body of one byte at a
 * time is never idle, and would occupy an upload slot for as long as the largest file may take.
 */
export function enforceBodyRate(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ raw }) => {
    const { socket, headers } = raw;
    const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
    if (!hasBody || !(socket instanceof Socket)) return;
    let before = socket.bytesRead;
    const watch = setInterval(() => {
      const came = socket.bytesRead - before;
      before = socket.bytesRead;
      if (raw.complete || raw.destroyed) clearInterval(watch);
      else if (came < httpLimits.minBodyBytesInWindow) {
        clearInterval(watch);
        sendClientError(Object.assign(new Error('too slow'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' }), socket);
        socket.destroySoon();
      }
    }, httpLimits.bodyWindowMillis);
    watch.unref();
    raw.once('close', () => clearInterval(watch));
  });
}

import type { FastifyInstance } from 'fastify';
import { escapeJson } from '../../base/json-line.js';

const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json\b/;

/**
 * Escapes all JSON answers, including those stored by earlier versions, so that a terminal shows control characters of
 * a file instead of executing them. Streams of lines are escaped where they are made.
 */
export function escapeAnswers(app: FastifyInstance): void {
  app.addHook('onSend', async (_request, reply, payload) => {
    if (!JSON_TYPE.test(String(reply.getHeader('content-type') ?? ''))) return payload;
    if (typeof payload === 'string') return escapeJson(payload);
    return Buffer.isBuffer(payload) ? escapeJson(payload.toString('utf8')) : payload;
  });
}

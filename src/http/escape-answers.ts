import type { FastifyInstance } from 'fastify';
import { escapeJson } from '../core/ground/json-line.js';

const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json\b/;

/**
 * Answers in JSON go through its escaper on their way out, those too that were kept by a version before: whoever looks at one
 * in a terminal sees what a file says and nothing that it does. Streams of lines are escaped where they are made.
 */
export function escapeAnswers(app: FastifyInstance): void {
  app.addHook('onSend', async (_request, reply, payload) => {
    if (!JSON_TYPE.test(String(reply.getHeader('content-type') ?? ''))) return payload;
    if (typeof payload === 'string') return escapeJson(payload);
    return Buffer.isBuffer(payload) ? escapeJson(payload.toString('utf8')) : payload;
  });
}

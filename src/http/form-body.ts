import type { FastifyInstance, FastifyRequest } from 'fastify';
import { httpLimits } from './limits.js';

/** Only the routes of this scope read what a form without files sends. */
export function readsForms(scope: FastifyInstance, bodyLimit: number = httpLimits.bodyBytes): void {
  scope.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit },
    (_request, body, done) => done(null, new URLSearchParams(String(body))),
  );
}

/** Its fields; none where nothing was sent. */
export const formFields = ({ body }: FastifyRequest): URLSearchParams =>
  body instanceof URLSearchParams ? body : new URLSearchParams();

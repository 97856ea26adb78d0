import type { FastifyInstance, FastifyRequest } from 'fastify';
import { httpLimits } from '../contract/limits.js';

/** Adds the parser of URL-encoded forms to the routes of this scope only. */
export function registerFormParser(scope: FastifyInstance, bodyLimit: number = httpLimits.bodyBytes): void {
  scope.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit },
    (_request, body, done) => done(null, new URLSearchParams(String(body))),
  );
}

/** Returns the fields of the form; empty if nothing was sent. */
export const formFields = ({ body }: FastifyRequest): URLSearchParams =>
  body instanceof URLSearchParams ? body : new URLSearchParams();

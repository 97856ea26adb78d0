import compress from '@fastify/compress';
import cors, { type FastifyCorsOptions } from '@fastify/cors';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { AccessSettings } from '../config.js';
import { callerIfKnown } from './access.js';

/** Pages of these origins may ask with a key; without any nothing is said about it, which browsers take for no. */
export async function answerOtherOrigins(
  app: FastifyInstance,
  { corsOrigins }: AccessSettings,
): Promise<void> {
  if (corsOrigins.length === 0) return;
  const options: FastifyCorsOptions = {
    origin: [...corsOrigins],
    // A key stands in a header that the page itself sends; cookies are for pages of ours.
    credentials: false,
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    exposedHeaders: [
      'Location',
      'Retry-After',
      'RateLimit',
      'RateLimit-Policy',
      'X-Request-Id',
      'ETag',
      'Link',
      'Idempotency-Replayed',
      'Tus-Resumable',
      'Tus-Version',
      'Tus-Extension',
      'Tus-Max-Size',
      'Upload-Offset',
      'Upload-Length',
      'Upload-Defer-Length',
      'Upload-Metadata',
      'Upload-Expires',
    ],
    maxAge: 600,
  };
  await app.register(cors, {
    // What asks for nothing from another page is no question to us, but to the route: tus says by OPTIONS what it speaks.
    delegator: async ({ method, headers }: FastifyRequest) => ({
      ...options,
      preflight: method !== 'OPTIONS' || headers['access-control-request-method'] !== undefined,
    }),
  });
}

const LEAST_BYTES = 1_024;

/**
 * Long texts in br or gzip. How well an answer packs tells something of what stands in it (BREACH), so what holds a
 * secret beside words of a client is sent as it is: pages of a session with their form token, and answers to anything
 * that makes something.
 */
export async function packAnswers(app: FastifyInstance): Promise<void> {
  app.addHook('onRequest', async (request) => {
    if (request.method !== 'GET' || callerIfKnown(request)?.formToken !== undefined) {
      request.headers['x-no-compression'] = 'true';
    }
  });
  await app.register(compress, {
    encodings: ['br', 'gzip'],
    threshold: LEAST_BYTES,
    // Bodies that come in are not unpacked: a small one could be a large one.
    globalDecompression: false,
  });
}

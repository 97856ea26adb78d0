import compress from '@fastify/compress';
import cors, { type FastifyCorsOptions } from '@fastify/cors';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { AccessSettings } from '../../config/settings.js';
import { callerIfKnown } from './access.js';

/**
 * Lets pages of these origins call the API with a key. Without configured origins no CORS header is sent, which
 * browsers treat as a refusal.
 */
export async function registerCors(app: FastifyInstance, { corsOrigins }: AccessSettings): Promise<void> {
  if (corsOrigins.length === 0) return;
  const options: FastifyCorsOptions = {
    origin: [...corsOrigins],
    // The page itself sends the key in a header; cookies are only for Assay's own pages.
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
    // An OPTIONS request that is no CORS preflight goes to the route: tus describes its protocol by OPTIONS.
    delegator: async ({ method, headers }: FastifyRequest) => ({
      ...options,
      preflight: method !== 'OPTIONS' || headers['access-control-request-method'] !== undefined,
    }),
  });
}

const MIN_COMPRESSED_BYTES = 1_024;

/**
 * Compresses long texts with br or gzip. The compressed length discloses something of the content (BREACH), so answers
 * that combine a secret with the client's words are not compressed: pages of a session with their form token, and
 * answers to any request that creates something.
 */
export async function registerCompression(app: FastifyInstance): Promise<void> {
  app.addHook('onRequest', async (request) => {
    if (request.method !== 'GET' || callerIfKnown(request)?.formToken !== undefined) {
      request.headers['x-no-compression'] = 'true';
    }
  });
  await app.register(compress, {
    encodings: ['br', 'gzip'],
    threshold: MIN_COMPRESSED_BYTES,
    // Request bodies are not decompressed: a small one could expand to a large one.
    globalDecompression: false,
  });
}

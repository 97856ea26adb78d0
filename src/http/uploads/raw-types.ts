import type { FastifyRequest } from 'fastify';

/** Media types of a raw body. Its bytes decide what it really is. */
export const RAW_TYPES = /^(?:image|video|audio)\/|^application\/(?:octet-stream|pdf|mxf|ogg|mp4)(?:;|$)/;

export const hasRawBody = (request: FastifyRequest): boolean =>
  RAW_TYPES.test((request.headers['content-type'] ?? '').toLowerCase());

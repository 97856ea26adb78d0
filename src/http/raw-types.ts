import type { FastifyRequest } from 'fastify';

/** What such a body may be called; what it is, its bytes say. */
export const RAW_TYPES = /^(?:image|video|audio)\/|^application\/(?:octet-stream|pdf|mxf|ogg|mp4)(?:;|$)/;

export const isRaw = (request: FastifyRequest): boolean =>
  RAW_TYPES.test((request.headers['content-type'] ?? '').toLowerCase());

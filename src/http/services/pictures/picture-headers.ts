import type { FastifyReply } from 'fastify';

/** Opened by itself, a picture can do nothing and load nothing, whatever a browser takes it for. */
const PICTURE_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'";

export function pictureHeaders(reply: FastifyReply, name: string): FastifyReply {
  return reply
    .type('image/webp')
    .header('content-security-policy', PICTURE_POLICY)
    .header('content-disposition', `inline; filename="assay-${name}.webp"`);
}

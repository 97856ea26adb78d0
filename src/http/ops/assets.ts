import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import { openToAll } from '../contract/access.js';
import { icon } from '../pages/sections/icon.js';

/** Static files of the pages: each has its own route, so no folder can be traversed. */
const ASSETS = [
  { url: '/assets/style.css', type: 'text/css; charset=utf-8', content: () => formFile('style.css') },
  script('again.js'),
  script('copies.js'),
  script('form.js'),
  script('compare.js'),
  script('lightbox.js'),
  script('times.js'),
  script('copy.js'),
  script('seen.js'),
  { url: '/assets/icon.svg', type: 'image/svg+xml', content: () => icon },
] as const;

function script(name: string) {
  return {
    url: `/assets/${name}`,
    type: 'text/javascript; charset=utf-8',
    content: () => formFile(name),
  } as const;
}

function formFile(name: string): string {
  return readFileSync(new URL(`../pages/assets/${name}`, import.meta.url), 'utf8');
}

export function assetRoutes(app: FastifyInstance): void {
  for (const { url, type, content: read } of ASSETS) {
    const content = read();
    const etag = `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`;
    app.route({
      method: 'GET',
      url,

      config: openToAll,
      schema: { hide: true },
      handler: async (request, reply) => {
        // Revalidated each time, so that a new version shows at once.
        reply.header('cache-control', 'no-cache').header('etag', etag);
        if (request.headers['if-none-match'] === etag) return reply.code(304).send();
        return reply.type(type).send(content);
      },
    });
  }
}

import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { openToAll, pageRouteOptions } from '../contract/access.js';
import { apiPagePolicy } from '../contract/security-headers.js';
import { buildOpenapiDocument } from '../openapi/openapi.js';
import { renderBackLinks } from '../pages/api-page.js';

export function docsRoutes(app: FastifyInstance): void {
  app.get('/openapi.json', pageRouteOptions('open'), async (_request, reply) =>
    reply.header('cache-control', 'no-cache').send(buildOpenapiDocument(app)),
  );
}

/** Hides the program's own bar, which links to its makers' page and asks for the address of another API. */
const STYLE = `.topbar { display: none; }
.way-back { display: flex; flex-wrap: wrap; gap: 1rem; padding: 1rem 1.25rem; font: 1rem system-ui, sans-serif; }
.way-back a { color: #1f4e79; }
`;

/** Registers the interactive API documentation: a third-party program, with links back to Assay's pages on top. */
export async function interactiveDocs(scope: FastifyInstance, basePath: string): Promise<void> {
  scope.addHook('onRoute', (route) => {
    route.config = { ...route.config, ...openToAll };
  });
  const back = renderBackLinks(basePath);
  scope.addHook('onSend', async (_request, reply, payload) => {
    const isPage = typeof payload === 'string' && /^text\/html/.test(String(reply.getHeader('content-type')));
    return isPage
      ? payload.replace('<div id="swagger-ui">', () => `${back}\n<div id="swagger-ui">`)
      : payload;
  });
  await scope.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: apiPagePolicy,
    theme: { title: 'Assay: API', css: [{ filename: 'assay.css', content: STYLE }] },
  });
}

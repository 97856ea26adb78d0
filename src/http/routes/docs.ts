import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { ofPage, openToAll } from '../access.js';
import { wayBack } from '../form/api-page.js';
import { apiPagePolicy } from '../headers.js';
import { openapiDocument } from '../openapi.js';

export function docsRoutes(app: FastifyInstance): void {
  app.get('/openapi.json', ofPage('open'), async (_request, reply) =>
    reply.header('cache-control', 'no-cache').send(openapiDocument(app)),
  );
}

/** Its own bar leads to its makers' page and asks for the address of another API. */
const STYLE = `.topbar { display: none; }
.way-back { display: flex; flex-wrap: wrap; gap: 1rem; padding: 1rem 1.25rem; font: 1rem system-ui, sans-serif; }
.way-back a { color: #1f4e79; }
`;

/** The API, to be tried in a browser: a foreign program, in whose page a way back to ours stands first. */
export async function interactiveDocs(scope: FastifyInstance, basePath: string): Promise<void> {
  scope.addHook('onRoute', (route) => {
    route.config = { ...route.config, ...openToAll };
  });
  const back = wayBack(basePath);
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

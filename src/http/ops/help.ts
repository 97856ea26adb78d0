import type { FastifyInstance } from 'fastify';
import { pageRouteOptions } from '../contract/access.js';
import { renderApiPage } from '../pages/api-page.js';
import { renderGlossaryPage } from '../pages/glossary-page.js';
import { sendPage } from '../responses/send-inspection.js';
import { createPageTranslator } from '../services/language.js';

/** Registers the help pages: they hold no tenant's data, so visitors with a share link may read them. */
export function helpRoutes(app: FastifyInstance): void {
  app.get('/glossary', pageRouteOptions('open'), async (request, reply) =>
    sendPage(reply, renderGlossaryPage(createPageTranslator(request, reply))),
  );

  app.get('/api', pageRouteOptions('open'), async (request, reply) =>
    sendPage(reply, renderApiPage(createPageTranslator(request, reply))),
  );
}

import type { FastifyInstance } from 'fastify';
import { ofPage } from '../access.js';
import { apiPage } from '../form/api-page.js';
import { glossaryPage } from '../form/glossary-page.js';
import { pageLanguage } from '../language.js';
import { sendPage } from '../send-inspection.js';

/** Pages that explain: they hold nothing of anybody, and a link's visitor may read them. */
export function helpRoutes(app: FastifyInstance): void {
  app.get('/glossary', ofPage('open'), async (request, reply) =>
    sendPage(reply, glossaryPage(pageLanguage(request, reply))),
  );

  app.get('/api', ofPage('open'), async (request, reply) =>
    sendPage(reply, apiPage(pageLanguage(request, reply))),
  );
}

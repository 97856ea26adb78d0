import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { speechOf } from '../../say/speech.js';
import { requireScope } from '../access.js';
import { keptReport, reportFileAnswers } from '../kept-report.js';
import { askedLanguage, LanguageSchema } from '../language.js';
import { savedPage } from '../saved-page.js';
import { IfNoneMatchHeadersSchema, InspectionParamsSchema, type TypeBoxProvider } from '../schemas.js';
import { reportOf, sendPrivate, sendTagged } from '../send-inspection.js';
import type { Services } from '../services.js';

/** A kept Report as one file to take along: it loads nothing, runs nothing and needs no server. */
export function reportHtmlRoutes(instance: FastifyInstance, services: Services): void {
  const app = instance.withTypeProvider<TypeBoxProvider>();

  app.route({
    method: 'GET',
    url: '/v1/inspections/:id/report.html',
    config: requireScope('read'),
    schema: {
      operationId: 'getInspectionHtml',
      tags: ['inspections'],
      summary: 'A kept Report as a page in one file',
      description:
        'To keep or to send on: the style is inside, a policy inside it forbids scripts and every address, and it ' +
        'prints with the file’s hash, version and the rules’ day at the foot of each page.',
      params: InspectionParamsSchema,
      headers: IfNoneMatchHeadersSchema,
      querystring: LanguageSchema,
      response: reportFileAnswers('The page.', 'text/html', Type.String()),
    },
    handler: async (request, reply) => {
      const shown = await keptReport(request, services, request.params.id);
      const { record } = shown;
      const language = askedLanguage(request) ?? 'en';
      const page = savedPage(record, reportOf(record), await shown.derivatives(), speechOf(language));
      sendPrivate(reply).header('content-disposition', 'attachment; filename="assay-report.html"');
      return sendTagged(request, reply, 'text/html', page);
    },
  });
}

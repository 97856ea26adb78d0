import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { translatorFor } from '../../i18n/translator.js';
import { requireStoredReport } from '../../service/inspections/stored-report.js';
import { requireScope } from '../contract/access.js';
import { registerOperation } from '../contract/operation.js';
import { IfNoneMatchHeadersSchema, InspectionParamsSchema } from '../contract/schemas.js';
import { renderSavedPage } from '../responses/saved-page.js';
import { sendPrivate, sendTagged } from '../responses/send-inspection.js';
import { LanguageSchema, requestedLanguage } from '../services/language.js';
import type { Services } from '../services/services.js';
import { loadReport, reportFileResponses } from '../services/stored-report.js';

/** Registers the download of a stored Report as one HTML file, which loads nothing, runs nothing and needs no server. */
export function reportHtmlRoutes(app: FastifyInstance, services: Services): void {
  registerOperation(app, 'GET /v1/inspections/:id/report.html', requireScope('read'), {
    operationId: 'getInspectionHtml',
    tags: ['inspections'],
    summary: 'Download a stored Report as an HTML page',
    description:
      'The page is one file to store or forward: it contains its style and a policy that forbids scripts and all requests, and it ' +
      'prints with the file’s hash, the version and the day of the rules at the foot of each page.',
    params: InspectionParamsSchema,
    headers: IfNoneMatchHeadersSchema,
    querystring: LanguageSchema,
    answers: reportFileResponses('The page.', 'text/html', Type.String()),
    handler: async (request, reply) => {
      const shown = await loadReport(request, services, request.params.id);
      const { record } = shown;
      const language = requestedLanguage(request) ?? 'en';
      const page = renderSavedPage(
        record,
        requireStoredReport(record),
        await shown.derivatives(),
        translatorFor(language),
      );
      sendPrivate(reply).header('content-disposition', 'attachment; filename="assay-report.html"');
      return sendTagged(request, reply, 'text/html', page);
    },
  });
}

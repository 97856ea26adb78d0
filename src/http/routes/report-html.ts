import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { articleOf } from '../../core/renderers/html.js';
import { html } from '../../core/renderers/html-escape.js';
import { renderNotesHtml } from '../../core/renderers/html-notes.js';
import { printableHtml } from '../../pdf/printable.js';
import { printableReport } from '../../pdf/report-pdf.js';
import { speechOf } from '../../say/speech.js';
import { evidenceAmong } from '../../worker/evidence.js';
import { requireScope } from '../access.js';
import { figuresInside } from '../figures.js';
import { inspectedOf } from '../form/report-page.js';
import { keptReport, reportFileAnswers } from '../kept-report.js';
import { askedLanguage, LanguageSchema } from '../language.js';
import { shownNotes } from '../notes.js';
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
      const speech = speechOf(language);
      const report = reportOf(record);
      const printable = printableReport(report, speech, 'a4');
      const kept = await shown.derivatives();
      const figures = figuresInside(kept);
      const evidence = evidenceAmong(kept);
      // On a screen what is folded can be unfolded.
      const notes = renderNotesHtml(shownNotes(record.notes), speech);
      const page = printableHtml({
        ...printable,
        article: html`${articleOf(report, speech, { figures, evidence, inspected: inspectedOf(record) })}${notes}`,
      });
      sendPrivate(reply).header('content-disposition', 'attachment; filename="assay-report.html"');
      return sendTagged(request, reply, 'text/html', page);
    },
  });
}

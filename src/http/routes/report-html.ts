import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { renderHtml } from '../../core/renderers/html.js';
import { renderNotesHtml } from '../../core/renderers/html-notes.js';
import { WORDS } from '../../core/words/all.js';
import { printableHtml } from '../../pdf/printable.js';
import { printableReport } from '../../pdf/report-pdf.js';
import { evidenceAmong } from '../../worker/evidence.js';
import { requireScope, tenantOf } from '../access.js';
import { figuresInside } from '../figures.js';
import { askedLanguage, LanguageSchema, reportIn } from '../language.js';
import { shownNotes } from '../notes.js';
import { Problem } from '../problem.js';
import { InspectionParamsSchema, problemAnswers, type TypeBoxProvider } from '../schemas.js';
import { reportOf, sendPrivate, sendTagged } from '../send-inspection.js';
import type { Services } from '../services.js';

/** A kept Report as one file to take along: it loads nothing, runs nothing and needs no server. */
export function reportHtmlRoutes(instance: FastifyInstance, { stores }: Services): void {
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
      querystring: LanguageSchema,
      response: {
        200: {
          description: 'The page.',
          headers: { ETag: Type.Optional(Type.String()) },
          content: { 'text/html': { schema: Type.String() } },
        },
        304: { description: 'It is as `If-None-Match` says.', type: 'null' },
        ...problemAnswers({
          400: 'A parameter has a value that cannot be used.',
          404: 'There is no such report, or no longer.',
          409: 'The inspection is not done.',
          500: 'The stored report cannot be read.',
        }),
      },
    },
    handler: async (request, reply) => {
      const record = await stores.inspections.get(tenantOf(request), request.params.id);
      if (record === undefined) throw new Problem('inspection-not-found');
      if (record.report === undefined) throw new Problem('not-finished');
      const language = askedLanguage(request) ?? 'en';
      const report = reportIn(reportOf(record), language);
      const printable = printableReport(report, WORDS[language], 'a4');
      const kept = await stores.inspections.derivatives(record.tenant, record.id);
      const figures = figuresInside(kept);
      const evidence = evidenceAmong(kept);
      // On a screen what is folded can be unfolded.
      const notes = renderNotesHtml(shownNotes(record.notes), WORDS[language]);
      const page = printableHtml({
        ...printable,
        article: renderHtml(report, WORDS[language], figures, evidence) + notes,
      });
      sendPrivate(reply).header('content-disposition', 'attachment; filename="assay-report.html"');
      return sendTagged(request, reply, 'text/html', page);
    },
  });
}

import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { requireScope } from '../contract/access.js';
import { registerOperation } from '../contract/operation.js';
import { FieldsQuerySchema } from '../contract/queries/field-query.js';
import {
  BAD_QUERY,
  IfNoneMatchHeadersSchema,
  InspectionParamsSchema,
  type TypeBoxProvider,
  taggedResponses,
} from '../contract/schemas.js';
import { renderPartPage } from '../pages/part-page.js';
import {
  preferredFormat,
  sendPage,
  sendPrivate,
  sendReport,
  sendTagged,
} from '../responses/send-inspection.js';
import { createPageTranslator, LanguageSchema } from '../services/language.js';
import { loadPart } from '../services/part-report.js';
import type { Services } from '../services/services.js';
import { loadReport } from '../services/stored-report.js';

const ParamsSchema = Type.Object({
  ...InspectionParamsSchema.properties,
  number: Type.String({
    description: 'Index of the part in the Report’s `parts`; 0 is the primary asset of the file.',
  }),
});

/** Registers the reports on single parts of a file, stored with its own. */
export function partRoutes(instance: FastifyInstance, services: Services): void {
  const app = instance.withTypeProvider<TypeBoxProvider>();
  const { inspections } = services.stores;

  registerOperation(app, 'GET /v1/inspections/:id/parts/:number', requireScope('read'), {
    operationId: 'getInspectionPart',
    tags: ['inspections'],
    summary: 'Read the Report on one part of the file',
    description:
      'Returns the Report as if the part had been inspected by itself, with the same masking. `Accept` also allows text/html. The parts of a part follow it in the list: number 2 in the part’s Report is the second after the part here.',
    params: ParamsSchema,
    headers: IfNoneMatchHeadersSchema,
    querystring: Type.Object({ ...LanguageSchema.properties, ...FieldsQuerySchema.properties }),
    answers: { ...taggedResponses('The Report.', 'application/json', Type.Ref('Report#')) },
    problems: {
      ...BAD_QUERY,
      404: 'The report does not exist, or no report on this part is stored.',
      409: 'The inspection is not done.',
    },
    handler: async (request, reply) => {
      const { id, number } = request.params;
      const shown = await loadReport(request, services, id);
      const part = await loadPart(inspections, shown, number);
      if (preferredFormat(request) !== 'text/html') return sendReport(request, sendPrivate(reply), part.text);
      const facts = { ...part, record: shown.record, base: `/inspections/${id}`, visitor: false };
      return sendTagged(
        request,
        sendPrivate(reply),
        'text/html',
        renderPartPage(facts, createPageTranslator(request, reply)),
      );
    },
  });

  app.route({
    method: 'GET',
    url: '/inspections/:id/parts/:number',
    config: requireScope('read'),
    schema: { hide: true, params: ParamsSchema },
    handler: async (request, reply) => {
      const { id, number } = request.params;
      const shown = await loadReport(request, services, id);
      const part = await loadPart(inspections, shown, number);
      const facts = { ...part, record: shown.record, base: `/inspections/${id}`, visitor: false };
      reply.header('x-robots-tag', 'noindex');
      return sendPage(reply, renderPartPage(facts, createPageTranslator(request, reply)));
    },
  });
}

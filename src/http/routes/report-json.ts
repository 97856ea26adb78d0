import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { ReportSchema } from '../../core/report/report.js';
import { published } from '../../core/report/told-published.js';
import { requireScope } from '../access.js';
import { FieldsQuerySchema } from '../chosen-fields.js';
import { keptReport, reportFileAnswers } from '../kept-report.js';
import { LanguageSchema } from '../language.js';
import { IfNoneMatchHeadersSchema, InspectionParamsSchema, type TypeBoxProvider } from '../schemas.js';
import { sendPrivate, sendReport } from '../send-inspection.js';
import type { Services } from '../services.js';

/** A kept Report to take along, whatever `Accept` says: a browser that follows a link asks for a page. */
export function reportJsonRoutes(instance: FastifyInstance, services: Services): void {
  const app = instance.withTypeProvider<TypeBoxProvider>();

  app.route({
    method: 'GET',
    url: '/v1/inspections/:id/report.json',
    config: requireScope('read'),
    schema: {
      operationId: 'getInspectionJson',
      tags: ['inspections'],
      summary: 'A kept Report as a file',
      description: 'The Report that `GET /v1/inspections/{id}` gives within the inspection, alone.',
      params: InspectionParamsSchema,
      headers: IfNoneMatchHeadersSchema,
      querystring: Type.Object({ ...LanguageSchema.properties, ...FieldsQuerySchema.properties }),
      response: reportFileAnswers('The Report.', 'application/json', published(ReportSchema)),
    },
    handler: async (request, reply) => {
      const { record } = await keptReport(request, services, request.params.id);
      sendPrivate(reply).header('content-disposition', 'attachment; filename="assay-report.json"');
      return sendReport(request, reply, record.report);
    },
  });
}

import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { toPublishedSchema } from '../../core/report/published-schema.js';
import { ReportSchema } from '../../core/report/report.js';
import { requireScope } from '../contract/access.js';
import { registerOperation } from '../contract/operation.js';
import { FieldsQuerySchema } from '../contract/queries/field-query.js';
import { IfNoneMatchHeadersSchema, InspectionParamsSchema } from '../contract/schemas.js';
import { sendPrivate, sendReport } from '../responses/send-inspection.js';
import { LanguageSchema } from '../services/language.js';
import type { Services } from '../services/services.js';
import { loadReport, reportFileResponses } from '../services/stored-report.js';

/**
 * Registers the download of a stored Report as JSON, whatever `Accept` says: a browser that follows a link asks for a
 * page.
 */
export function reportJsonRoutes(app: FastifyInstance, services: Services): void {
  registerOperation(app, 'GET /v1/inspections/:id/report.json', requireScope('read'), {
    operationId: 'getInspectionJson',
    tags: ['inspections'],
    summary: 'Download a stored Report as JSON',
    description: 'Returns only the Report that `GET /v1/inspections/{id}` returns within the inspection.',
    params: InspectionParamsSchema,
    headers: IfNoneMatchHeadersSchema,
    querystring: Type.Object({ ...LanguageSchema.properties, ...FieldsQuerySchema.properties }),
    answers: reportFileResponses('The Report.', 'application/json', toPublishedSchema(ReportSchema)),
    handler: async (request, reply) => {
      const { record } = await loadReport(request, services, request.params.id);
      sendPrivate(reply).header('content-disposition', 'attachment; filename="assay-report.json"');
      return sendReport(request, reply, record.report);
    },
  });
}

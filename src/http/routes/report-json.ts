import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { ReportSchema } from '../../core/report.js';
import { requireScope, tenantOf } from '../access.js';
import { LanguageSchema } from '../language.js';
import { Problem } from '../problem.js';
import { InspectionParamsSchema, problemAnswers, type TypeBoxProvider } from '../schemas.js';
import { sendPrivate, sendReport } from '../send-inspection.js';
import type { Services } from '../services.js';

/** A kept Report to take along, whatever `Accept` says: a browser that follows a link asks for a page. */
export function reportJsonRoutes(instance: FastifyInstance, { stores }: Services): void {
  const app = instance.withTypeProvider<TypeBoxProvider>();

  app.route({
    method: 'GET',
    url: '/v1/inspections/:id/report.json',
    config: requireScope('read'),
    schema: {
      operationId: 'getInspectionJson',
      tags: ['inspections'],
      summary: 'A kept Report as a file',
      description:
        'The same Report as `GET /v1/inspections/{id}` gives to `Accept: application/json`, for saving.',
      params: InspectionParamsSchema,
      querystring: LanguageSchema,
      response: {
        200: {
          description: 'The Report.',
          headers: { ETag: Type.Optional(Type.String()) },
          content: { 'application/json': { schema: ReportSchema } },
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
      sendPrivate(reply).header('content-disposition', 'attachment; filename="assay-report.json"');
      return sendReport(request, reply, record.report);
    },
  });
}

import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { requireScope } from '../access.js';
import { FieldsQuerySchema } from '../chosen-fields.js';
import { partPage } from '../form/part-page.js';
import { keptReport } from '../kept-report.js';
import { LanguageSchema, pageLanguage } from '../language.js';
import { keptPart } from '../part-report.js';
import {
  BAD_QUERY,
  IfNoneMatchHeadersSchema,
  InspectionParamsSchema,
  problemAnswers,
  type TypeBoxProvider,
  taggedAnswers,
} from '../schemas.js';
import { sendPage, sendPrivate, sendReport, sendTagged, wantedForm } from '../send-inspection.js';
import type { Services } from '../services.js';

const ParamsSchema = Type.Object({
  ...InspectionParamsSchema.properties,
  number: Type.String({
    description: 'The part’s place in the Report’s `parts`, where 0 is the file’s own.',
  }),
});

/** Reports on parts of a file alone, kept with its own. */
export function partRoutes(instance: FastifyInstance, services: Services): void {
  const app = instance.withTypeProvider<TypeBoxProvider>();
  const { inspections } = services.stores;

  app.route({
    method: 'GET',
    url: '/v1/inspections/:id/parts/:number',
    config: requireScope('read'),
    schema: {
      operationId: 'getInspectionPart',
      tags: ['inspections'],
      summary: 'The Report on a part of the file alone',
      description:
        'As if the part had been inspected by itself, masked alike. `Accept` takes text/html too. A part’s own parts follow it: the part that is number 2 there is number 2 from it on here.',
      params: ParamsSchema,
      headers: IfNoneMatchHeadersSchema,
      querystring: Type.Object({ ...LanguageSchema.properties, ...FieldsQuerySchema.properties }),
      response: {
        ...taggedAnswers('The Report.', 'application/json', Type.Ref('Report#')),
        ...problemAnswers({
          ...BAD_QUERY,
          404: 'There is no such report, or none was kept of this part.',
          409: 'The inspection is not done.',
        }),
      },
    },
    handler: async (request, reply) => {
      const { id, number } = request.params;
      const shown = await keptReport(request, services, id);
      const part = await keptPart(inspections, shown, number);
      if (wantedForm(request) !== 'text/html') return sendReport(request, sendPrivate(reply), part.text);
      const facts = { ...part, record: shown.record, base: `/inspections/${id}`, visitor: false };
      return sendTagged(
        request,
        sendPrivate(reply),
        'text/html',
        partPage(facts, pageLanguage(request, reply)),
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
      const shown = await keptReport(request, services, id);
      const part = await keptPart(inspections, shown, number);
      const facts = { ...part, record: shown.record, base: `/inspections/${id}`, visitor: false };
      reply.header('x-robots-tag', 'noindex');
      return sendPage(reply, partPage(facts, pageLanguage(request, reply)));
    },
  });
}

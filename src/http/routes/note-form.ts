import type { FastifyInstance } from 'fastify';
import { requireScope, tenantOf } from '../access.js';
import { besideReport } from '../beside-report.js';
import { deskLimits } from '../desk-words.js';
import { renderReportPage } from '../form/report-page.js';
import { formFields, readsForms } from '../form-body.js';
import { keptInspection } from '../kept-report.js';
import { pageLanguage } from '../language.js';
import { newNote } from '../notes.js';
import { Problem } from '../problem.js';
import { InspectionParamsSchema, type TypeBoxProvider } from '../schemas.js';
import { reportOf, sendPage } from '../send-inspection.js';
import type { Services } from '../services.js';
import { makesShares } from '../share-links.js';
import { mayReveal } from '../shown.js';

/** Percent-encoded, a character of a note may take nine bytes, and an emoji of two units twelve. */
const BODY_BYTES = 9 * deskLimits.noteCharacters + 4_096;

/** A note from the report's page, without script. */
export function noteFormRoutes(instance: FastifyInstance, services: Services): void {
  instance.register(async (scope) => {
    readsForms(scope, BODY_BYTES);
    scope.withTypeProvider<TypeBoxProvider>().route({
      method: 'POST',
      url: '/inspections/:id/notes',
      config: requireScope('inspect'),
      schema: { hide: true, params: InspectionParamsSchema },
      handler: async (request, reply) => {
        const { id } = request.params;
        const text = formFields(request).get('note') ?? '';
        const tenant = tenantOf(request);
        const speaks = pageLanguage(request, reply);
        try {
          await services.stores.inspections.patch(tenant, id, await newNote(request, services, id, text));
        } catch (error) {
          if (!(error instanceof Problem) || error.code !== 'bad-field') throw error;
          // What was written comes back with the page; nothing has to be written twice.
          const shown = await keptInspection(request, services, id);
          const { record } = shown;
          if (record.report === undefined) throw error;
          const fault = speaks.say(error.detail);
          const refused = { text, fault };
          const beside = await besideReport(services.stores.inspections, shown);
          return sendPage(
            reply.code(error.status),
            renderReportPage(reportOf(record), record, speaks, {
              refused,
              ...beside,
              shares: makesShares(request),
              reveals: mayReveal(request, services),
            }),
          );
        }
        return reply
          .header('cache-control', 'no-store')
          .redirect(`${speaks.to(`/inspections/${id}`)}#notes`, 303);
      },
    });
  });
}

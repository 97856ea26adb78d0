import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { newInspectionId } from '../../store/inspection-id.js';
import type { InspectionPatch } from '../../store/inspections.js';
import { ofPage, tenantOf } from '../access.js';
import { besideReport } from '../beside-report.js';
import { changedBy } from '../case-items.js';
import { caseRef, deskLimits, tagList } from '../desk-words.js';
import { type ReportPageFacts, renderReportPage } from '../form/report-page.js';
import { formFields, readsForms } from '../form-body.js';
import { keptInspection } from '../kept-report.js';
import { pageLanguage } from '../language.js';
import { judgedFor, lawChoice } from '../law-choice.js';
import { newNote } from '../notes.js';
import { once } from '../once.js';
import { Problem } from '../problem.js';
import { ofOne, type TypeBoxProvider } from '../schemas.js';
import { maySeal } from '../seal-asked.js';
import { seenBefore } from '../seen-before.js';
import { reportOf, sendPage } from '../send-inspection.js';
import type { Services } from '../services.js';
import { makesShares } from '../share-links.js';
import { mayReveal } from '../shown.js';

/** Percent-encoded, a character of a note may take nine bytes, and an emoji of two units twelve. */
const BODY_BYTES = 9 * deskLimits.noteCharacters + 4_096;

/** What a person writes beside a report, from its page, without script. */
export function noteFormRoutes(instance: FastifyInstance, services: Services): void {
  instance.register(async (scope) => {
    readsForms(scope, BODY_BYTES);
    const app = scope.withTypeProvider<TypeBoxProvider>();

    app.post('/inspections/:id/notes', ofPage('inspect', ofOne), async (request, reply) => {
      const { id } = request.params;
      const text = formFields(request).get('note') ?? '';
      const change = (noteId: string) => newNote(request, services, id, text, noteId);
      return keep(request, reply, change, 'notes', (fault) => ({ refused: { text, fault } }));
    });

    app.post('/inspections/:id/case', ofPage('inspect', ofOne), async (request, reply) => {
      const fields = formFields(request);
      const word = fields.get('caseRef') ?? '';
      const tags = fields.get('tags') ?? '';
      const change = async () => ({
        caseRef: word.trim() === '' ? null : caseRef(word),
        ...changedBy(request, services),
        tags: tagList(tags.split(/[,，、]/).filter((tag) => tag.trim() !== '')),
      });
      return keep(request, reply, change, 'case', (fault) => ({
        refusedCase: { caseRef: word, tags, fault },
      }));
    });
  });

  /** What was written comes back with the page where it cannot be kept; nothing has to be written twice. */
  async function keep(
    request: FastifyRequest<{ Params: { id: string } }>,
    reply: FastifyReply,
    change: (id: string) => Promise<InspectionPatch>,
    anchor: string,
    refusal: (fault: string) => Pick<ReportPageFacts, 'refused' | 'refusedCase'>,
  ): Promise<FastifyReply> {
    const { id } = request.params;
    const { inspections } = services.stores;
    const speaks = pageLanguage(request, reply);
    try {
      const tenant = tenantOf(request);
      await once(request, services, {
        id: newInspectionId(),
        of: formFields(request).toString(),
        make: async (made) => {
          const kept = await inspections.patch(tenant, id, await change(made));
          if (kept === undefined) throw new Problem('inspection-not-found');
          return true;
        },
        statusOf: () => 303,
        // A note is added once under its id, and all else is set.
        again: async (_, status) => (status === undefined ? undefined : true),
      });
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'bad-field') throw error;
      const shown = await keptInspection(request, services, id);
      const { record } = shown;
      if (record.report === undefined) throw error;
      const beside = await besideReport(inspections, shown);
      // The law that its reader chose before is still the one that is shown.
      const law = lawChoice(request, reply, services);
      const report = judgedFor(reportOf(record), law, request, services);
      return sendPage(
        reply.code(error.status),
        renderReportPage(report, record, speaks, {
          law,
          ...refusal(speaks.say(error.detail)),
          ...beside,
          seen: await seenBefore(record, beside, { ...services, log: request.log }),
          shares: makesShares(request),
          seals: maySeal(request, services),
          reveals: mayReveal(request, services),
        }),
      );
    }
    return reply
      .header('cache-control', 'no-store')
      .redirect(`${speaks.to(`/inspections/${id}`)}#${anchor}`, 303);
  }
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { requireStoredReport } from '../../service/inspections/stored-report.js';
import { newInspectionId } from '../../storage/engine/record-id.js';
import type { InspectionPatch } from '../../storage/inspections/inspections.js';
import { changeInfo } from '../cases/case-items.js';
import { actorOf, pageRouteOptions, tenantOf } from '../contract/access.js';
import { toProblem } from '../contract/problems/as-problem.js';
import { Problem } from '../contract/problems/problem.js';
import { idParams, type TypeBoxProvider } from '../contract/schemas.js';
import { findPageMatches } from '../pages/page-matches.js';
import { loadPageAttachments } from '../pages/report-attachments.js';
import { type ReportPageFacts, renderReportPage } from '../pages/report-page.js';
import { sendPage } from '../responses/send-inspection.js';
import { canSeal } from '../seals/seal-request.js';
import { deskLimits, parseCaseRef, parseTags } from '../services/desk-fields.js';
import { canReveal, revealRefusal } from '../services/disclosure.js';
import { runOnce } from '../services/idempotency.js';
import { createPageTranslator } from '../services/language.js';
import { buildNote } from '../services/notes.js';
import { judgeForReader, readLawChoice } from '../services/options/law-choice.js';
import { addField, type UploadFields } from '../services/options/upload-fields.js';
import { findSample } from '../services/samples/samples.js';
import type { Services } from '../services/services.js';
import { hasShareRoutes } from '../services/share-links.js';
import { loadInspection } from '../services/stored-report.js';
import { formFields, registerFormParser } from '../uploads/form-body.js';
import { inspectSample } from './inspect-sample.js';

/** Percent-encoded, a character of a note may take nine bytes, and an emoji of two units twelve. */
const BODY_BYTES = 9 * deskLimits.noteCharacters + 4_096;

/** Options that a report's page changes to ask anew about its file. */
const CHANGED_OPTIONS = ['deep', 'visible', 'reveal', 'asOf'] as const;

/** Registers the forms of a report's page for notes, case, tags and further questions; they work without script. */
export function noteFormRoutes(instance: FastifyInstance, services: Services): void {
  instance.register(async (scope) => {
    registerFormParser(scope, BODY_BYTES);
    const app = scope.withTypeProvider<TypeBoxProvider>();

    app.post('/inspections/:id/notes', pageRouteOptions('inspect', idParams), async (request, reply) => {
      const { id } = request.params;
      const text = formFields(request).get('note') ?? '';
      const change = (noteId: string) => buildNote(request, services, id, text, noteId);
      return keep(request, reply, change, 'notes', (fault) => ({ refused: { text, fault } }));
    });

    app.post('/inspections/:id/case', pageRouteOptions('inspect', idParams), async (request, reply) => {
      const fields = formFields(request);
      const word = fields.get('caseRef') ?? '';
      const tags = fields.get('tags') ?? '';
      const change = async () => ({
        caseRef: word.trim() === '' ? null : parseCaseRef(word),
        ...changeInfo(request, services),
        tags: parseTags(tags.split(/[,，、]/).filter((tag) => tag.trim() !== '')),
      });
      return keep(request, reply, change, 'case', (fault) => ({
        refusedCase: { caseRef: word, tags, fault },
      }));
    });

    app.post('/inspections/:id/again', pageRouteOptions('inspect', idParams), (request, reply) =>
      askAgain(request, reply, request.params.id),
    );
  });

  /** Asks anew about a stored inspection: of its file if the server still has it, else the form asks for the file. */
  async function askAgain(request: FastifyRequest, reply: FastifyReply, id: string): Promise<FastifyReply> {
    const changed: UploadFields = {};
    const asked = new URLSearchParams();
    for (const fieldname of CHANGED_OPTIONS)
      for (const value of formFields(request).getAll(fieldname)) {
        addField({ fieldname, value }, changed, services.rulebooks);
        asked.append(fieldname, value);
      }
    const mayReveal = canReveal(request, services);
    if (changed.reveal !== undefined && !mayReveal) throw revealRefusal('full');
    const { record } = await loadInspection(request, services, id);
    const { linkTo: to } = createPageTranslator(request, reply);
    reply.header('cache-control', 'no-store');
    try {
      const accepted = await services.rechecker.recheck(record, {
        ...{ id: newInspectionId(), mayReveal, by: actorOf(request), changed },
        later: (record.sizeBytes ?? 0) > services.config.syncUploadBytes,
      });
      if (accepted.outcome === 'gone') return reply.hijack();
      return reply.redirect(to(`/inspections/${accepted.id}`), 303);
    } catch (error) {
      if (toProblem(error).code !== 'asset-gone') throw error;
      const sample = await findSample(record.sha256);
      if (sample !== undefined) {
        const done = await inspectSample(request, services, sample, () => reply.raw.destroyed, changed);
        if (done.outcome === 'gone') return reply.hijack();
        return reply.redirect(to(`/inspections/${done.id}`), 303);
      }
      return reply.redirect(to(`/?${asked.toString()}`), 303);
    }
  }

  /** Renders the page with the refused text in its form, so that nothing has to be typed twice. */
  async function keep(
    request: FastifyRequest<{ Params: { id: string } }>,
    reply: FastifyReply,
    change: (id: string) => Promise<InspectionPatch>,
    anchor: string,
    refusal: (fault: string) => Pick<ReportPageFacts, 'refused' | 'refusedCase'>,
  ): Promise<FastifyReply> {
    const { id } = request.params;
    const { inspections } = services.stores;
    const translator = createPageTranslator(request, reply);
    try {
      const tenant = tenantOf(request);
      await runOnce(request, services, {
        id: newInspectionId(),
        content: formFields(request).toString(),
        make: async (made) => {
          const kept = await inspections.patch(tenant, id, await change(made));
          if (kept === undefined) throw new Problem('inspection-not-found');
          return true;
        },
        statusOf: () => 303,
        // A note is added once under its id, and setting the other members is idempotent.
        reload: async (_, status) => (status === undefined ? undefined : true),
      });
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'bad-field') throw error;
      const shown = await loadInspection(request, services, id);
      const { record } = shown;
      if (record.report === undefined) throw error;
      const beside = await loadPageAttachments(inspections, shown);
      // The page keeps the law that its reader selected before.
      const law = readLawChoice(request, reply, services);
      const report = judgeForReader(requireStoredReport(record), law, request, services);
      return sendPage(
        reply.code(error.status),
        renderReportPage(report, record, translator, {
          law,
          ...refusal(translator.translate(error.detail)),
          ...beside,
          matches: await findPageMatches(record, beside, { ...services, log: request.log }),
          shares: hasShareRoutes(request),
          seals: canSeal(request, services),
          reveals: canReveal(request, services),
        }),
      );
    }
    return reply
      .header('cache-control', 'no-store')
      .redirect(`${translator.linkTo(`/inspections/${id}`)}#${anchor}`, 303);
  }
}

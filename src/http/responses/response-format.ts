import type { FastifyReply, FastifyRequest } from 'fastify';
import { callerIfKnown } from '../contract/access.js';
import { prefersHtml } from '../contract/negotiation.js';
import { toProblem } from '../contract/problems/as-problem.js';
import { recordedFormLink, recordedFormValues } from '../contract/queries/field-selection.js';
import { formFacts } from '../pages/form-facts.js';
import { renderFormPage } from '../pages/form-page.js';
import { toRefusedForm } from '../pages/sections/refused-form.js';
import { createPageTranslator } from '../services/language.js';
import type { Services } from '../services/services.js';
import { prepareProblemReply, sendProblem } from './answer-problem.js';
import { sendPage } from './send-inspection.js';

/** Answers a refused form with the form again, its error next to the field that caused it; programs get problems. */
export function formErrorHandler(services: Pick<Services, 'config' | 'inspector'>) {
  return (error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const problem = toProblem(error);
    if (!prefersHtml(request.headers.accept) || callerIfKnown(request) === undefined)
      return sendProblem(error, request, reply);
    const translator = createPageTranslator(request, reply);
    const refused = toRefusedForm(
      problem,
      recordedFormValues(request),
      translator,
      recordedFormLink(request),
    );
    if (refused === undefined) return sendProblem(error, request, reply);
    return sendPage(
      prepareProblemReply(problem, request, reply),
      renderFormPage({ ...formFacts(request, services), refused }, translator),
    );
  };
}

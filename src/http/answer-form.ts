import type { FastifyReply, FastifyRequest } from 'fastify';
import { callerIfKnown } from './access.js';
import { answerProblem, beginProblem } from './answer-problem.js';
import { asProblem } from './as-problem.js';
import { chosenOf, linkOf } from './chosen.js';
import { formPage } from './form/form-page.js';
import { refusedForm } from './form/refused-form.js';
import { formFacts } from './form-facts.js';
import { pageLanguage } from './language.js';
import { prefersHtml } from './negotiation.js';
import { sendPage } from './send-inspection.js';
import type { Services } from './services.js';

/** A form that was refused comes back to whoever sent it, with what to change beside the field; programs get problems. */
export function answerForm(services: Pick<Services, 'config' | 'inspector'>) {
  return (error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const problem = asProblem(error);
    if (!prefersHtml(request.headers.accept) || callerIfKnown(request) === undefined)
      return answerProblem(error, request, reply);
    const speaks = pageLanguage(request, reply);
    const refused = refusedForm(problem, chosenOf(request), speaks, linkOf(request));
    if (refused === undefined) return answerProblem(error, request, reply);
    return sendPage(
      beginProblem(problem, request, reply),
      formPage({ ...formFacts(request, services), refused }, speaks),
    );
  };
}

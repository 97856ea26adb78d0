import type { FastifyReply, FastifyRequest } from 'fastify';
import { translatorFor } from '../../i18n/translator.js';
import { prefersHtml } from '../contract/negotiation.js';
import { toProblem } from '../contract/problems/as-problem.js';
import type { Problem } from '../contract/problems/problem.js';
import type { ProblemCode } from '../contract/problems/problems.js';
import { renderErrorPage } from '../pages/error-page.js';
import { createPageTranslator, requestedLanguageIfKnown } from '../services/language.js';

/**
 * Problems of a server that works as configured: all slots taken, its quota full. The client is told to retry, and
 * nothing is logged as an error.
 */
const BACK_PRESSURE: ReadonlySet<ProblemCode> = new Set([
  'unavailable',
  'pdf-busy',
  'seal-busy',
  'quota-full',
]);

/** Problem code that each failed request was answered with. */
const problemCodes = new WeakMap<FastifyRequest, ProblemCode>();

/** Returns the problem code that a request was answered with; `undefined` if nothing went wrong. */
export const problemCodeOf = (request: FastifyRequest): ProblemCode | undefined => problemCodes.get(request);

/** Final error handler of every route: a problem document for programs, a page for browsers. */
export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = toProblem(error);
  prepareProblemReply(problem, request, reply).header('vary', 'Accept');
  if (prefersHtml(request.headers.accept)) {
    const translator = createPageTranslator(request, reply);
    const body = problem.body(request.id, translatorFor(translator.language));
    return reply.type('text/html; charset=utf-8').send(renderErrorPage(body, translator));
  }
  const language = requestedLanguageIfKnown(request);
  if (language !== undefined) reply.header('content-language', language);
  return reply
    .type('application/problem+json')
    .send(problem.body(request.id, translatorFor(language ?? 'en')));
}

/**
 * Answers requests that fail before routing. No hook has run, so there is no page either: its content policy is set by
 * a hook.
 */
export function sendUnroutedProblem(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const problem = toProblem(error);
  return prepareProblemReply(problem, request, reply)
    .headers({ 'x-request-id': request.id, 'x-content-type-options': 'nosniff' })
    .type('application/problem+json')
    .send(problem.body(request.id, translatorFor('en')));
}

/** Sets status and headers of an error answer in any format, and logs it. */
export function prepareProblemReply(
  problem: Problem,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  problemCodes.set(request, problem.code);
  // Messages of client errors may hold the client's words, so only the code goes to the log.
  if (problem.status >= 500 && !BACK_PRESSURE.has(problem.code))
    request.log.error({ code: problem.code, err: problem.cause ?? problem }, 'problem');
  else request.log.info({ code: problem.code }, 'problem');
  return reply.code(problem.status).headers(problem.headers).header('cache-control', 'no-store');
}

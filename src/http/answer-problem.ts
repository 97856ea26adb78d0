import type { FastifyReply, FastifyRequest } from 'fastify';
import { speechOf } from '../say/speech.js';
import { asProblem } from './as-problem.js';
import { errorPage } from './form/error-page.js';
import { languageIfAsked, pageLanguage } from './language.js';
import { prefersHtml } from './negotiation.js';
import type { Problem } from './problem.js';
import type { ProblemCode } from './problems.js';

/** Answers of a server that does as it was set up: all places taken, its quota full. Whoever asks is told to come back. */
const BACK_PRESSURE: ReadonlySet<ProblemCode> = new Set([
  'unavailable',
  'pdf-busy',
  'seal-busy',
  'quota-full',
]);

/** What each request that went wrong was told. */
const told = new WeakMap<FastifyRequest, ProblemCode>();

/** The code that a request was answered with; undefined where nothing went wrong. */
export const problemOf = (request: FastifyRequest): ProblemCode | undefined => told.get(request);

/** Where every error of every route ends: a problem for programs, the same as a page for browsers. */
export function answerProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = asProblem(error);
  beginProblem(problem, request, reply).header('vary', 'Accept');
  if (prefersHtml(request.headers.accept)) {
    const speaks = pageLanguage(request, reply);
    const body = problem.body(request.id, speechOf(speaks.language));
    return reply.type('text/html; charset=utf-8').send(errorPage(body, speaks));
  }
  const language = languageIfAsked(request);
  if (language !== undefined) reply.header('content-language', language);
  return reply.type('application/problem+json').send(problem.body(request.id, speechOf(language ?? 'en')));
}

/** For what fails before routing: no hook has run, so no page either, whose policy a hook would have set. */
export function answerUnrouted(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = asProblem(error);
  return beginProblem(problem, request, reply)
    .headers({ 'x-request-id': request.id, 'x-content-type-options': 'nosniff' })
    .type('application/problem+json')
    .send(problem.body(request.id, speechOf('en')));
}

/** Status, headers and log of an answer that says what went wrong, in whatever form. */
export function beginProblem(problem: Problem, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  told.set(request, problem.code);
  // Messages of client errors may hold the client's words; only the code goes to the log.
  if (problem.status >= 500 && !BACK_PRESSURE.has(problem.code))
    request.log.error({ code: problem.code, err: problem.cause ?? problem }, 'problem');
  else request.log.info({ code: problem.code }, 'problem');
  return reply.code(problem.status).headers(problem.headers).header('cache-control', 'no-store');
}

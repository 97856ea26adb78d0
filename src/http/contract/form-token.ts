import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { Problem } from './problems/problem.js';

/** Sent in the query of the form's target, so that it is checked before any of the body is read. */
const PARAMETER = 'token';
const CHANGING_METHODS = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/**
 * Refuses changes that do not come from a page of this session, because a browser sends its cookie with any request.
 * The page knows the token, and the browser states that the page is Assay's (request-origin.ts).
 */
export function refuseForeignForm(request: FastifyRequest, formToken: string): void {
  if (!CHANGING_METHODS.has(request.method)) return;
  const { origin, 'sec-fetch-site': site } = request.headers;
  const given = new URL(request.url, 'http://local').searchParams.get(PARAMETER) ?? '';
  const ours = origin !== undefined || site === 'same-origin';
  if (!ours || !timingSafeEqual(digest(given), digest(formToken))) throw new Problem('form-expired');
}

/** Returns a form's target with the token of the session; unchanged if there is none. */
export function withFormToken(address: string, formToken: string | undefined): string {
  if (formToken === undefined) return address;
  return `${address}${address.includes('?') ? '&' : '?'}${PARAMETER}=${formToken}`;
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../problem.js';

/** In the address of a form's target, so that it is checked before anything of a body is read. */
const PARAMETER = 'token';
const CHANGING = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/**
 * A browser sends its cookie with whatever makes it ask. So what changes something must come from a page of this
 * session: the page knows the token, and the browser says that the page is ours (where-from.ts).
 */
export function refuseForeignForm(request: FastifyRequest, formToken: string): void {
  if (!CHANGING.has(request.method)) return;
  const { origin, 'sec-fetch-site': site } = request.headers;
  const given = new URL(request.url, 'http://local').searchParams.get(PARAMETER) ?? '';
  const ours = origin !== undefined || site === 'same-origin';
  if (!ours || !timingSafeEqual(digest(given), digest(formToken))) throw new Problem('form-expired');
}

/** A form's target with the token of the session; without one as it is. */
export function withFormToken(address: string, formToken: string | undefined): string {
  if (formToken === undefined) return address;
  return `${address}${address.includes('?') ? '&' : '?'}${PARAMETER}=${formToken}`;
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

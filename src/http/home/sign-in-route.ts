import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { pageRouteOptions } from '../contract/access.js';
import { Problem } from '../contract/problems/problem.js';
import { renderSignInPage } from '../pages/sign-in-page.js';
import { sendPage } from '../responses/send-inspection.js';
import { createPageTranslator } from '../services/language.js';
import type { Services } from '../services/services.js';
import { formFields, registerFormParser } from '../uploads/form-body.js';

/** A working day with some margin. */
const SESSION_HOURS = 12;
const HOUR_MILLIS = 3_600_000;

/** Registers the sign-in: a browser cannot send a key with each request, so it sends it once and gets a session cookie. */
export function signInRoutes(instance: FastifyInstance, services: Services): void {
  const { keys, sessions, sessionCookie, badKeys, now } = services;

  instance.register(async (scope) => {
    registerFormParser(scope);

    scope.get('/sign-in', pageRouteOptions('open'), async (request, reply) =>
      sendPage(
        reply,
        renderSignInPage(
          { to: toLocalPath(new URL(request.url, 'http://local').searchParams.get('to')) },
          createPageTranslator(request, reply),
        ),
      ),
    );

    scope.post('/sign-in', pageRouteOptions('open'), async (request, reply) => {
      assertOwnPage(request);
      const fields = formFields(request);
      const [text, to] = [fields.get('key')?.trim() ?? '', toLocalPath(fields.get('to'))];
      const key = await keys.find(text, now());
      if (key === undefined) {
        badKeys.fail(request.ip, text, now());
        const translator = createPageTranslator(request, reply);
        const fault = translator.text('form.signIn.wrong');
        return sendPage(reply.code(401), renderSignInPage({ to, fault }, translator));
      }
      await endSession(request);
      const endsAt = new Date(now().getTime() + SESSION_HOURS * HOUR_MILLIS);
      sessionCookie.set(reply, await sessions.begin(key.id, endsAt, now()), endsAt);
      return redirectUncached(reply, to);
    });

    scope.post('/sign-out', pageRouteOptions('open'), async (request, reply) => {
      assertOwnPage(request);
      await endSession(request);
      sessionCookie.clear(reply);
      // Signing out also clears reports from the browser's cache.
      return redirectUncached(reply.header('clear-site-data', '"cache"'), '/sign-in');
    });
  });

  async function endSession(request: FastifyRequest): Promise<void> {
    const token = sessionCookie.read(request);
    if (token !== undefined) await sessions.end(token);
  }
}

/**
 * Another site must not sign anybody in or out. Foreign origins were refused before (request-origin.ts); this refuses
 * requests without an origin.
 */
function assertOwnPage({ headers }: FastifyRequest): void {
  if (headers.origin === undefined && headers['sec-fetch-site'] !== 'same-origin') {
    throw new Problem('form-expired');
  }
}

/** Accepts only paths of this server: `//host` and `/\host` lead to others. */
function toLocalPath(to: string | null): string {
  return to !== null && /^\/(?![/\\])[\x21-\x7e]*$/.test(to) && !to.includes('\\') ? to : '/';
}

const redirectUncached = (reply: FastifyReply, to: string): FastifyReply =>
  reply.header('cache-control', 'no-store').redirect(to, 303);

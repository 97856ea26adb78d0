import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ofPage } from '../access.js';
import { signInPage } from '../form/sign-in-page.js';
import { formFields, readsForms } from '../form-body.js';
import { pageLanguage } from '../language.js';
import { Problem } from '../problem.js';
import { sendPage } from '../send-inspection.js';
import type { Services } from '../services.js';

const HOUR_MILLIS = 3_600_000;

/** A browser cannot send a key with each request: it shows it once, and has a cookie from then on. */
export function signInRoutes(instance: FastifyInstance, services: Services): void {
  const { config, keys, sessions, sessionCookie, badKeys, now } = services;

  instance.register(async (scope) => {
    readsForms(scope);

    scope.get('/sign-in', ofPage('open'), async (request, reply) =>
      sendPage(
        reply,
        signInPage(
          { to: insideOnly(new URL(request.url, 'http://local').searchParams.get('to')) },
          pageLanguage(request, reply),
        ),
      ),
    );

    scope.post('/sign-in', ofPage('open'), async (request, reply) => {
      fromOurPage(request);
      const fields = formFields(request);
      const [text, to] = [fields.get('key')?.trim() ?? '', insideOnly(fields.get('to'))];
      const key = await keys.find(text, now());
      if (key === undefined) {
        badKeys.fail(request.ip, text, now());
        const speaks = pageLanguage(request, reply);
        const fault = speaks.words('form.signIn.wrong');
        return sendPage(reply.code(401), signInPage({ to, fault }, speaks));
      }
      await endSession(request);
      const endsAt = new Date(now().getTime() + config.access.sessionHours * HOUR_MILLIS);
      sessionCookie.set(reply, await sessions.begin(key.id, endsAt, now()), endsAt);
      return away(reply, to);
    });

    scope.post('/sign-out', ofPage('open'), async (request, reply) => {
      fromOurPage(request);
      await endSession(request);
      sessionCookie.clear(reply);
      // What the browser kept of reports goes with the session.
      return away(reply.header('clear-site-data', '"cache"'), '/sign-in');
    });
  });

  async function endSession(request: FastifyRequest): Promise<void> {
    const token = sessionCookie.read(request);
    if (token !== undefined) await sessions.end(token);
  }
}

/** Nobody is signed in or out by a page of somebody else. Whose page it is was looked at before (where-from.ts). */
function fromOurPage({ headers }: FastifyRequest): void {
  if (headers.origin === undefined && headers['sec-fetch-site'] !== 'same-origin') {
    throw new Problem('form-expired');
  }
}

/** A path of ours and nothing else: `//host` and `/\host` lead away. */
function insideOnly(to: string | null): string {
  return to !== null && /^\/(?![/\\])[\x21-\x7e]*$/.test(to) && !to.includes('\\') ? to : '/';
}

const away = (reply: FastifyReply, to: string): FastifyReply =>
  reply.header('cache-control', 'no-store').redirect(to, 303);

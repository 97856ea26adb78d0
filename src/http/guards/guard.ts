import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AccessSettings } from '../../config.js';
import { allows, isForFiguresAlone, type Scope } from '../../store/scopes.js';
import { type Caller, LOCAL_CALLER, type RouteAccess, setCaller } from '../access.js';
import { prefersHtml } from '../negotiation.js';
import { scopeMissing } from '../problem.js';
import type { Services } from '../services.js';
import { refuseForeignForm } from './form-token.js';
import { callerWith, keyOf, keyRequired } from './identify.js';
import { refuseStrangeWays } from './where-from.js';

export interface GuardParts
  extends Pick<Services, 'keys' | 'sessions' | 'sessionCookie' | 'badKeys' | 'now'> {
  settings: AccessSettings;
  trusted: (address: string) => boolean;
  limitRequests: (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
  limitDay: (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
}

/** Everything that is asked of a request before any route sees it, in this order. */
export function guard(app: FastifyInstance, parts: GuardParts): void {
  const { settings, keys, sessions, sessionCookie, trusted, now } = parts;

  app.addHook('onRequest', refuseStrangeWays(settings, trusted));
  app.addHook('onRequest', async (request, reply) => {
    const wanted = wantedOf(request);
    if (wanted === 'open') return;
    const caller = await callerFor(request, reply);
    // Somebody in front of a browser can do something about it there and then.
    if (caller === undefined && request.method === 'GET' && prefersHtml(request.headers.accept)) {
      const to = request.url === '/' ? '' : `?to=${encodeURIComponent(request.url)}`;
      return reply.header('cache-control', 'no-store').redirect(`/sign-in${to}`, 303);
    }
    if (caller === undefined) throw keyRequired();
    setCaller(request, caller);
    await parts.limitRequests(request, reply);
    const missing = missingOf(caller, wanted);
    if (missing !== undefined) throw scopeMissing(missing);
    if (request.routeOptions.config.metered) await parts.limitDay(request, reply);
  });

  async function callerFor(request: FastifyRequest, reply: FastifyReply): Promise<Caller | undefined> {
    const key = await keyOf(request, parts);
    if (key !== undefined) return callerWith(key);
    const token = sessionCookie.read(request);
    const session = token === undefined ? undefined : await sessions.find(token, now());
    const behind = session === undefined ? undefined : await keys.findById(session.keyId, now());
    if (session !== undefined && behind !== undefined) {
      refuseForeignForm(request, session.formToken);
      if (session.renewed !== undefined) {
        sessionCookie.set(reply, session.renewed, new Date(session.endsAt));
      }
      return { ...callerWith(behind), formToken: session.formToken };
    }
    return settings.keysRequired ? undefined : LOCAL_CALLER;
  }
}

/** The scope that would open the way. */
function missingOf({ scopes }: Caller, wanted: Scope | 'any-key'): Scope | undefined {
  if (wanted === 'any-key') return isForFiguresAlone(scopes) ? 'read' : undefined;
  return allows(scopes, wanted) ? undefined : wanted;
}

/** What is no route has nothing to protect, and is answered as such; a route that says nothing is for admins. */
function wantedOf(request: FastifyRequest): RouteAccess['access'] {
  return request.is404 ? 'open' : (request.routeOptions.config.access ?? 'admin');
}

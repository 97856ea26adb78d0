import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AccessSettings } from '../../config/settings.js';
import { isAllowed, isMetricsOnly, type Scope } from '../../storage/access/scopes.js';
import { type Caller, LOCAL_CALLER, type RouteAccess, setCaller } from '../contract/access.js';
import { refuseForeignForm } from '../contract/form-token.js';
import { prefersHtml } from '../contract/negotiation.js';
import { scopeMissing } from '../contract/problems/problem.js';
import { authenticateKey, keyRequiredProblem, toCaller } from '../guards/identify.js';
import { refuseForbiddenOrigins } from '../guards/request-origin.js';
import type { Services } from './services.js';

export interface GuardParts
  extends Pick<Services, 'keys' | 'sessions' | 'sessionCookie' | 'badKeys' | 'now'> {
  settings: AccessSettings;
  trusted: (address: string) => boolean;
  limitRequests: (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
  limitDay: (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
}

/** Registers all checks that run before any route, in this order. */
export function registerGuards(app: FastifyInstance, parts: GuardParts): void {
  const { settings, keys, sessions, sessionCookie, trusted, now } = parts;

  app.addHook('onRequest', refuseForbiddenOrigins(settings, trusted));
  app.addHook('onRequest', async (request, reply) => {
    const wanted = requiredAccess(request);
    if (wanted === 'open') return;
    const caller = await callerFor(request, reply);
    // A person in front of a browser can sign in at once.
    if (caller === undefined && request.method === 'GET' && prefersHtml(request.headers.accept)) {
      const to = request.url === '/' ? '' : `?to=${encodeURIComponent(request.url)}`;
      return reply.header('cache-control', 'no-store').redirect(`/sign-in${to}`, 303);
    }
    if (caller === undefined) throw keyRequiredProblem();
    setCaller(request, caller);
    await parts.limitRequests(request, reply);
    const missing = missingScope(caller, wanted);
    if (missing !== undefined) throw scopeMissing(missing);
    if (request.routeOptions.config.metered) await parts.limitDay(request, reply);
  });

  async function callerFor(request: FastifyRequest, reply: FastifyReply): Promise<Caller | undefined> {
    const key = await authenticateKey(request, parts);
    if (key !== undefined) return toCaller(key);
    const token = sessionCookie.read(request);
    const session = token === undefined ? undefined : await sessions.find(token, now());
    const behind = session === undefined ? undefined : await keys.findById(session.keyId, now());
    if (session !== undefined && behind !== undefined) {
      refuseForeignForm(request, session.formToken);
      if (session.renewed !== undefined) {
        sessionCookie.set(reply, session.renewed, new Date(session.endsAt));
      }
      return { ...toCaller(behind), formToken: session.formToken };
    }
    return settings.keysRequired ? undefined : LOCAL_CALLER;
  }
}

/** Returns the scope that the caller lacks; `undefined` if none. */
function missingScope({ scopes }: Caller, wanted: Scope | 'any-key'): Scope | undefined {
  if (wanted === 'any-key') return isMetricsOnly(scopes) ? 'read' : undefined;
  return isAllowed(scopes, wanted) ? undefined : wanted;
}

/**
 * Returns the access that the request requires. An unknown address protects nothing and is answered as such; a route
 * without a declaration is for admins.
 */
function requiredAccess(request: FastifyRequest): RouteAccess['access'] {
  return request.is404 ? 'open' : (request.routeOptions.config.access ?? 'admin');
}

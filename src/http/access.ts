import type { FastifyRequest } from 'fastify';
import type { Actor } from '../core/log/leaf.js';
import type { AskDefaults, KeyLimits } from '../store/keys.js';
import { LOCAL_TENANT, SCOPES, type Scope } from '../store/scopes.js';

/**
 * The contract of who may do what. Every route says what it asks for, in its `config`:
 *
 *     app.route({ method: 'GET', url: '/v1/things/:id', config: requireScope('read'), … })
 *
 * and every query starts with `tenantOf(request)`. A route that says nothing is for admins alone.
 * The hooks that keep it run before any hook of a route, and before any body is read.
 */
export interface RouteAccess {
  access: Scope | 'any-key' | 'open';
  /** Takes a file: counts towards what a key may send in a day and at once. `bytes`: a part of one, no inspection yet. */
  metered?: boolean | 'bytes';
}

/** One of the key's scopes must be this one, or hold it. */
export const requireScope = (scope: Scope): RouteAccess => ({ access: scope });
/** Whoever is known here at all, but keys for figures alone. */
export const anyKey: RouteAccess = { access: 'any-key' };
/** For everybody: it tells nothing of any tenant. */
export const openToAll: RouteAccess = { access: 'open' };

/** Options of a page's route: OpenAPI leaves it out. */
export const ofPage = <const S extends object = object>(access: RouteAccess['access'], schema?: S) => ({
  config: { access },
  schema: { hide: true, ...schema } as { hide: true } & S,
});

export interface Caller {
  tenant: string;
  /** Shown beside what was done, as in notes; never a secret. */
  name: string;
  /** Left out where nobody has to show a key. */
  keyId?: string;
  scopes: ReadonlySet<Scope>;
  /** What is asked where the client names nothing. */
  defaults: AskDefaults;
  limits: KeyLimits;
  /** Signed in with a browser: what its forms have to send along (guards/form-token.ts). */
  formToken?: string;
}

/** Keys are off: the machine's own user may do everything. What he may see unmasked is the operator's setting. */
export const LOCAL_CALLER: Caller = {
  tenant: LOCAL_TENANT,
  name: LOCAL_TENANT,
  scopes: new Set(SCOPES),
  defaults: {},
  limits: {},
};

declare module 'fastify' {
  interface FastifyContextConfig extends Partial<RouteAccess> {}
}

const callers = new WeakMap<FastifyRequest, Caller>();

/** For the hook that finds out who it is. */
export function setCaller(request: FastifyRequest, caller: Caller): void {
  callers.set(request, caller);
}

/** Undefined only on routes that are open to all, where nobody needs to be known. */
export function callerIfKnown(request: FastifyRequest): Caller | undefined {
  return callers.get(request);
}

/** Asking on a route that is open to all is a mistake of ours, and an error. */
export function callerOf(request: FastifyRequest): Caller {
  const caller = callers.get(request);
  if (caller === undefined) throw new Error('nobody is known on this route');
  return caller;
}

/** Who did what is done, for the log. */
export function actorOf(request: FastifyRequest): Actor {
  const { name, keyId } = callerOf(request);
  return { who: name, requestId: request.id, ...(keyId === undefined ? {} : { keyId }) };
}

/** Whose rows the request may touch: the first argument of every query. */
export const tenantOf = (request: FastifyRequest): string => callerOf(request).tenant;

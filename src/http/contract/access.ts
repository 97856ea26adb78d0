import type { FastifyContextConfig, FastifyRequest } from 'fastify';
import type { Actor } from '../../core/transparency-log/leaf.js';
import type { KeyDefaults, KeyLimits } from '../../storage/access/keys.js';
import { LOCAL_TENANT, SCOPES, type Scope } from '../../storage/access/scopes.js';

/**
 * The contract of who may do what. Every route declares the access it requires (a page in its `config`):
 *
 *     registerOperation(app, 'GET /v1/things/:id', requireScope('read'), { … })
 *
 * and every query starts with `tenantOf(request)`. A route without a declaration is for admins alone. The hooks that
 * enforce it run before any hook of a route, and before any body is read.
 */
export interface RouteAccess {
  access: Scope | 'any-key' | 'open';
  /**
   * The route takes a file, which counts towards the daily and the concurrent quota of a key. `'bytes'`: the route
   * takes a part of a file, so only its bytes count.
   */
  metered?: boolean | 'bytes';
}

/** One of the key's scopes must be this one, or include it. */
export const requireScope = (
  scope: Scope,
  more?: FastifyContextConfig,
): RouteAccess & FastifyContextConfig => ({
  ...more,
  access: scope,
});
/** Any known caller, except keys that may read metrics alone. */
export const anyKey: RouteAccess = { access: 'any-key' };
/** For everybody: the answer discloses nothing of any tenant. */
export const openToAll: RouteAccess = { access: 'open' };

/** Options of a page's route: OpenAPI leaves it out. */
export const pageRouteOptions = <const S extends object = object>(
  access: RouteAccess['access'],
  schema?: S,
) => ({
  config: { access },
  schema: { hide: true, ...schema } as { hide: true } & S,
});

export interface Caller {
  tenant: string;
  /** Name shown with the actions of the caller, as in notes; never a secret. */
  name: string;
  /** Left out if keys are off. */
  keyId?: string;
  scopes: ReadonlySet<Scope>;
  /** Values used if the client names none. */
  defaults: KeyDefaults;
  limits: KeyLimits;
  /** Token that the forms of a browser session send along (form-token.ts). */
  formToken?: string;
}

/** Keys are off: the user of the machine may do everything. The operator's setting decides what is shown unmasked. */
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

/** Records the caller that the authentication hook found. */
export function setCaller(request: FastifyRequest, caller: Caller): void {
  callers.set(request, caller);
}

/** Returns the caller; `undefined` only on routes that are open to all, where nobody is identified. */
export function callerIfKnown(request: FastifyRequest): Caller | undefined {
  return callers.get(request);
}

/** Returns the caller. Throws on a route that is open to all, because such a call is a programming error. */
export function callerOf(request: FastifyRequest): Caller {
  const caller = callers.get(request);
  if (caller === undefined) throw new Error('nobody is known on this route');
  return caller;
}

/** Returns the actor for the audit log. */
export function actorOf(request: FastifyRequest): Actor {
  const { name, keyId } = callerOf(request);
  return { who: name, requestId: request.id, ...(keyId === undefined ? {} : { keyId }) };
}

/** Tenant whose rows the request may touch: the first argument of every query. */
export const tenantOf = (request: FastifyRequest): string => callerOf(request).tenant;

/**
 * Scopes of a key. Each is granted separately and none includes another, except that `admin` includes `metrics`. Names
 * for people are the messages `cli.scope.…`.
 */
export const SCOPES = ['inspect', 'read', 'reveal', 'fetch', 'admin', 'metrics'] as const;
export type Scope = (typeof SCOPES)[number];

/** Returns whether these scopes allow what the wanted scope allows. */
export const isAllowed = (scopes: ReadonlySet<Scope>, wanted: Scope): boolean =>
  scopes.has(wanted) || (wanted === 'metrics' && scopes.has('admin'));

/** Returns true for a key that can only collect metrics, which belong to no tenant. */
export const isMetricsOnly = (scopes: ReadonlySet<Scope>): boolean =>
  scopes.size === 1 && scopes.has('metrics');

/** Tenant of all rows if the server requires no key. */
export const LOCAL_TENANT = 'local';

export const isScope = (text: string): text is Scope => SCOPES.some((scope) => scope === text);

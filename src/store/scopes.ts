/** What a key may do. Each is given by itself; none holds another, but that admins see the figures. `cli.scope.…` says it for people. */
export const SCOPES = ['inspect', 'read', 'reveal', 'fetch', 'admin', 'metrics'] as const;
export type Scope = (typeof SCOPES)[number];

/** Whether a key with these may do what that one allows. */
export const allows = (scopes: ReadonlySet<Scope>, wanted: Scope): boolean =>
  scopes.has(wanted) || (wanted === 'metrics' && scopes.has('admin'));

/** Of a key that collects figures nothing is anybody’s who is known here. */
export const isForFiguresAlone = (scopes: ReadonlySet<Scope>): boolean =>
  scopes.size === 1 && scopes.has('metrics');

/** Whose rows they are where nobody has to show a key. */
export const LOCAL_TENANT = 'local';

export const isScope = (text: string): text is Scope => SCOPES.some((scope) => scope === text);

import type { FastifyInstance, RouteOptions } from 'fastify';
import type { RouteAccess } from './access.js';

export interface KnownRoute {
  methods: string[];
  url: string;
  /** Left out if the route declares none, and is for admins. */
  access?: RouteAccess['access'];
  metered?: RouteAccess['metered'];
}

const tables = new WeakMap<FastifyInstance, RouteOptions[]>();

/** Must run before the first route: it collects routes as they are added. */
export function recordRoutes(app: FastifyInstance): void {
  const table: RouteOptions[] = [];
  tables.set(app, table);
  app.addHook('onRoute', (route) => void table.push(route));
}

/** Returns every route added so far, in that order. */
export function recordedRoutes(app: FastifyInstance): KnownRoute[] {
  return (tables.get(app) ?? []).map(({ url, method, config }) => ({
    methods: [method].flat(),
    url,
    ...(config?.access === undefined ? {} : { access: config.access }),
    ...(config?.metered === undefined ? {} : { metered: config.metered }),
  }));
}

import type { FastifyInstance, RouteOptions } from 'fastify';
import type { RouteAccess } from './access.js';

export interface KnownRoute {
  methods: string[];
  url: string;
  /** Left out if the route declares none, and is for admins. */
  access?: RouteAccess['access'];
  metered?: RouteAccess['metered'];
}

declare module 'fastify' {
  interface FastifyInstance {
    /** Every route added so far; the scopes of plugins share it. */
    routeTable: RouteOptions[];
  }
}

/** Must run before the first route: it collects routes as they are added. */
export function recordRoutes(app: FastifyInstance): void {
  const table: RouteOptions[] = [];
  app.decorate('routeTable', table);
  app.addHook('onRoute', (route) => void table.push(route));
}

/** Returns every route added so far, in that order. */
export function recordedRoutes(app: FastifyInstance): KnownRoute[] {
  return app.routeTable.map(({ url, method, config }) => ({
    methods: [method].flat(),
    url,
    ...(config?.access === undefined ? {} : { access: config.access }),
    ...(config?.metered === undefined ? {} : { metered: config.metered }),
  }));
}

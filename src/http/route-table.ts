import type { FastifyInstance, RouteOptions } from 'fastify';
import type { RouteAccess } from './access.js';

export interface KnownRoute {
  methods: string[];
  url: string;
  /** Left out where the route says nothing, and is for admins. */
  access?: RouteAccess['access'];
  metered?: RouteAccess['metered'];
}

const tables = new WeakMap<FastifyInstance, RouteOptions[]>();

/** Before the first route: it learns of them as they are added. */
export function noteRoutes(app: FastifyInstance): void {
  const table: RouteOptions[] = [];
  tables.set(app, table);
  app.addHook('onRoute', (route) => void table.push(route));
}

/** Every route there is so far, in the order they were added. */
export function routesOf(app: FastifyInstance): KnownRoute[] {
  return (tables.get(app) ?? []).map(({ url, method, config }) => ({
    methods: [method].flat(),
    url,
    ...(config?.access === undefined ? {} : { access: config.access }),
    ...(config?.metered === undefined ? {} : { metered: config.metered }),
  }));
}

import type { FastifyInstance, FastifyReply } from 'fastify';

/** Deprecation of a route. */
export interface Deprecation {
  /** Day of the deprecation, `YYYY-MM-DD`. */
  since: string;
  /** Day from which the route may be gone, `YYYY-MM-DD`; left out: no day is set. */
  sunset?: string;
  /** Address of a page that gives the reason and the replacement. */
  about: string;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    deprecated?: Deprecation;
  }
}

/**
 * Announces routes with `config.deprecated` in the API's description and in each of their answers, errors included
 * (`Deprecation`, RFC 9745; `Sunset`, RFC 8594).
 */
export function announceDeprecations(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    if (route.config?.deprecated !== undefined) route.schema = { ...route.schema, deprecated: true };
  });
  app.addHook('onRequest', async ({ routeOptions }, reply) => {
    const { deprecated } = routeOptions.config;
    if (deprecated !== undefined) addHeaders(reply, deprecated);
  });
}

function addHeaders(reply: FastifyReply, { since, sunset, about }: Deprecation): void {
  // A Structured Field date: seconds since 1970 after an @.
  reply.header('deprecation', `@${startOfDay(since).getTime() / 1_000}`);
  reply.header('link', `<${about}>; rel="deprecation"; type="text/html"`);
  if (sunset !== undefined) reply.header('sunset', startOfDay(sunset).toUTCString());
}

const startOfDay = (day: string): Date => new Date(`${day}T00:00:00Z`);

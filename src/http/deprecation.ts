import type { FastifyInstance, FastifyReply } from 'fastify';

/** A route that is to go. */
export interface Deprecated {
  /** Since when it is deprecated, `YYYY-MM-DD`. */
  since: string;
  /** From this day on it may be gone, `YYYY-MM-DD`; left out: no day is set. */
  sunset?: string;
  /** Address of what says why, and what to use in its place. */
  about: string;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    deprecated?: Deprecated;
  }
}

/**
 * Routes with `config.deprecated` say so: in the API's description, and in each of their answers, refusals too
 * (`Deprecation`, RFC 9745; `Sunset`, RFC 8594).
 */
export function tellDeprecated(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    if (route.config?.deprecated !== undefined) route.schema = { ...route.schema, deprecated: true };
  });
  app.addHook('onRequest', async ({ routeOptions }, reply) => {
    const { deprecated } = routeOptions.config;
    if (deprecated !== undefined) addHeaders(reply, deprecated);
  });
}

function addHeaders(reply: FastifyReply, { since, sunset, about }: Deprecated): void {
  // A Structured Field date: seconds since 1970 after an @.
  reply.header('deprecation', `@${startOf(since).getTime() / 1_000}`);
  reply.header('link', `<${about}>; rel="deprecation"; type="text/html"`);
  if (sunset !== undefined) reply.header('sunset', startOf(sunset).toUTCString());
}

const startOf = (day: string): Date => new Date(`${day}T00:00:00Z`);

import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from './problem.js';
import { routesOf } from './route-table.js';

/**
 * Answers what no route takes, before any body is read: 405 with `Allow` where the address is known, else 404.
 */
export function refuseUnrouted(app: FastifyInstance): void {
  app.addHook('onRequest', async (request) => {
    if (!request.is404) return;
    const allowed = new Set<string>();
    for (const { url, methods } of routesOf(app)) {
      if (matches(url, pathOf(request))) for (const method of methods) allowed.add(method);
    }
    if (allowed.size === 0) throw new Problem('not-found');
    throw new Problem('method-not-allowed', { headers: { allow: [...allowed].sort().join(', ') } });
  });

  // Plugins that look for a file and find none end here.
  app.setNotFoundHandler(async () => {
    throw new Problem('not-found');
  });
}

function pathOf(request: FastifyRequest): string {
  return request.url.split('?', 1)[0] ?? '';
}

/** Route patterns of ours hold whole segments: fixed, `:name`, or `*` at the end. */
function matches(pattern: string, path: string): boolean {
  const wanted = pattern.split('/');
  const given = path.split('/');
  const open = wanted.at(-1) === '*';
  if (open ? given.length < wanted.length : given.length !== wanted.length) return false;
  return wanted.every(
    (segment, index) => segment === '*' || isParameter(segment, given[index]) || segment === given[index],
  );
}

function isParameter(segment: string, given: string | undefined): boolean {
  return segment.startsWith(':') && given !== undefined && given !== '';
}

import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from './problems/problem.js';
import { recordedRoutes } from './route-table.js';

/** Answers requests that match no route, before any body is read: 405 with `Allow` if the path exists, else 404. */
export function refuseUnrouted(app: FastifyInstance): void {
  app.addHook('onRequest', async (request) => {
    if (!request.is404) return;
    const allowed = new Set<string>();
    for (const { url, methods } of recordedRoutes(app)) {
      if (matches(url, pathOf(request))) for (const method of methods) allowed.add(method);
    }
    if (allowed.size === 0) throw new Problem('not-found');
    throw new Problem('method-not-allowed', { headers: { allow: [...allowed].sort().join(', ') } });
  });

  // Reached by plugins that look for a file and find none.
  app.setNotFoundHandler(async () => {
    throw new Problem('not-found');
  });
}

function pathOf(request: FastifyRequest): string {
  return request.url.split('?', 1)[0] ?? '';
}

/** Route patterns consist of whole segments: fixed, `:name`, or `*` at the end. */
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

import type { FastifyInstance } from 'fastify';

/** RFC 9112 3.2.2: clients send `GET http://host/path` to proxies, and a server has to understand it. */
const ABSOLUTE_FORM = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i;

/** Returns the authority of a request target in absolute form; `undefined` for any other form. */
export const parseAuthority = (target: string): string | undefined => ABSOLUTE_FORM.exec(target)?.[1];

/** Strips the base path, the prefix under which a proxy serves Assay. The routes answer with or without it. */
export function stripBasePath(url: string | undefined, basePath: string): string {
  const target = url ?? '/';
  const origin = target.replace(ABSOLUTE_FORM, '');
  // An authority without a path means the root.
  const path = origin === '' || origin.startsWith('?') ? `/${origin}` : origin;
  if (basePath === '' || !path.startsWith(basePath)) return path;
  const rest = path.slice(basePath.length);
  if (rest === '' || rest.startsWith('?')) return `/${rest}`;
  return rest.startsWith('/') ? rest : path;
}

/**
 * Prefixes every outgoing address of Assay with the base path. In pages everything from a file or a client is escaped,
 * so this text with its quote always comes from a template.
 */
export function addBasePath(app: FastifyInstance, basePath: string): void {
  if (basePath === '') return;
  app.addHook('onSend', async (_request, reply, payload) => {
    const location = reply.getHeader('location');
    if (typeof location === 'string' && /^\/(?!\/)/.test(location))
      reply.header('location', basePath + location);
    if (typeof payload !== 'string') return payload;
    const type = String(reply.getHeader('content-type'));
    if (type.startsWith('text/html'))
      return payload.replace(/ (href|src|action)="\/(?!\/)/g, ` $1="${basePath}/`);
    if (type.startsWith('application/problem+json')) {
      return payload.replace('"type":"/problems/', `"type":"${basePath}/problems/`);
    }
    return payload;
  });
}

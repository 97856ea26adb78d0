import type { FastifyInstance } from 'fastify';

/** RFC 9112 3.2.2: `GET http://host/path`, which clients send to proxies and a server has to understand. */
const ABSOLUTE_FORM = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i;

/** The authority of a request target in absolute form; undefined for any other form. */
export const authorityOf = (target: string): string | undefined => ABSOLUTE_FORM.exec(target)?.[1];

/** What stands before every path where a proxy gives us a part of its host. With or without it, the routes are the same. */
export function withoutBasePath(url: string | undefined, basePath: string): string {
  const target = url ?? '/';
  const origin = target.replace(ABSOLUTE_FORM, '');
  // An authority without a path asks for the root.
  const path = origin === '' || origin.startsWith('?') ? `/${origin}` : origin;
  if (basePath === '' || !path.startsWith(basePath)) return path;
  const rest = path.slice(basePath.length);
  if (rest === '' || rest.startsWith('?')) return `/${rest}`;
  return rest.startsWith('/') ? rest : path;
}

/**
 * Puts it before every address of ours that goes out. In pages all that comes from a file or a client is escaped, so
 * this text with its quote is always a template's.
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

import type { FastifyRequest } from 'fastify';
import type { AccessSettings } from '../../config/settings.js';
import { parseAuthority } from '../contract/base-path.js';
import { Problem } from '../contract/problems/problem.js';

/** Headers that a proxy adds when it forwards a request. */
const FORWARDED_HEADERS = [
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-forwarded-port',
  'x-forwarded-prefix',
  'x-forwarded-server',
  'x-real-ip',
  'x-client-ip',
  'x-cluster-client-ip',
  'true-client-ip',
  'cf-connecting-ip',
] as const;

const CHANGING_METHODS = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/**
 * Refuses requests of a forbidden origin: through an untrusted proxy (otherwise loopback would be open to the world),
 * for a host name that is not Assay's (any site can let a name resolve here) or on which the request contradicts
 * itself, or from another site's page that changes something.
 */
export function refuseForbiddenOrigins(
  settings: AccessSettings,
  trusted: (address: string) => boolean,
): (request: FastifyRequest) => Promise<void> {
  const allowed = settings.allowedHosts === undefined ? undefined : new Set(settings.allowedHosts);
  return async (request) => {
    const { headers, method } = request;
    // Node keeps the first and silently drops the others; a proxy in front may have used another one.
    if (countHeader('host', request.raw.rawHeaders) > 1) throw new Problem('several-hosts');
    const authority = parseAuthority(request.originalUrl);
    if (authority !== undefined && authority.toLowerCase() !== headers.host?.toLowerCase())
      throw new Problem('host-not-allowed');
    const forwarded = FORWARDED_HEADERS.some((name) => headers[name] !== undefined);
    if (forwarded && !trusted(request.raw.socket.remoteAddress ?? '')) throw new Problem('proxy-not-trusted');
    if (allowed !== undefined && !isAllowed(request.host, allowed)) throw new Problem('host-not-allowed');
    if (CHANGING_METHODS.has(method) && isFromForeignPage(request, settings))
      throw new Problem('cross-origin');
  };
}

/** Returns the number of header fields of that name. Names and values alternate in `rawHeaders`. */
function countHeader(name: string, rawHeaders: readonly string[]): number {
  let count = 0;
  for (let at = 0; at < rawHeaders.length; at += 2)
    if (rawHeaders[at]?.length === name.length && rawHeaders[at]?.toLowerCase() === name) count += 1;
  return count;
}

function isAllowed(host: string, allowed: ReadonlySet<string>): boolean {
  const name = host.toLowerCase();
  return allowed.has(name) || allowed.has(name.replace(/:\d+$/, ''));
}

/** Browsers name the originating page of every request that changes something. Programs send nothing. */
function isFromForeignPage(request: FastifyRequest, settings: AccessSettings): boolean {
  const { origin, 'sec-fetch-site': site } = request.headers;
  if (origin === undefined) return site === 'cross-site' || site === 'same-site';
  return !findOwnOrigins(request, settings).includes(origin) && !settings.corsOrigins.includes(origin);
}

/** Returns the origins of Assay as a browser knows them: behind a proxy that ends TLS only the settings know. */
export function findOwnOrigins(request: FastifyRequest, { publicUrl }: AccessSettings): string[] {
  const asked = `${request.protocol}://${request.host}`;
  const own = URL.canParse(asked) ? [new URL(asked).origin] : [];
  return publicUrl === undefined ? own : [new URL(publicUrl).origin, ...own];
}

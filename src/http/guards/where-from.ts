import type { FastifyRequest } from 'fastify';
import type { AccessSettings } from '../../config.js';
import { authorityOf } from '../base-path.js';
import { Problem } from '../problem.js';

/** What a proxy adds when it asks for somebody else. */
const FORWARDED = [
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

const CHANGING = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/**
 * Refuses what came on a way that nobody set up: a proxy that is not trusted (then loopback would be open to the world),
 * a name that is not ours (a page can have any name lead here) or that the request does not agree on with itself, a page of
 * somebody else that changes something.
 */
export function refuseStrangeWays(
  settings: AccessSettings,
  trusted: (address: string) => boolean,
): (request: FastifyRequest) => Promise<void> {
  const allowed = settings.allowedHosts === undefined ? undefined : new Set(settings.allowedHosts);
  return async (request) => {
    const { headers, method } = request;
    // Node keeps the first and drops the others in silence; a proxy in front may have believed another one.
    if (countOf('host', request.raw.rawHeaders) > 1) throw new Problem('several-hosts');
    const authority = authorityOf(request.originalUrl);
    if (authority !== undefined && authority.toLowerCase() !== headers.host?.toLowerCase())
      throw new Problem('host-not-allowed');
    const forwarded = FORWARDED.some((name) => headers[name] !== undefined);
    if (forwarded && !trusted(request.raw.socket.remoteAddress ?? '')) throw new Problem('proxy-not-trusted');
    if (allowed !== undefined && !isAllowed(request.host, allowed)) throw new Problem('host-not-allowed');
    if (CHANGING.has(method) && fromForeignPage(request, settings)) throw new Problem('cross-origin');
  };
}

/** How many fields of that name a head has. Names and values take turns in `rawHeaders`. */
function countOf(name: string, rawHeaders: readonly string[]): number {
  let count = 0;
  for (let at = 0; at < rawHeaders.length; at += 2)
    if (rawHeaders[at]?.length === name.length && rawHeaders[at]?.toLowerCase() === name) count += 1;
  return count;
}

function isAllowed(host: string, allowed: ReadonlySet<string>): boolean {
  const name = host.toLowerCase();
  return allowed.has(name) || allowed.has(name.replace(/:\d+$/, ''));
}

/** Browsers say of every request that changes something which page made it. Programs say nothing. */
function fromForeignPage(request: FastifyRequest, settings: AccessSettings): boolean {
  const { origin, 'sec-fetch-site': site } = request.headers;
  if (origin === undefined) return site === 'cross-site' || site === 'same-site';
  return !ownOrigins(request, settings).includes(origin) && !settings.corsOrigins.includes(origin);
}

/** As the browser wrote it into its address bar: behind a proxy that ends TLS we only know from the settings. */
export function ownOrigins(request: FastifyRequest, { publicUrl }: AccessSettings): string[] {
  const asked = `${request.protocol}://${request.host}`;
  const own = URL.canParse(asked) ? [new URL(asked).origin] : [];
  return publicUrl === undefined ? own : [new URL(publicUrl).origin, ...own];
}

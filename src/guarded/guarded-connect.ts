import { once } from 'node:events';
import { connect, isIP, type LookupFunction, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { privateAddress, publicLookup } from './guarded-lookup.js';
import { isPublicAddress } from './public-address.js';

/** A connection for one request. Rejects with what the system says, and with `ETIMEDOUT` where nothing comes about. */
export type Connect = (url: URL, signal: AbortSignal) => Promise<Socket>;

/** Which addresses a connection may go to: judged as a name is resolved, and once more where the socket came to. */
export interface Guard {
  lookup: LookupFunction;
  isOpen(address: string): boolean;
}

interface Way {
  /** Left out: any address. */
  guard?: Guard;
  /** PEM of an authority in place of those that Node knows. */
  ca?: string | undefined;
  /** Until the connection stands, TLS included. */
  millis?: number;
}

const CONNECT_MILLIS = 5_000;

/**
 * Speaks to the addresses of its guard only. A name is resolved and judged in one step, and the address that the socket
 * came to is judged once more: a literal is never looked up, and a name that answers differently each time gains nothing.
 */
export const guardedConnect =
  (guard: Guard, way: Omit<Way, 'guard'> = {}): Connect =>
  (url, signal) =>
    connected(url, signal, { ...way, guard });

/** The same of public addresses. */
export const publicConnect = (lookup: LookupFunction = publicLookup): Connect =>
  guardedConnect({ lookup, isOpen: isPublicAddress });

/** For hosts that the operator allows by name. */
export const allowedConnect =
  (way: Omit<Way, 'guard'> = {}): Connect =>
  (url, signal) =>
    connected(url, signal, way);

async function connected(url: URL, signal: AbortSignal, way: Way): Promise<Socket> {
  const { guard, ca, millis = CONNECT_MILLIS } = way;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const isSecure = url.protocol === 'https:';
  const patience = AbortSignal.timeout(millis);
  const until = { signal: AbortSignal.any([signal, patience]) };
  const plain = connect({
    host,
    port: url.port === '' ? (isSecure ? 443 : 80) : Number(url.port),
    ...(guard === undefined ? {} : { lookup: guard.lookup }),
  });
  // Whoever waits is told by `once`; what comes when nobody waits any more would end the process.
  plain.on('error', () => undefined);
  try {
    await once(plain, 'connect', until);
    // Before a byte is said, the first of TLS among them.
    if (guard !== undefined && !guard.isOpen(plain.remoteAddress ?? '')) throw privateAddress();
    if (!isSecure) return plain;
    const secure = connectTls({
      socket: plain,
      host,
      // A name alone: an address is no name of a server there, and is held against the certificate as `host`.
      ...(isIP(host) === 0 ? { servername: host } : {}),
      ALPNProtocols: ['http/1.1'],
      // Said here, so that NODE_TLS_REJECT_UNAUTHORIZED=0 in somebody's shell does not reach this.
      rejectUnauthorized: true,
      ...(ca === undefined ? {} : { ca }),
    });
    secure.on('error', () => undefined);
    await once(secure, 'secureConnect', until);
    return secure;
  } catch (error) {
    plain.destroy();
    if (patience.aborted && !signal.aborted) throw timedOut(error);
    throw error;
  }
}

/** As the system says it of its own patience, which is longer. */
const timedOut = (cause: unknown) =>
  Object.assign(new Error('connect ETIMEDOUT', { cause }), { code: 'ETIMEDOUT' });

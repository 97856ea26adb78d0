import { once } from 'node:events';
import { connect, isIP, type LookupFunction, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { publicLookup } from '../trust-lists/guarded-lookup.js';
import { isPublicAddress } from '../trust-lists/public-address.js';
import { privateTarget } from './target.js';
import { webhookLimits as limits } from './webhook-limits.js';

/** A connection for one request. Rejects with what the system says, and with `ETIMEDOUT` where nothing comes about. */
export type Connect = (url: URL, signal: AbortSignal) => Promise<Socket>;

interface Way {
  /** Only public addresses, and names that this leads to. */
  publicBy?: LookupFunction;
  /** PEM of an authority in place of those that Node knows. */
  ca?: string;
}

/**
 * Speaks to public addresses only. A name is resolved and judged in one step, and the address that the socket came
 * to is judged once more: a literal is never looked up, and a name that answers differently each time gains nothing.
 */
export const publicConnect =
  (lookup: LookupFunction = publicLookup): Connect =>
  (url, signal) =>
    connected(url, signal, { publicBy: lookup });

/** For hosts that the operator allows by name. */
export const allowedConnect =
  (ca?: string): Connect =>
  (url, signal) =>
    connected(url, signal, ca === undefined ? {} : { ca });

async function connected(url: URL, signal: AbortSignal, { publicBy, ca }: Way): Promise<Socket> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const isSecure = url.protocol === 'https:';
  const patience = AbortSignal.timeout(limits.connectMillis);
  const until = { signal: AbortSignal.any([signal, patience]) };
  const plain = connect({
    host,
    port: url.port === '' ? (isSecure ? 443 : 80) : Number(url.port),
    ...(publicBy === undefined ? {} : { lookup: publicBy }),
  });
  // Whoever waits is told by `once`; what comes when nobody waits any more would end the process.
  plain.on('error', () => undefined);
  try {
    await once(plain, 'connect', until);
    // Before a byte is said, the first of TLS among them.
    if (publicBy !== undefined && !isPublicAddress(plain.remoteAddress ?? '')) throw privateTarget();
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

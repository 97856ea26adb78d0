import { once } from 'node:events';
import { type AgentOptions, Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Guard } from './address-check.js';
import { guardedLookup, privateAddress, type Resolve } from './guarded-lookup.js';

/** A connection for one request. Rejects with what the system says, and with `ETIMEDOUT` where nothing comes about. */
export type Connect = (url: URL, signal: AbortSignal) => Promise<Socket>;

interface Way {
  resolve?: Resolve | undefined;
  /** PEM of authorities in place of those that Node knows. */
  ca?: string | readonly string[] | undefined;
  /** Until the connection stands, TLS included. */
  millis?: number;
}

const CONNECT_MILLIS = 5_000;

/**
 * Speaks to the addresses of its guard only. A number is judged before it is connected to, a name as it is resolved, and
 * where the socket came to once more: a name that answers differently each time gains nothing.
 */
export const guardedConnect =
  (guardOf: (host: string) => Guard, { resolve, ca, millis = CONNECT_MILLIS }: Way = {}): Connect =>
  async (url, signal) => {
    const host = hostOf(url);
    const guard = guardOf(host);
    const isSecure = url.protocol === 'https:';
    const patience = AbortSignal.timeout(millis);
    const until = { signal: AbortSignal.any([signal, patience]) };
    if (isIP(host) !== 0 && !guard(host)) throw privateAddress();
    const plain = connect({
      host,
      port: url.port === '' ? (isSecure ? 443 : 80) : Number(url.port),
      lookup: guardedLookup(guard, resolve),
    });
    // Whoever waits is told by `once`; what comes when nobody waits any more would end the process.
    plain.on('error', () => undefined);
    try {
      await once(plain, 'connect', until);
      // Before a byte is said, the first of TLS among them.
      if (!guard(plain.remoteAddress ?? '', plain.localAddress)) throw privateAddress();
      if (!isSecure) return plain;
      return await secured(plain, host, ca, until);
    } catch (error) {
      plain.destroy();
      if (patience.aborted && !signal.aborted) throw timedOut(error);
      throw error;
    }
  };

async function secured(
  plain: Socket,
  host: string,
  ca: Way['ca'],
  until: { signal: AbortSignal },
): Promise<Socket> {
  const secure = connectTls({
    socket: plain,
    host,
    // A name alone: an address is no name of a server there, and is held against the certificate as `host`.
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ALPNProtocols: ['http/1.1'],
    // Said here, so that NODE_TLS_REJECT_UNAUTHORIZED=0 in somebody's shell does not reach this.
    rejectUnauthorized: true,
    ...(ca === undefined ? {} : { ca: typeof ca === 'string' ? ca : [...ca] }),
  });
  secure.on('error', () => undefined);
  await once(secure, 'secureConnect', until);
  return secure;
}

const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '');

/** As the system says it of its own patience, which is longer. */
const timedOut = (cause: unknown) =>
  Object.assign(new Error('connect ETIMEDOUT', { cause }), { code: 'ETIMEDOUT' });

/** The same judgement for libraries that make their requests themselves and take an agent of Node's. */
export function guardedAgent(
  protocol: string,
  guardOf: (host: string) => Guard,
  options: AgentOptions,
): HttpAgent {
  const agent = protocol === 'http:' ? new HttpAgent(options) : new HttpsAgent(options);
  const create = agent.createConnection.bind(agent);
  agent.createConnection = (asked, callback) => {
    const host = asked.host ?? 'localhost';
    const guard = guardOf(host);
    if (isIP(host) !== 0 && !guard(host)) {
      callback?.(privateAddress(), undefined as never);
      return undefined;
    }
    const stream = create({ ...asked, lookup: guardedLookup(guard) }, callback);
    const socket = stream as Socket;
    // Before what Node does then: begin with TLS.
    socket.prependOnceListener('connect', () => {
      if (!guard(socket.remoteAddress ?? '', socket.localAddress)) socket.destroy(privateAddress());
    });
    return stream;
  };
  return agent;
}

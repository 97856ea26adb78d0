import { once } from 'node:events';
import { type AgentOptions, Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { AddressGuard } from './address-check.js';
import { guardedLookup, type LookupAll, privateAddressError } from './guarded-lookup.js';

/**
 * Opens a connection for one request. Rejects with the system's error, or with `ETIMEDOUT` if no connection is made in
 * time.
 */
export type Connect = (url: URL, signal: AbortSignal) => Promise<Socket>;

interface ConnectOptions {
  resolve?: LookupAll | undefined;
  /** PEM of certificate authorities that replace those known to Node. */
  ca?: string | readonly string[] | undefined;
  /** Timeout until the connection is established, TLS included. */
  millis?: number;
}

const CONNECT_MILLIS = 5_000;

/**
 * Connects only to addresses that the guard allows. Checks a numeric address before connecting, a name when it is
 * resolved, and the connected socket again, so that a name that answers differently each time gains nothing.
 */
export const guardedConnect =
  (
    guardOf: (host: string) => AddressGuard,
    { resolve, ca, millis = CONNECT_MILLIS }: ConnectOptions = {},
  ): Connect =>
  async (url, signal) => {
    const host = hostOf(url);
    const guard = guardOf(host);
    const isSecure = url.protocol === 'https:';
    const patience = AbortSignal.timeout(millis);
    const until = { signal: AbortSignal.any([signal, patience]) };
    if (isIP(host) !== 0 && !guard(host)) throw privateAddressError();
    const plain = connect({
      host,
      port: url.port === '' ? (isSecure ? 443 : 80) : Number(url.port),
      lookup: guardedLookup(guard, resolve),
    });
    // `once` reports errors while they are awaited; a later error would end the process.
    plain.on('error', () => undefined);
    try {
      await once(plain, 'connect', until);
      // Checks before any byte is sent, including the first of TLS.
      if (!guard(plain.remoteAddress ?? '', plain.localAddress)) throw privateAddressError();
      if (!isSecure) return plain;
      return await startTls(plain, host, ca, until);
    } catch (error) {
      plain.destroy();
      if (patience.aborted && !signal.aborted) throw timeoutError(error);
      throw error;
    }
  };

async function startTls(
  plain: Socket,
  host: string,
  ca: ConnectOptions['ca'],
  until: { signal: AbortSignal },
): Promise<Socket> {
  const secure = connectTls({
    socket: plain,
    host,
    // SNI takes only host names; a numeric address is checked against the certificate as `host`.
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ALPNProtocols: ['http/1.1'],
    // Set explicitly, so that NODE_TLS_REJECT_UNAUTHORIZED=0 in the environment has no effect.
    rejectUnauthorized: true,
    ...(ca === undefined ? {} : { ca: typeof ca === 'string' ? ca : [...ca] }),
  });
  secure.on('error', () => undefined);
  await once(secure, 'secureConnect', until);
  return secure;
}

const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '');

/** Mimics the system's own timeout error; the system waits longer. */
const timeoutError = (cause: unknown) =>
  Object.assign(new Error('connect ETIMEDOUT', { cause }), { code: 'ETIMEDOUT' });

/** Returns an agent with the same checks, for libraries that make their own requests. */
export function guardedAgent(
  protocol: string,
  guardOf: (host: string) => AddressGuard,
  options: AgentOptions,
): HttpAgent {
  const agent = protocol === 'http:' ? new HttpAgent(options) : new HttpsAgent(options);
  const create = agent.createConnection.bind(agent);
  agent.createConnection = (asked, callback) => {
    const host = asked.host ?? 'localhost';
    const guard = guardOf(host);
    if (isIP(host) !== 0 && !guard(host)) {
      callback?.(privateAddressError(), undefined as never);
      return undefined;
    }
    const stream = create({ ...asked, lookup: guardedLookup(guard) }, callback);
    const socket = stream as Socket;
    // Runs before Node's own listener, which starts TLS.
    socket.prependOnceListener('connect', () => {
      if (!guard(socket.remoteAddress ?? '', socket.localAddress)) socket.destroy(privateAddressError());
    });
    return stream;
  };
  return agent;
}

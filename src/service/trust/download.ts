import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { rootCertificates } from 'node:tls';
import { fault } from '../../base/fault.js';
import { AddressPolicy } from '../../base/net/address-check.js';
import { FetchFault } from '../../base/net/fetch-fault.js';
import { type Connect, guardedConnect } from '../../base/net/guarded-connect.js';
import type { LookupAll } from '../../base/net/guarded-lookup.js';
import { trustLimits } from '../../core/trust/lists/trust-limits.js';
import type { ListAddresses } from './addresses.js';
import { listLimits as limits } from './list-limits.js';

export interface DownloadOptions {
  signal?: AbortSignal | undefined;
  millis?: number;
  /** Networks that are never contacted, whoever named the host. */
  denied?: readonly string[];
  resolve?: LookupAll;
}

/** Downloads the whole content of an address. Throws a `FetchFault`. */
export async function download(
  address: string,
  from: ListAddresses,
  { signal, millis = limits.fetchMillis, denied, resolve }: DownloadOptions = {},
): Promise<Buffer> {
  const deadline = AbortSignal.timeout(millis);
  try {
    const until = signal ? AbortSignal.any([deadline, signal]) : deadline;
    const check = new AddressPolicy(denied);
    // Hosts of the operator's file may be private; those of the publishers' addresses must be public.
    const connectTo = (url: URL) =>
      guardedConnect(
        (host) => (from.ownHosts.has(url.host) ? check.guardForNamed(host) : check.allowsPublic),
        {
          resolve,
          millis,
          ...(from.ca === undefined ? {} : { ca: [...rootCertificates, from.ca] }),
        },
      );
    return await followRedirects(address, from, { signal: until, connectTo });
  } catch (error) {
    if (error instanceof FetchFault) throw error;
    if (signal?.aborted) throw new FetchFault(fault('fetch.interrupted'), { cause: error });
    if (deadline.aborted) throw new FetchFault(fault('fetch.timeout', { millis }), { cause: error });
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'none';
    throw new FetchFault(fault('fetch.failed', { code }), { cause: error });
  }
}

interface Connection {
  signal: AbortSignal;
  connectTo(url: URL): Connect;
}

async function followRedirects(address: string, from: ListAddresses, way: Connection): Promise<Buffer> {
  let url = assertAllowed(new URL(address), from);
  for (let redirects = 0; redirects <= limits.redirects; redirects += 1) {
    const response = await get(url, way);
    const location = response.headers.location;
    if (![301, 302, 303, 307, 308].includes(response.statusCode ?? 0) || location === undefined)
      return readBody(response, way.signal);
    response.destroy();
    if (!URL.canParse(location, url.href))
      throw new FetchFault(fault('fetch.redirect', { where: 'nowhere', most: limits.redirects }));
    url = assertAllowed(new URL(location, url), from);
  }
  throw new FetchFault(fault('fetch.redirect', { where: 'other', most: limits.redirects }));
}

/** Checked before every hop, because a server's redirect must not choose an arbitrary target. */
function assertAllowed(url: URL, from: ListAddresses): URL {
  if (url.protocol !== 'https:') throw new FetchFault(fault('fetch.notHttps'));
  if (url.username !== '' || url.password !== '')
    throw new FetchFault(fault('fetch.address', { what: 'secret' }));
  if (!from.hosts.has(url.host)) throw new FetchFault(fault('fetch.host', { host: url.host }));
  return url;
}

/** Sends the request on a new connection to a checked address, used for this answer alone. */
async function get(url: URL, { signal, connectTo }: Connection): Promise<IncomingMessage> {
  const socket = await connectTo(url)(url, signal);
  return new Promise((resolve, reject) => {
    request(url, {
      signal,
      createConnection: () => socket,
      // Not compressed, because the bound applies to the bytes as they come.
      headers: { accept: '*/*', 'accept-encoding': 'identity', 'user-agent': 'assay' },
    })
      .on('response', resolve)
      .on('error', reject)
      .end();
  });
}

async function readBody(response: IncomingMessage, signal: AbortSignal): Promise<Buffer> {
  try {
    assertWhole(response);
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of response) {
      const part = Buffer.from(chunk);
      bytes += part.length;
      if (bytes > trustLimits.trustFileBytes) throw tooLargeFault();
      chunks.push(part);
    }
    if (!response.complete) throw truncatedFault();
    return Buffer.concat(chunks, bytes);
  } catch (error) {
    // An abort looks like a reset too, but its reason is reported by the abort itself.
    throw isReset(error) && !signal.aborted ? truncatedFault(error) : error;
  } finally {
    response.destroy();
  }
}

function assertWhole({ statusCode, headers }: IncomingMessage): void {
  if (statusCode !== 200) throw new FetchFault(fault('fetch.status', { status: String(statusCode ?? 0) }));
  if ((headers['content-encoding'] ?? 'identity') !== 'identity')
    throw new FetchFault(fault('fetch.encoding'));
  const length = headers['content-length'];
  // If an answer ends only with its connection, a truncation cannot be detected.
  if (length === undefined && !headers['transfer-encoding']?.includes('chunked'))
    throw new FetchFault(fault('fetch.noLength'));
  if (length !== undefined && Number(length) > trustLimits.trustFileBytes) throw tooLargeFault();
}

const isReset = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ECONNRESET';

const truncatedFault = (cause?: unknown) => new FetchFault(fault('fetch.truncated'), { cause });

const tooLargeFault = () => new FetchFault(fault('bound.trustFile', { most: trustLimits.trustFileBytes }));

import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { rootCertificates } from 'node:tls';
import { fault } from '../core/ground/fault.js';
import { trustLimits } from '../core/trust/trust-limits.js';
import { AddressCheck } from '../guarded/address-check.js';
import { FetchFault } from '../guarded/fetch-fault.js';
import { type Connect, guardedConnect } from '../guarded/guarded-connect.js';
import type { Resolve } from '../guarded/guarded-lookup.js';
import type { Addresses } from './addresses.js';
import { listLimits as limits } from './list-limits.js';

export interface DownloadOptions {
  signal?: AbortSignal | undefined;
  millis?: number;
  /** Networks that no list is fetched from, whoever named its host. */
  denied?: readonly string[];
  resolve?: Resolve;
}

/** The whole of what an address holds, or a `FetchFault`. */
export async function download(
  address: string,
  from: Addresses,
  { signal, millis = limits.fetchMillis, denied, resolve }: DownloadOptions = {},
): Promise<Buffer> {
  const deadline = AbortSignal.timeout(millis);
  try {
    const until = signal ? AbortSignal.any([deadline, signal]) : deadline;
    const check = new AddressCheck(denied);
    // What the operator's file names may be inside; what publishers' addresses lead to is public.
    const connectTo = (url: URL) =>
      guardedConnect((host) => (from.ownHosts.has(url.host) ? check.named(host) : check.public), {
        resolve,
        millis,
        ...(from.ca === undefined ? {} : { ca: [...rootCertificates, from.ca] }),
      });
    return await follow(address, from, { signal: until, connectTo });
  } catch (error) {
    if (error instanceof FetchFault) throw error;
    if (signal?.aborted) throw new FetchFault(fault('fetch.interrupted'), { cause: error });
    if (deadline.aborted) throw new FetchFault(fault('fetch.timeout', { millis }), { cause: error });
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'none';
    throw new FetchFault(fault('fetch.failed', { code }), { cause: error });
  }
}

interface Way {
  signal: AbortSignal;
  connectTo(url: URL): Connect;
}

async function follow(address: string, from: Addresses, way: Way): Promise<Buffer> {
  let url = allowed(new URL(address), from);
  for (let redirects = 0; redirects <= limits.redirects; redirects += 1) {
    const response = await get(url, way);
    const location = response.headers.location;
    if (![301, 302, 303, 307, 308].includes(response.statusCode ?? 0) || location === undefined)
      return body(response, way.signal);
    response.destroy();
    if (!URL.canParse(location, url.href))
      throw new FetchFault(fault('fetch.redirect', { where: 'nowhere', most: limits.redirects }));
    url = allowed(new URL(location, url), from);
  }
  throw new FetchFault(fault('fetch.redirect', { where: 'other', most: limits.redirects }));
}

/** Asked before every hop: what a server answers must not choose where we go. */
function allowed(url: URL, from: Addresses): URL {
  if (url.protocol !== 'https:') throw new FetchFault(fault('fetch.notHttps'));
  if (url.username !== '' || url.password !== '')
    throw new FetchFault(fault('fetch.address', { what: 'secret' }));
  if (!from.hosts.has(url.host)) throw new FetchFault(fault('fetch.host', { host: url.host }));
  return url;
}

/** On a connection of its own, to an address that was judged, for this answer alone. */
async function get(url: URL, { signal, connectTo }: Way): Promise<IncomingMessage> {
  const socket = await connectTo(url)(url, signal);
  return new Promise((resolve, reject) => {
    request(url, {
      signal,
      createConnection: () => socket,
      // Nothing compressed: what comes is bounded as it comes.
      headers: { accept: '*/*', 'accept-encoding': 'identity', 'user-agent': 'assay' },
    })
      .on('response', resolve)
      .on('error', reject)
      .end();
  });
}

async function body(response: IncomingMessage, signal: AbortSignal): Promise<Buffer> {
  try {
    assertWhole(response);
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of response) {
      const part = Buffer.from(chunk);
      bytes += part.length;
      if (bytes > trustLimits.trustFileBytes) throw tooLarge();
      chunks.push(part);
    }
    if (!response.complete) throw truncated();
    return Buffer.concat(chunks, bytes);
  } catch (error) {
    // Giving up looks like a reset too; that one is told by who gave up.
    throw isReset(error) && !signal.aborted ? truncated(error) : error;
  } finally {
    response.destroy();
  }
}

function assertWhole({ statusCode, headers }: IncomingMessage): void {
  if (statusCode !== 200) throw new FetchFault(fault('fetch.status', { status: String(statusCode ?? 0) }));
  if ((headers['content-encoding'] ?? 'identity') !== 'identity')
    throw new FetchFault(fault('fetch.encoding'));
  const length = headers['content-length'];
  // Of an answer that ends with its connection nobody can tell whether it was cut.
  if (length === undefined && !headers['transfer-encoding']?.includes('chunked'))
    throw new FetchFault(fault('fetch.noLength'));
  if (length !== undefined && Number(length) > trustLimits.trustFileBytes) throw tooLarge();
}

const isReset = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ECONNRESET';

const truncated = (cause?: unknown) => new FetchFault(fault('fetch.truncated'), { cause });

const tooLarge = () => new FetchFault(fault('bound.trustFile', { most: trustLimits.trustFileBytes }));

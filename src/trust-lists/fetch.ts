import { fault, type ReadFault } from '../core/ground/fault.js';
import { FetchFault } from '../guarded/fetch-fault.js';
import { said } from '../say/said.js';
import type { Addresses } from './addresses.js';
import type { Candidate } from './candidate.js';
import { type DownloadOptions, download } from './download.js';
import { PUBLISHED_LISTS, type PublishedList } from './published-lists.js';

export interface FetchOptions extends DownloadOptions {
  now: Date;
}

/** Every list that has an address, fetched or with the reason why not. A list without one is left alone. */
export async function fetchLists(from: Addresses, options: FetchOptions): Promise<Candidate[]> {
  const wanted = PUBLISHED_LISTS.filter((list) => from.urls.has(list.file));
  return Promise.all(wanted.map((list) => fetchList(list, from, options)));
}

async function fetchList(
  { file, companion }: PublishedList,
  from: Addresses,
  options: FetchOptions,
): Promise<Candidate> {
  const [list, dated] = await Promise.all([
    fetched(file, from, options),
    companion === undefined ? undefined : fetched(companion, from, options),
  ]);
  if (!list) return { file, fault: fault('fetch.address', { what: 'other' }) };
  if ('fault' in list) return { file, fault: list.fault };
  const source = { url: list.url, fetchedAt: options.now.toISOString() };
  if (!dated) return { file, bytes: list.bytes, source };
  const beside =
    'fault' in dated ? { why: said('trust.companion.notFetched', { code: dated.fault.code }) } : dated.bytes;
  return { file, bytes: list.bytes, source, companion: beside };
}

type Fetched = { url: string; bytes: Buffer } | { fault: ReadFault };

async function fetched(
  file: string,
  from: Addresses,
  options: DownloadOptions,
): Promise<Fetched | undefined> {
  const url = from.urls.get(file);
  if (url === undefined) return undefined;
  try {
    return { url, bytes: await download(url, from, options) };
  } catch (error) {
    if (!(error instanceof FetchFault)) throw error;
    return { fault: error.fault };
  }
}

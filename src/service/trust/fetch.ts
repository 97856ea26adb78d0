import { fault, type ReadFault } from '../../base/fault.js';
import { FetchFault } from '../../base/net/fetch-fault.js';
import { message } from '../../i18n/message.js';
import type { ListAddresses } from './addresses.js';
import type { ListCandidate } from './candidate.js';
import { type DownloadOptions, download } from './download.js';
import { PUBLISHED_LISTS, type PublishedList } from './published-lists.js';

export interface FetchOptions extends DownloadOptions {
  now: Date;
}

/**
 * Fetches every list that has an address; returns each, or the reason why it could not be fetched. Lists without an
 * address are skipped.
 */
export async function fetchLists(from: ListAddresses, options: FetchOptions): Promise<ListCandidate[]> {
  const wanted = PUBLISHED_LISTS.filter((list) => from.urls.has(list.file));
  return Promise.all(wanted.map((list) => fetchList(list, from, options)));
}

async function fetchList(
  { file, companion }: PublishedList,
  from: ListAddresses,
  options: FetchOptions,
): Promise<ListCandidate> {
  const [list, dated] = await Promise.all([
    tryDownload(file, from, options),
    companion === undefined ? undefined : tryDownload(companion, from, options),
  ]);
  if (!list) return { file, fault: fault('fetch.address', { what: 'other' }) };
  if ('fault' in list) return { file, fault: list.fault };
  const source = { url: list.url, fetchedAt: options.now.toISOString() };
  if (!dated) return { file, bytes: list.bytes, source };
  const beside =
    'fault' in dated
      ? { why: message('trust.companion.notFetched', { code: dated.fault.code }) }
      : dated.bytes;
  return { file, bytes: list.bytes, source, companion: beside };
}

type FetchResult = { url: string; bytes: Buffer } | { fault: ReadFault };

async function tryDownload(
  file: string,
  from: ListAddresses,
  options: DownloadOptions,
): Promise<FetchResult | undefined> {
  const url = from.urls.get(file);
  if (url === undefined) return undefined;
  try {
    return { url, bytes: await download(url, from, options) };
  } catch (error) {
    if (!(error instanceof FetchFault)) throw error;
    return { fault: error.fault };
  }
}

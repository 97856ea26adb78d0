import { readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { asArray, asRecord, asText, type JsonRecord, ownMember, parseJson } from '../../base/json-shape.js';
import { readPemDers } from '../../core/trust/formats/pem.js';
import { TRUST_FILES } from '../../core/trust/lists/trust-files.js';
import { type Message, message } from '../../i18n/message.js';
import { MessageError } from '../../i18n/message-error.js';
import { listLimits as limits } from './list-limits.js';
import { PUBLISHED_LISTS } from './published-lists.js';

/** Addresses of the lists, and hosts that may answer. */
export interface ListAddresses {
  /** By the name of the list or of its companion. */
  urls: ReadonlyMap<string, string>;
  /** `host` or `host:port` that a redirect may lead to; includes the hosts of the addresses. */
  hosts: ReadonlySet<string>;
  /** Hosts among them that the operator named: they may be inside a private network. */
  ownHosts: ReadonlySet<string>;
  /** PEM of additional authorities that servers are trusted by. */
  ca?: string;
}

export class AddressesError extends MessageError {
  override name = 'AddressesError';
  readonly code = 'trust.addresses';
}

const GITHUB = 'https://raw.githubusercontent.com/c2pa-org/conformance-public/main';

export const PUBLISHER_ADDRESSES: ListAddresses = publisherAddresses({
  [TRUST_FILES.official]: `${GITHUB}/trust-list/C2PA-TRUST-LIST.pem`,
  'C2PA-TRUST-LIST.json': `${GITHUB}/trust-list/C2PA-TRUST-LIST.json`,
  [TRUST_FILES.officialTsa]: `${GITHUB}/trust-list/C2PA-TSA-TRUST-LIST.pem`,
  'C2PA-TSA-TRUST-LIST.json': `${GITHUB}/trust-list/C2PA-TSA-TRUST-LIST.json`,
  [TRUST_FILES.interim]: 'https://contentcredentials.org/trust/anchors.pem',
  [TRUST_FILES.interimAllowed]: 'https://contentcredentials.org/trust/allowed.pem',
  [TRUST_FILES.conformingProducts]: `${GITHUB}/conforming-products/conforming-products-list.json`,
});

function publisherAddresses(urls: Readonly<Record<string, string>>): ListAddresses {
  const hosts = new Set(Object.values(urls).map((url) => new URL(url).host));
  return { urls: new Map(Object.entries(urls)), hosts, ownHosts: new Set() };
}

/**
 * Reads the operator's own addresses: `{"lists": {"C2PA-TRUST-LIST.pem": "https://…"}, "hosts": [], "ca": "own.pem"}`.
 * They replace those of the publishers completely, so that a closed network contacts nobody outside.
 */
export async function readAddresses(path: string): Promise<ListAddresses> {
  const json = parse(path, (await readBoundedFile(path, limits.addressesBytes)).toString('utf8'));
  const urls = parseUrls(path, json);
  const extra = asArray(ownMember(json, 'hosts'), 64).map((one) => parseHost(path, one));
  const hosts = new Set([...[...urls.values()].map((url) => new URL(url).host), ...extra]);
  const ca = await readCa(path, ownMember(json, 'ca'));
  return { urls, hosts, ownHosts: hosts, ...(ca === undefined ? {} : { ca }) };
}

function parse(path: string, text: string): JsonRecord {
  const json = parseJson(text);
  if (json === undefined) throw addressesError(message('trust.addresses.noJson', { path }));
  const record = asRecord(json);
  if (!record) throw addressesError(message('trust.addresses.noObject', { path }));
  const unknown = Object.keys(record).find((key) => !['lists', 'hosts', 'ca'].includes(key));
  if (unknown !== undefined) throw addressesError(message('trust.addresses.member', { path, name: unknown }));
  return record;
}

function parseUrls(path: string, json: JsonRecord): Map<string, string> {
  const lists = asRecord(ownMember(json, 'lists'));
  if (!lists) throw addressesError(message('trust.addresses.noLists', { path }));
  const known = new Set(PUBLISHED_LISTS.flatMap((list) => [list.file, list.companion ?? list.file]));
  const entries = Object.entries(lists).map(([name, value]) => {
    if (!known.has(name)) throw addressesError(message('trust.addresses.noList', { path, name }));
    const url = asText(value, limits.addressCharacters);
    if (!url || !URL.canParse(url) || new URL(url).protocol !== 'https:')
      throw addressesError(message('trust.addresses.notHttps', { path, name }));
    return [name, url] as const;
  });
  if (!entries.some(([name]) => PUBLISHED_LISTS.some((list) => list.file === name)))
    throw addressesError(message('trust.addresses.none', { path }));
  return new Map(entries);
}

function parseHost(path: string, value: unknown): string {
  const host = asText(value, 300);
  const url = host && URL.canParse(`https://${host}/`) ? new URL(`https://${host}/`) : undefined;
  if (url?.pathname !== '/' || url.username !== '' || url.search !== '')
    throw addressesError(message('trust.addresses.noHost', { path }));
  return url.host;
}

async function readCa(path: string, value: unknown): Promise<string | undefined> {
  if (value === undefined) return undefined;
  const name = asText(value, 4_096);
  if (!name) throw addressesError(message('trust.addresses.noCa', { path }));
  const bytes = await readBoundedFile(resolve(dirname(path), name), limits.caBytes);
  if ('fault' in readPemDers(bytes)) throw addressesError(message('trust.addresses.emptyCa', { path, name }));
  return bytes.toString('latin1');
}

async function readBoundedFile(path: string, maxBytes: number): Promise<Buffer> {
  const stats = await stat(path).catch(() => undefined);
  if (!stats?.isFile()) throw addressesError(message('trust.addresses.absent', { path }));
  if (stats.size > maxBytes)
    throw addressesError(message('trust.addresses.tooLarge', { path, most: String(maxBytes) }));
  return readFile(path);
}

const addressesError = (what: Message) => new AddressesError(what);

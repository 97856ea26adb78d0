import { readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { asArray, asRecord, asText, type JsonRecord, jsonIn, member } from '../core/ground/json-shape.js';
import { readPemDers } from '../core/trust/pem.js';
import { TRUST_FILES } from '../core/trust/trust-files.js';
import { type Said, said } from '../say/said.js';
import { SaidError } from '../say/said-error.js';
import { listLimits as limits } from './list-limits.js';
import { PUBLISHED_LISTS } from './published-lists.js';

/** Where the lists are fetched from, and which hosts may answer. */
export interface Addresses {
  /** By the name of the list or of its companion. */
  urls: ReadonlyMap<string, string>;
  /** `host` or `host:port` that a redirect may lead to; the hosts of the addresses are among them. */
  hosts: ReadonlySet<string>;
  /** Those of them that the operator named: they may be inside a private network. */
  ownHosts: ReadonlySet<string>;
  /** PEM of further authorities that servers are trusted by. */
  ca?: string;
}

export class AddressesError extends SaidError {
  override name = 'AddressesError';
  readonly code = 'trust.addresses';
}

const GITHUB = 'https://raw.githubusercontent.com/c2pa-org/conformance-public/main';

export const PUBLISHERS: Addresses = publishers({
  [TRUST_FILES.official]: `${GITHUB}/trust-list/C2PA-TRUST-LIST.pem`,
  'C2PA-TRUST-LIST.json': `${GITHUB}/trust-list/C2PA-TRUST-LIST.json`,
  [TRUST_FILES.officialTsa]: `${GITHUB}/trust-list/C2PA-TSA-TRUST-LIST.pem`,
  'C2PA-TSA-TRUST-LIST.json': `${GITHUB}/trust-list/C2PA-TSA-TRUST-LIST.json`,
  [TRUST_FILES.interim]: 'https://contentcredentials.org/trust/anchors.pem',
  [TRUST_FILES.interimAllowed]: 'https://contentcredentials.org/trust/allowed.pem',
  [TRUST_FILES.conformingProducts]: `${GITHUB}/conforming-products/conforming-products-list.json`,
});

function publishers(urls: Readonly<Record<string, string>>): Addresses {
  const hosts = new Set(Object.values(urls).map((url) => new URL(url).host));
  return { urls: new Map(Object.entries(urls)), hosts, ownHosts: new Set() };
}

/**
 * The operator's own addresses: `{"lists": {"C2PA-TRUST-LIST.pem": "https://…"}, "hosts": [], "ca": "own.pem"}`.
 * They take the place of the publishers' altogether, so that a closed network asks nobody outside.
 */
export async function readAddresses(path: string): Promise<Addresses> {
  const json = parse(path, (await bounded(path, limits.addressesBytes)).toString('utf8'));
  const urls = urlsOf(path, json);
  const extra = asArray(member(json, 'hosts'), 64).map((one) => hostOf(path, one));
  const hosts = new Set([...[...urls.values()].map((url) => new URL(url).host), ...extra]);
  const ca = await caOf(path, member(json, 'ca'));
  return { urls, hosts, ownHosts: hosts, ...(ca === undefined ? {} : { ca }) };
}

function parse(path: string, text: string): JsonRecord {
  const json = jsonIn(text);
  if (json === undefined) throw wrong(said('trust.addresses.noJson', { path }));
  const record = asRecord(json);
  if (!record) throw wrong(said('trust.addresses.noObject', { path }));
  const unknown = Object.keys(record).find((key) => !['lists', 'hosts', 'ca'].includes(key));
  if (unknown !== undefined) throw wrong(said('trust.addresses.member', { path, name: unknown }));
  return record;
}

function urlsOf(path: string, json: JsonRecord): Map<string, string> {
  const lists = asRecord(member(json, 'lists'));
  if (!lists) throw wrong(said('trust.addresses.noLists', { path }));
  const known = new Set(PUBLISHED_LISTS.flatMap((list) => [list.file, list.companion ?? list.file]));
  const entries = Object.entries(lists).map(([name, value]) => {
    if (!known.has(name)) throw wrong(said('trust.addresses.noList', { path, name }));
    const url = asText(value, limits.addressCharacters);
    if (!url || !URL.canParse(url) || new URL(url).protocol !== 'https:')
      throw wrong(said('trust.addresses.notHttps', { path, name }));
    return [name, url] as const;
  });
  if (!entries.some(([name]) => PUBLISHED_LISTS.some((list) => list.file === name)))
    throw wrong(said('trust.addresses.none', { path }));
  return new Map(entries);
}

function hostOf(path: string, value: unknown): string {
  const host = asText(value, 300);
  const url = host && URL.canParse(`https://${host}/`) ? new URL(`https://${host}/`) : undefined;
  if (url?.pathname !== '/' || url.username !== '' || url.search !== '')
    throw wrong(said('trust.addresses.noHost', { path }));
  return url.host;
}

async function caOf(path: string, value: unknown): Promise<string | undefined> {
  if (value === undefined) return undefined;
  const name = asText(value, 4_096);
  if (!name) throw wrong(said('trust.addresses.noCa', { path }));
  const bytes = await bounded(resolve(dirname(path), name), limits.caBytes);
  if ('fault' in readPemDers(bytes)) throw wrong(said('trust.addresses.emptyCa', { path, name }));
  return bytes.toString('latin1');
}

async function bounded(path: string, most: number): Promise<Buffer> {
  const stats = await stat(path).catch(() => undefined);
  if (!stats?.isFile()) throw wrong(said('trust.addresses.absent', { path }));
  if (stats.size > most) throw wrong(said('trust.addresses.tooLarge', { path, most: String(most) }));
  return readFile(path);
}

const wrong = (what: Said) => new AddressesError(what);

import { isIP } from 'node:net';
import { type AddressGuard, AddressPolicy, isInnerName } from '../../base/net/address-check.js';
import { type Connect, guardedConnect } from '../../base/net/guarded-connect.js';
import type { LookupAll } from '../../base/net/guarded-lookup.js';
import type { FetchSettings } from '../../config/fetch-settings.js';
import { message } from '../../i18n/message.js';
import { fetchLimits as limits } from './fetch-limits.js';
import { FetchRefusalError } from './refusal.js';

export interface FetchOverrides {
  resolve?: LookupAll;
  /** PEM of a certificate authority that replaces those known to Node. */
  ca?: string;
}

/** Decides where a link and its redirects may lead. Checks each address, and each connection again. */
export class LinkPolicy {
  readonly #settings: FetchSettings;
  readonly #check: AddressPolicy;
  readonly #parts: FetchOverrides;
  /** Side on which each named host was found; a host that later resolves to the other side is refused. */
  readonly #sides = new Map<string, 'public' | 'inner'>();

  constructor(settings: FetchSettings, parts: FetchOverrides = {}) {
    this.#settings = settings;
    this.#check = new AddressPolicy(settings.denied);
    this.#parts = parts;
  }

  /** Returns the address without its fragment. Throws `FetchRefusalError` if it may not be requested; makes no network access. */
  check(address: string, base?: URL): URL {
    if (this.#settings.mode === 'off')
      throw new FetchRefusalError('fetch.off', message('fetching.refused.off'));
    if (address.length > limits.urlCharacters) throw addressRefusal('tooLong');
    if (!URL.canParse(address, base?.href)) throw addressRefusal('address');
    const url = new URL(address, base);
    url.hash = '';
    if (url.protocol !== 'http:' && url.protocol !== 'https:') throw addressRefusal('other');
    if (url.href.length > limits.urlCharacters) throw addressRefusal('tooLong');
    if (url.username !== '' || url.password !== '')
      throw new FetchRefusalError('fetch.credentials', message('fetching.refused.credentials'));
    if (this.#isNamed(url)) return url;
    // The parser has normalized every spelling of an IPv4 address (decimal, octal, hexadecimal).
    const literal = literalOf(url);
    if ((literal !== undefined && !this.#check.allowsPublic(literal)) || isInnerName(url.hostname))
      throw privateHostRefusal(url);
    if (this.#settings.mode === 'hosts')
      throw new FetchRefusalError('fetch.host', message('fetching.refused.host', { host: url.host }));
    return url;
  }

  /** Returns the function that connects to such an address. */
  connectFor(url: URL): Connect {
    return guardedConnect((host) => this.#guardOf(url, host), {
      ...this.#parts,
      millis: limits.connectMillis,
    });
  }

  #guardOf(url: URL, host: string): AddressGuard {
    if (!this.#isNamed(url)) return this.#check.allowsPublic;
    // A numeric address named by the operator is trusted as such; a host name resolves to whatever its owner chooses.
    if (literalOf(url) !== undefined) return this.#check.guardForNamed(host);
    return (address) => this.#staysOnSide(url.hostname, address);
  }

  #isNamed({ hostname, port, protocol }: URL): boolean {
    const { hosts } = this.#settings;
    return (
      hosts.has(hostname) ||
      hosts.has(`${hostname}:${port === '' ? (protocol === 'https:' ? '443' : '80') : port}`)
    );
  }

  /** Checks an address to which a host name resolves. The first address decides the side for this link. */
  #staysOnSide(hostname: string, address: string): boolean {
    const side = this.#check.sideOf(address);
    if (side === undefined || side !== (this.#sides.get(hostname) ?? side)) return false;
    this.#sides.set(hostname, side);
    return true;
  }
}

function literalOf({ hostname }: URL): string | undefined {
  const literal = hostname.replace(/^\[|\]$/g, '');
  return isIP(literal) === 0 ? undefined : literal;
}

const addressRefusal = (what: 'tooLong' | 'address' | 'other') =>
  new FetchRefusalError(
    'fetch.scheme',
    message('fetching.refused.scheme', { what, most: limits.urlCharacters }),
  );

export const privateHostRefusal = ({ host }: URL, cause?: unknown) =>
  new FetchRefusalError('fetch.private', message('fetching.refused.private', { host }), { cause });

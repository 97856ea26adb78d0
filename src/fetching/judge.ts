import { isIP } from 'node:net';
import { AddressCheck, type Guard, isInnerName } from '../guarded/address-check.js';
import { type Connect, guardedConnect } from '../guarded/guarded-connect.js';
import type { Resolve } from '../guarded/guarded-lookup.js';
import { said } from '../say/said.js';
import { fetchLimits as limits } from './fetch-limits.js';
import type { FetchSettings } from './fetch-settings.js';
import { Refusal } from './refusal.js';

export interface Parts {
  resolve?: Resolve;
  /** PEM of an authority in place of those that Node knows. */
  ca?: string;
}

/** Where one link and its redirects may lead. Each address is judged for itself, and each connection once more. */
export class Judge {
  readonly #settings: FetchSettings;
  readonly #check: AddressCheck;
  readonly #parts: Parts;
  /** On which side each named host was found: one that goes over to the other is refused. */
  readonly #sides = new Map<string, 'public' | 'inner'>();

  constructor(settings: FetchSettings, parts: Parts = {}) {
    this.#settings = settings;
    this.#check = new AddressCheck(settings.denied);
    this.#parts = parts;
  }

  /** The address as it may be asked, without a fragment. Throws a `Refusal`; asks nobody. */
  taken(address: string, base?: URL): URL {
    if (this.#settings.mode === 'off') throw new Refusal('fetch.off', said('fetching.refused.off'));
    if (address.length > limits.urlCharacters) throw noAddress('tooLong');
    if (!URL.canParse(address, base?.href)) throw noAddress('address');
    const url = new URL(address, base);
    url.hash = '';
    if (url.protocol !== 'http:' && url.protocol !== 'https:') throw noAddress('other');
    if (url.href.length > limits.urlCharacters) throw noAddress('tooLong');
    if (url.username !== '' || url.password !== '')
      throw new Refusal('fetch.credentials', said('fetching.refused.credentials'));
    if (this.#isNamed(url)) return url;
    // The parser has turned every spelling of an IPv4 address (decimal, octal, hexadecimal) into the usual one.
    const literal = literalOf(url);
    if ((literal !== undefined && !this.#check.public(literal)) || isInnerName(url.hostname))
      throw privateHost(url);
    if (this.#settings.mode === 'hosts')
      throw new Refusal('fetch.host', said('fetching.refused.host', { host: url.host }));
    return url;
  }

  /** How such an address is connected to. */
  connectFor(url: URL): Connect {
    return guardedConnect((host) => this.#guardOf(url, host), {
      ...this.#parts,
      millis: limits.connectMillis,
    });
  }

  #guardOf(url: URL, host: string): Guard {
    if (!this.#isNamed(url)) return this.#check.public;
    // What the operator named to the number is where it is; a name leads where its owner likes.
    if (literalOf(url) !== undefined) return this.#check.named(host);
    return (address) => this.#staysOnSide(url.hostname, address);
  }

  #isNamed({ hostname, port, protocol }: URL): boolean {
    const { hosts } = this.#settings;
    return (
      hosts.has(hostname) ||
      hosts.has(`${hostname}:${port === '' ? (protocol === 'https:' ? '443' : '80') : port}`)
    );
  }

  /** Each address that a name leads to, in turn: the first decides on which side it is for this link. */
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

const noAddress = (what: 'tooLong' | 'address' | 'other') =>
  new Refusal('fetch.scheme', said('fetching.refused.scheme', { what, most: limits.urlCharacters }));

export const privateHost = ({ host }: URL, cause?: unknown) =>
  new Refusal('fetch.private', said('fetching.refused.private', { host }), { cause });

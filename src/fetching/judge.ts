import { type LookupAddress, type LookupAllOptions, lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { allowedConnect, type Connect, guardedConnect } from '../guarded/guarded-connect.js';
import { guardedLookup, privateAddress } from '../guarded/guarded-lookup.js';
import { isInnerAddress, isInnerName, isPublicAddress } from '../guarded/public-address.js';
import { said } from '../say/said.js';
import { fetchLimits as limits } from './fetch-limits.js';
import type { FetchSettings } from './fetch-settings.js';
import { Refusal } from './refusal.js';

/** As `dns.lookup` with `all`; tests hand in their own. */
export type Resolve = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, found: LookupAddress[]) => void,
) => void;

export interface Parts {
  resolve?: Resolve;
  /** PEM of an authority in place of those that Node knows. */
  ca?: string;
}

type Side = 'public' | 'inner';

/** Where one link and its redirects may lead. Each address is judged for itself, and each connection once more. */
export class Judge {
  readonly #settings: FetchSettings;
  readonly #resolve: Resolve;
  readonly #ca: string | undefined;
  /** On which side each named host was found: one that goes over to the other is refused. */
  readonly #sides = new Map<string, Side>();

  constructor(settings: FetchSettings, { resolve = lookup, ca }: Parts = {}) {
    this.#settings = settings;
    this.#resolve = resolve;
    this.#ca = ca;
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
    if ((literal !== undefined && !isPublicAddress(literal)) || isInnerName(url.hostname))
      throw privateHost(url);
    if (this.#settings.mode === 'hosts')
      throw new Refusal('fetch.host', said('fetching.refused.host', { host: url.host }));
    return url;
  }

  /** How such an address is connected to. */
  connectFor(url: URL): Connect {
    const way = { millis: limits.connectMillis, ...(this.#ca === undefined ? {} : { ca: this.#ca }) };
    if (!this.#isNamed(url))
      return guardedConnect({ lookup: guardedLookup(this.#resolve), isOpen: isPublicAddress }, way);
    // What the operator named to the number is where it is; a name leads where its owner likes.
    if (literalOf(url) !== undefined) return allowedConnect(way);
    return guardedConnect(
      {
        lookup: this.#namedLookup,
        isOpen: (address) => this.#isSameSide(url.hostname, [address]),
      },
      way,
    );
  }

  #isNamed({ hostname, port, protocol }: URL): boolean {
    const { hosts } = this.#settings;
    return (
      hosts.has(hostname) ||
      hosts.has(`${hostname}:${port === '' ? (protocol === 'https:' ? '443' : '80') : port}`)
    );
  }

  readonly #namedLookup: LookupFunction = (hostname, options, callback) => {
    this.#resolve(hostname, { ...options, all: true }, (error, found) => {
      const [first] = found ?? [];
      if (error) callback(error, '');
      else if (
        !first ||
        !this.#isSameSide(
          hostname,
          found.map(({ address }) => address),
        )
      )
        callback(privateAddress(), '');
      else if (options.all) callback(null, found);
      else callback(null, first.address, first.family);
    });
  };

  #isSameSide(hostname: string, addresses: readonly string[]): boolean {
    const sides = new Set([...addresses.map(sideOf), this.#sides.get(hostname) ?? sideOf(addresses[0])]);
    const [side, ...others] = sides;
    if (side === undefined || others.length > 0) return false;
    this.#sides.set(hostname, side);
    return true;
  }
}

/** Undefined of what is neither: link-local addresses, clouds' metadata, multicast. */
function sideOf(address = ''): Side | undefined {
  if (isPublicAddress(address)) return 'public';
  return isInnerAddress(address) ? 'inner' : undefined;
}

function literalOf({ hostname }: URL): string | undefined {
  const literal = hostname.replace(/^\[|\]$/g, '');
  return isIP(literal) === 0 ? undefined : literal;
}

const noAddress = (what: 'tooLong' | 'address' | 'other') =>
  new Refusal('fetch.scheme', said('fetching.refused.scheme', { what, most: limits.urlCharacters }));

export const privateHost = ({ host }: URL, cause?: unknown) =>
  new Refusal('fetch.private', said('fetching.refused.private', { host }), { cause });

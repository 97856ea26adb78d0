import { BlockList, isIP, isIPv4 } from 'node:net';
import { findOwnAddresses } from './own-addresses.js';

/**
 * Networks that are not the public Internet: private, loopback, link-local (where clouds keep their metadata),
 * shared, documentation, benchmarking, multicast, reserved (RFC 6890 and the IANA registries it began).
 */
const NOT_PUBLIC_4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  // Public by its number, but in Azure it is the host of every machine, which hands out settings and certificates
  // (WireServer).
  ['168.63.129.16', 32],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const;

/** Networks within the global unicast space that embed an arbitrary IPv4 address or are reserved for documentation. */
const NOT_PUBLIC_6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const;

const notPublic = createBlockList([...NOT_PUBLIC_4, ...NOT_PUBLIC_6]);

/** All addresses outside this network are loopback, local, mapped or translated. */
const globalUnicast6 = createBlockList([['2000::', 3]]);

/** Returns true for names that resolvers reserve for the machine or the local network. */
export const isInnerName = (hostname: string): boolean =>
  /(^|\.)(localhost|local|internal|home\.arpa|onion)\.?$/.test(hostname);

/** Loopback and the private networks used for internal servers (RFC 1918, 4193, 6598). */
const innerNetworks = createBlockList([
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['::1', 128],
  ['fc00::', 7],
]);

/**
 * Networks that a host name may never resolve to, even if the operator named the host: metadata services of clouds,
 * which give out keys and secrets; link-local addresses; and addresses of no host or of many (`0.0.0.0` is this machine
 * on Linux).
 */
const forbiddenByName = createBlockList([
  ['100.100.100.200', 32],
  ['168.63.129.16', 32],
  ['169.254.0.0', 16],
  ['0.0.0.0', 8],
  ['224.0.0.0', 3],
  ['fd00:ec2::254', 128],
  ['fd20:ce::254', 128],
  ['fe80::', 10],
  ['ff00::', 8],
  ['::', 128],
]);

function createBlockList(networks: readonly (readonly [network: string, bits: number])[]): BlockList {
  const list = new BlockList();
  for (const [network, bits] of networks) list.addSubnet(network, bits, isIPv4(network) ? 'ipv4' : 'ipv6');
  return list;
}

/** Ignores a zone (`fe80::1%eth0`). Returns false for text that is not an address. */
function isIn(list: BlockList, address: string): boolean {
  const plain = address.replace(/%.*$/, '');
  return isIP(plain) !== 0 && list.check(plain, isIPv4(plain) ? 'ipv4' : 'ipv6');
}

/** Returns whether an address may be connected to. `local` is this end of the connection, once it exists. */
export type AddressGuard = (address: string, local?: string) => boolean;

/**
 * Checks addresses for all connections made on behalf of others: links, webhooks, lists, objects, traces. Addresses
 * denied by the operator (`ASSAY_FETCH_DENY`) are denied to all of them, even if named elsewhere.
 */
export class AddressPolicy {
  readonly #denied: BlockList;

  /** `denied`: addresses and networks, such as `192.0.2.7` or `2001:db8::/32`. */
  constructor(denied: readonly string[] = []) {
    this.#denied = createBlockList(
      denied.map((one) => {
        const [network = '', bits] = one.replace(/%[^/]*/, '').split('/');
        return [network, bits === undefined ? (isIPv4(network) ? 32 : 128) : Number(bits)] as const;
      }),
    );
  }

  /**
   * Guard for hosts that the operator did not name: allows the public Internet without this machine and its gateways.
   * An address that was assigned to this machine a moment ago, or is routed to it without an interface, is detected
   * because the kernel then chooses the same address for the local end.
   */
  readonly allowsPublic: AddressGuard = (address, local) =>
    isPublicAddress(address) &&
    !isIn(this.#denied, address) &&
    !isIn(findOwnAddresses().list, address) &&
    address !== local;

  /**
   * Returns the guard for a host that the operator named. A numeric address is trusted as such; a name may be answered
   * by somebody else.
   */
  guardForNamed(host: string): AddressGuard {
    const isNumber = isIP(host) !== 0;
    return (address) =>
      isIP(address) !== 0 && !isIn(this.#denied, address) && (isNumber || !isIn(forbiddenByName, address));
  }

  /**
   * Returns `inner` for this machine and the operator's own networks; `undefined` if no name may resolve to the
   * address.
   */
  sideOf(address: string): 'public' | 'inner' | undefined {
    if (this.allowsPublic(address)) return 'public';
    if (isIn(this.#denied, address) || isIn(forbiddenByName, address)) return undefined;
    return isIn(innerNetworks, address) || isIn(findOwnAddresses().list, address) ? 'inner' : undefined;
  }
}

/** Returns whether the address belongs to the public Internet. */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 0) return false;
  return isIPv4(address)
    ? !isIn(notPublic, address)
    : isIn(globalUnicast6, address) && !isIn(notPublic, address);
}

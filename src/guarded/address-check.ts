import { BlockList, isIP, isIPv4 } from 'node:net';
import { ownAddresses } from './own-addresses.js';

/**
 * Networks that are not the public Internet: private, loopback, link-local (where clouds keep their metadata),
 * shared, documentation, benchmarking, multicast, reserved (RFC 6890 and the IANA registries it began).
 */
const NOT_PUBLIC_4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  // Public by its number, and in Azure the host under each machine: it hands out settings and certificates (WireServer).
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

/** Within the global unicast space: those that carry an IPv4 address of anybody's choice, or are for documents. */
const NOT_PUBLIC_6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const;

const notPublic = blockList([...NOT_PUBLIC_4, ...NOT_PUBLIC_6]);

/** Everything outside it is loopback, local, mapped or translated. */
const globalUnicast6 = blockList([['2000::', 3]]);

/** Names that resolvers keep for the machine or network itself, whatever they answer. */
export const isInnerName = (hostname: string): boolean =>
  /(^|\.)(localhost|local|internal|home\.arpa|onion)\.?$/.test(hostname);

/** Loopback and the private networks in which people put servers of their own (RFC 1918, 4193, 6598). */
const inner = blockList([
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['::1', 128],
  ['fc00::', 7],
]);

/**
 * Places that a name never leads to, whoever named it: where clouds answer whoever asks with keys and secrets, link-local
 * addresses, and what stands for no host or for many (`0.0.0.0` is this machine on Linux).
 */
const neverByName = blockList([
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

function blockList(networks: readonly (readonly [network: string, bits: number])[]): BlockList {
  const list = new BlockList();
  for (const [network, bits] of networks) list.addSubnet(network, bits, isIPv4(network) ? 'ipv4' : 'ipv6');
  return list;
}

/** A zone (`fe80::1%eth0`) is left out. Nothing that is no address stands in a list. */
function isIn(list: BlockList, address: string): boolean {
  const plain = address.replace(/%.*$/, '');
  return isIP(plain) !== 0 && list.check(plain, isIPv4(plain) ? 'ipv4' : 'ipv6');
}

/** Whether an address may be connected to; `local`: our end of the connection, once there is one. */
export type Guard = (address: string, local?: string) => boolean;

/**
 * The one judge of addresses, for all that connects on behalf of somebody: links, webhooks, lists, objects, traces. What the
 * operator denies (`ASSAY_FETCH_DENY`) is denied to all of them, also where it is named elsewhere.
 */
export class AddressCheck {
  readonly #denied: BlockList;

  /** `denied`: addresses and networks, as `192.0.2.7` or `2001:db8::/32`. */
  constructor(denied: readonly string[] = []) {
    this.#denied = blockList(
      denied.map((one) => {
        const [network = '', bits] = one.replace(/%[^/]*/, '').split('/');
        return [network, bits === undefined ? (isIPv4(network) ? 32 : 128) : Number(bits)] as const;
      }),
    );
  }

  /**
   * For hosts that nobody named: the public Internet without this machine and its gateways. An address that was given to
   * this machine a moment ago, or is routed to it without an interface, is known by the kernel's choice of our own end: it
   * speaks to itself from the same address.
   */
  readonly public: Guard = (address, local) =>
    isPublicAddress(address) &&
    !isIn(this.#denied, address) &&
    !isIn(ownAddresses().list, address) &&
    address !== local;

  /** For a host that the operator named. A number leads where it says; a name may be answered by somebody else. */
  named(host: string): Guard {
    const isNumber = isIP(host) !== 0;
    return (address) =>
      isIP(address) !== 0 && !isIn(this.#denied, address) && (isNumber || !isIn(neverByName, address));
  }

  /** `inner`: in a network of the operator's own, or this machine. Undefined where no name may lead. */
  sideOf(address: string): 'public' | 'inner' | undefined {
    if (this.public(address)) return 'public';
    if (isIn(this.#denied, address) || isIn(neverByName, address)) return undefined;
    return isIn(inner, address) || isIn(ownAddresses().list, address) ? 'inner' : undefined;
  }
}

function isPublicAddress(address: string): boolean {
  if (isIP(address) === 0) return false;
  return isIPv4(address)
    ? !isIn(notPublic, address)
    : isIn(globalUnicast6, address) && !isIn(notPublic, address);
}

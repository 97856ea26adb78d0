import { BlockList, isIP, isIPv4 } from 'node:net';

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

const notPublic = new BlockList();
for (const [network, bits] of NOT_PUBLIC_4) notPublic.addSubnet(network, bits, 'ipv4');
for (const [network, bits] of NOT_PUBLIC_6) notPublic.addSubnet(network, bits, 'ipv6');

/** Everything outside it is loopback, local, mapped or translated. */
const globalUnicast6 = new BlockList();
globalUnicast6.addSubnet('2000::', 3, 'ipv6');

/** Names that resolvers keep for the machine or network itself, whatever they answer. */
export const isInnerName = (hostname: string): boolean =>
  /(^|\.)(localhost|local|internal|home\.arpa|onion)\.?$/.test(hostname);

/** An address as the resolver or a URL gives it; what is no address is not public. */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 0) return false;
  if (isIPv4(address)) return !notPublic.check(address, 'ipv4');
  return globalUnicast6.check(address, 'ipv6') && !notPublic.check(address, 'ipv6');
}

/** Loopback and the private networks in which people put servers of their own (RFC 1918, 4193, 6598). */
const inner = new BlockList();
for (const [network, bits] of [
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const)
  inner.addSubnet(network, bits, 'ipv4');
inner.addAddress('::1', 'ipv6');
inner.addSubnet('fc00::', 7, 'ipv6');

/** Where clouds answer whoever asks with keys and secrets, within those networks. */
const metadata = new BlockList();
metadata.addAddress('100.100.100.200', 'ipv4');
metadata.addAddress('fd00:ec2::254', 'ipv6');
metadata.addAddress('fd20:ce::254', 'ipv6');

/** An address inside a network of the operator's own; link-local ones and clouds' metadata are none. */
export function isInnerAddress(address: string): boolean {
  if (isIP(address) === 0) return false;
  const family = isIPv4(address) ? 'ipv4' : 'ipv6';
  return inner.check(address, family) && !metadata.check(address, family);
}

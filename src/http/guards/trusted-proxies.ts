import { BlockList } from 'node:net';
import ipaddr from 'ipaddr.js';

/**
 * Returns a check whether the peer of a connection may state on whose behalf it asks. The configuration has validated
 * `networks`.
 */
export function createProxyCheck(networks: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    const parsed = ipaddr.parse(address);
    list.addSubnet(
      address,
      bits === undefined ? parsed.toByteArray().length * 8 : Number(bits),
      parsed.kind(),
    );
  }
  return (address) => {
    if (networks.length === 0 || !ipaddr.isValid(address)) return false;
    // A dual-stack socket reports 10.0.0.1 as ::ffff:10.0.0.1.
    const plain = ipaddr.process(address);
    return list.check(plain.toString(), plain.kind());
  };
}

/** Returns the counter key of an address: for IPv6 the /64 network, because a customer chooses the other 64 bits. */
export function toCounterKey(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const plain = ipaddr.process(address);
  return plain instanceof ipaddr.IPv6
    ? plain
        .toByteArray()
        .slice(0, 8)
        .map((byte) => byte.toString(16).padStart(2, '0'))
        .join('')
    : plain.toString();
}

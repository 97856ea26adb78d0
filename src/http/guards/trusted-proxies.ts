import { BlockList } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Whether the machine at this end of a connection may say on whose behalf it asks. `networks` were checked by the configuration. */
export function trustedBy(networks: readonly string[]): (address: string) => boolean {
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
    // A socket for both families calls 10.0.0.1 ::ffff:10.0.0.1.
    const plain = ipaddr.process(address);
    return list.check(plain.toString(), plain.kind());
  };
}

/** One counter for whoever holds this address: of IPv6 a customer gets 64 bits to choose from. */
export function counterOf(address: string): string {
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

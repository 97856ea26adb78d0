import { closeSync, openSync, readSync } from 'node:fs';
import { BlockList, isIP } from 'node:net';
import { endianness, networkInterfaces } from 'node:os';

/** Addresses that lead to this machine and its gateways. */
export interface OwnAddresses {
  list: BlockList;
  /** False if the system has no readable routing table: only Linux has one, under `/proc`. */
  knowsGateways: boolean;
}

/** Interfaces come and go while the program runs, and one link needs these addresses a dozen times. */
const CACHE_MILLIS = 1_000;

let cached: { own: OwnAddresses; at: number } | undefined;

export function findOwnAddresses(): OwnAddresses {
  const now = performance.now();
  if (cached === undefined || now - cached.at > CACHE_MILLIS) cached = { own: readOwnAddresses(), at: now };
  return cached.own;
}

/**
 * Node omits interfaces that are up without a carrier, and addresses may be routed to this machine without an
 * interface. Linux lists both in its tables.
 */
function readOwnAddresses(): OwnAddresses {
  const list = new BlockList();
  const add = (address: string, bits?: number) => {
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, bits, family);
  };
  for (const { address } of Object.values(networkInterfaces()).flatMap((each) => each ?? [])) add(address);
  const [routes4, routes6] = [readTable('/proc/net/route'), readTable('/proc/net/ipv6_route')];
  for (const address of parseGateways4(routes4 ?? '')) add(address);
  for (const address of parseGateways6(routes6 ?? '')) add(address);
  for (const [address, bits] of parseLocal4(readTable('/proc/net/fib_trie') ?? '')) add(address, bits);
  for (const [address, bits] of parseLocal6(routes6 ?? '')) add(address, bits);
  return { list, knowsGateways: routes4 !== undefined };
}

/** RTF_UP, RTF_GATEWAY and RTF_LOCAL of the kernel's include/uapi/linux/route.h and ipv6_route.h. */
const GATEWAY_FLAGS = 0x3;
const LOCAL_FLAGS = 0x8000_0001;

type Network = readonly [address: string, bits: number];

/** Columns: interface, destination, gateway, flags, …; addresses are printed as numbers in this machine's byte order. */
export function parseGateways4(table: string, order: 'LE' | 'BE' = endianness()): string[] {
  return splitRows(table).flatMap(([, , gateway = '', flags = '']) => {
    if (!/^[0-9A-F]{8}$/i.test(gateway) || !hasFlags(flags, GATEWAY_FLAGS)) return [];
    const bytes = [...Buffer.from(gateway, 'hex')];
    return [(order === 'LE' ? bytes.reverse() : bytes).join('.')];
  });
}

/** Columns: destination, its length, source, its length, gateway, metric, references, uses, flags, interface. */
export function parseGateways6(table: string): string[] {
  return splitRows(table).flatMap(({ 4: gateway = '', 8: flags = '' }) =>
    isAddress6(gateway) && hasFlags(flags, GATEWAY_FLAGS) ? [formatAddress6(gateway)] : [],
  );
}

export function parseLocal6(table: string): Network[] {
  return splitRows(table).flatMap(({ 0: address = '', 1: bits = '', 8: flags = '' }) =>
    isAddress6(address) && hasFlags(flags, LOCAL_FLAGS)
      ? [[formatAddress6(address), Number.parseInt(bits, 16)]]
      : [],
  );
}

/** Parses a tree: `|-- 192.0.2.7`, followed by a line for each of its routes, such as `/32 host LOCAL`. */
export function parseLocal4(tree: string): Network[] {
  let address = '';
  return tree.split('\n').flatMap((line): Network[] => {
    const [, found, bits] = /^\s*(?:\|-- (\d+(?:\.\d+){3})$|\/(\d+) host LOCAL\b)/.exec(line) ?? [];
    if (found !== undefined) address = found;
    return bits === undefined || isIP(address) !== 4 ? [] : [[address, Number(bits)]];
  });
}

const isAddress6 = (digits: string): boolean => /^[0-9a-f]{32}$/i.test(digits);

const formatAddress6 = (digits: string): string => digits.match(/.{4}/g)?.join(':') ?? '';

/** Returns true if all wanted flags are set. */
const hasFlags = (flags: string, wanted: number): boolean =>
  (Number.parseInt(flags, 16) & wanted) >>> 0 === wanted;

const splitRows = (table: string): string[][] => table.split('\n').map((row) => row.trim().split(/\s+/));

/** Default routes come first; a router of the Internet has a million rows after them. */
const TABLE_BYTES = 1024 ** 2;

function readTable(path: string): string | undefined {
  let fd: number | undefined;
  try {
    fd = openSync(path, 'r');
    const bytes = Buffer.alloc(TABLE_BYTES);
    let length = 0;
    // The kernel returns one page per read.
    for (let more = -1; more !== 0 && length < TABLE_BYTES; length += more)
      more = readSync(fd, bytes, length, TABLE_BYTES - length, null);
    return bytes.toString('latin1', 0, length);
  } catch {
    return undefined;
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

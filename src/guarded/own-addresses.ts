import { closeSync, openSync, readSync } from 'node:fs';
import { BlockList, isIP } from 'node:net';
import { endianness, networkInterfaces } from 'node:os';

/** The addresses that lead to this machine and to its gateways. */
export interface OwnAddresses {
  list: BlockList;
  /** False where the system has no table of routes that can be read: only Linux has one under `/proc`. */
  knowsGateways: boolean;
}

/** Interfaces come and go while the program runs, and one link asks for this a dozen times. */
const FRESH_MILLIS = 1_000;

let known: { own: OwnAddresses; at: number } | undefined;

export function ownAddresses(): OwnAddresses {
  const now = performance.now();
  if (known === undefined || now - known.at > FRESH_MILLIS) known = { own: read(), at: now };
  return known.own;
}

/**
 * Interfaces that are up without a carrier are not among those that Node names, and addresses may be routed to this machine
 * without one; Linux keeps both in its tables.
 */
function read(): OwnAddresses {
  const list = new BlockList();
  const add = (address: string, bits?: number) => {
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, bits, family);
  };
  for (const { address } of Object.values(networkInterfaces()).flatMap((each) => each ?? [])) add(address);
  const [routes4, routes6] = [tableAt('/proc/net/route'), tableAt('/proc/net/ipv6_route')];
  for (const address of gatewaysIn4(routes4 ?? '')) add(address);
  for (const address of gatewaysIn6(routes6 ?? '')) add(address);
  for (const [address, bits] of localIn4(tableAt('/proc/net/fib_trie') ?? '')) add(address, bits);
  for (const [address, bits] of localIn6(routes6 ?? '')) add(address, bits);
  return { list, knowsGateways: routes4 !== undefined };
}

/** RTF_UP, RTF_GATEWAY and RTF_LOCAL of the kernel's include/uapi/linux/route.h and ipv6_route.h. */
const GATEWAY_FLAGS = 0x3;
const LOCAL_FLAGS = 0x8000_0001;

type Network = readonly [address: string, bits: number];

/** Columns: interface, destination, gateway, flags, …; addresses are printed as numbers of this machine's byte order. */
export function gatewaysIn4(table: string, order: 'LE' | 'BE' = endianness()): string[] {
  return rowsOf(table).flatMap(([, , gateway = '', flags = '']) => {
    if (!/^[0-9A-F]{8}$/i.test(gateway) || !hasFlags(flags, GATEWAY_FLAGS)) return [];
    const bytes = [...Buffer.from(gateway, 'hex')];
    return [(order === 'LE' ? bytes.reverse() : bytes).join('.')];
  });
}

/** Columns: destination, its length, source, its length, gateway, metric, references, uses, flags, interface. */
export function gatewaysIn6(table: string): string[] {
  return rowsOf(table).flatMap(({ 4: gateway = '', 8: flags = '' }) =>
    isAddress6(gateway) && hasFlags(flags, GATEWAY_FLAGS) ? [address6(gateway)] : [],
  );
}

export function localIn6(table: string): Network[] {
  return rowsOf(table).flatMap(({ 0: address = '', 1: bits = '', 8: flags = '' }) =>
    isAddress6(address) && hasFlags(flags, LOCAL_FLAGS)
      ? [[address6(address), Number.parseInt(bits, 16)]]
      : [],
  );
}

/** A tree: `|-- 192.0.2.7`, and below it a line for each of its routes, as `/32 host LOCAL`. */
export function localIn4(tree: string): Network[] {
  let address = '';
  return tree.split('\n').flatMap((line): Network[] => {
    const [, found, bits] = /^\s*(?:\|-- (\d+(?:\.\d+){3})$|\/(\d+) host LOCAL\b)/.exec(line) ?? [];
    if (found !== undefined) address = found;
    return bits === undefined || isIP(address) !== 4 ? [] : [[address, Number(bits)]];
  });
}

const isAddress6 = (digits: string): boolean => /^[0-9a-f]{32}$/i.test(digits);

const address6 = (digits: string): string => digits.match(/.{4}/g)?.join(':') ?? '';

/** All of them are set. */
const hasFlags = (flags: string, wanted: number): boolean =>
  (Number.parseInt(flags, 16) & wanted) >>> 0 === wanted;

const rowsOf = (table: string): string[][] => table.split('\n').map((row) => row.trim().split(/\s+/));

/** Default routes stand at the beginning; a router of the Internet has a million rows behind them. */
const TABLE_BYTES = 1024 ** 2;

function tableAt(path: string): string | undefined {
  let fd: number | undefined;
  try {
    fd = openSync(path, 'r');
    const bytes = Buffer.alloc(TABLE_BYTES);
    let length = 0;
    // The kernel gives a page at a time.
    for (let more = -1; more !== 0 && length < TABLE_BYTES; length += more)
      more = readSync(fd, bytes, length, TABLE_BYTES - length, null);
    return bytes.toString('latin1', 0, length);
  } catch {
    return undefined;
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

import { type LookupAddress, type LookupAllOptions, lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { fault } from '../fault.js';
import type { AddressGuard } from './address-check.js';
import { FetchFault } from './fetch-fault.js';

export const privateAddressError = () => new FetchFault(fault('fetch.privateAddress'));

/** Signature of `dns.lookup` with `all`; tests pass their own. */
export type LookupAll = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, found: LookupAddress[]) => void,
) => void;

/**
 * Resolves and checks in one step, and the connection uses the checked address, so that a name that answers differently
 * the second time gains nothing. A single refused address among several is enough to refuse.
 */
export function guardedLookup(guard: AddressGuard, resolve: LookupAll = lookup): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, found) => {
      const [first] = found ?? [];
      if (error) callback(error, '');
      else if (!first || !found.every((one) => guard(one.address))) callback(privateAddressError(), '');
      else if (options.all) callback(null, found);
      else callback(null, first.address, first.family);
    });
  };
}

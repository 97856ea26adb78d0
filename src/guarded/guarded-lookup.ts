import { type LookupAddress, type LookupAllOptions, lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { fault } from '../core/ground/fault.js';
import type { Guard } from './address-check.js';
import { FetchFault } from './fetch-fault.js';

export const privateAddress = () => new FetchFault(fault('fetch.privateAddress'));

/** As `dns.lookup` with `all`; tests hand in their own. */
export type Resolve = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, found: LookupAddress[]) => void,
) => void;

/**
 * Resolves and judges in one step, and the connection goes to what was judged: a name that answers differently
 * the second time gains nothing. One address that is refused among others is enough to refuse.
 */
export function guardedLookup(guard: Guard, resolve: Resolve = lookup): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, found) => {
      const [first] = found ?? [];
      if (error) callback(error, '');
      else if (!first || !found.every((one) => guard(one.address))) callback(privateAddress(), '');
      else if (options.all) callback(null, found);
      else callback(null, first.address, first.family);
    });
  };
}

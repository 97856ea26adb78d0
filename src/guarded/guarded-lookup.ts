import { type LookupAddress, type LookupAllOptions, lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { fault } from '../core/ground/fault.js';
import { FetchFault } from './fetch-fault.js';
import { isPublicAddress } from './public-address.js';

export const privateAddress = () => new FetchFault(fault('fetch.privateAddress'));

/** A URL may name the address itself, and then nothing is looked up. */
export function assertPublicLiteral(hostname: string): void {
  const literal = hostname.replace(/^\[|\]$/g, '');
  if (isIP(literal) !== 0 && !isPublicAddress(literal)) throw privateAddress();
}

type Resolve = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, found: LookupAddress[]) => void,
) => void;

/**
 * Resolves and judges in one step, and the connection goes to what was judged: a name that answers differently
 * the second time gains nothing. One private address among public ones is enough to refuse.
 */
export function guardedLookup(resolve: Resolve): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, found) => {
      const [first] = found ?? [];
      if (error) callback(error, '');
      else if (!first || !found.every((one) => isPublicAddress(one.address))) callback(privateAddress(), '');
      else if (options.all) callback(null, found);
      else callback(null, first.address, first.family);
    });
  };
}

export const publicLookup: LookupFunction = guardedLookup(lookup);

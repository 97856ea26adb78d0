import { asRecord, member } from '../core/ground/json-shape.js';
import { limits } from '../core/ground/limits.js';
import type { GivenManifestStore } from '../core/report/analyze-options.js';
import { checkedFault } from './fault-check.js';

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
const MOST_CHARACTERS = Math.ceil(limits.givenManifestStoreBytes / 3) * 4;

/**
 * The process has read hostile bytes: what it says are bytes, no more of them than are asked for, or a fault. Whether they
 * are the file's store, nobody here can tell. Undefined for anything else.
 */
export function checkedStore(value: unknown): GivenManifestStore | undefined {
  const record = asRecord(value);
  if (record === undefined) return undefined;
  const base64 = member(record, 'base64');
  if (base64 === undefined) {
    const fault = checkedFault(member(record, 'fault'));
    return fault && { fault };
  }
  if (typeof base64 !== 'string' || base64.length > MOST_CHARACTERS || !BASE64.test(base64)) return undefined;
  const bytes = Buffer.from(base64, 'base64');
  return bytes.length > limits.givenManifestStoreBytes ? undefined : { bytes };
}

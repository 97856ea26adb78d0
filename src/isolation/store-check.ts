import { asRecord, member } from '../core/ground/json-shape.js';
import { limits } from '../core/ground/limits.js';
import type { GivenManifestStore } from '../core/report/analyze-options.js';
import { checkedFault } from './fault-check.js';

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
  if (typeof base64 !== 'string' || base64.length > MOST_CHARACTERS) return undefined;
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length === 0 || bytes.length > limits.givenManifestStoreBytes) return undefined;
  // Not by a pattern: over so many characters it needs more memory than V8 lets it have, now and then.
  return bytes.toString('base64') === base64 ? { bytes } : undefined;
}

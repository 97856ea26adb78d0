import { asRecord, ownMember } from '../../base/json-shape.js';
import { limits } from '../../base/limits.js';
import type { ExportedManifestStore } from '../../core/report/analyze-options.js';
import { parseFault } from './fault-check.js';

const MAX_CHARACTERS = Math.ceil(limits.exportedManifestStoreBytes / 3) * 4;

/**
 * Checks a manifest store from a process that has read hostile bytes: bytes within the limit, or a fault. Whether it is
 * the file's store cannot be checked. Returns `undefined` for anything else.
 */
export function parseManifestStore(value: unknown): ExportedManifestStore | undefined {
  const record = asRecord(value);
  if (record === undefined) return undefined;
  const base64 = ownMember(record, 'base64');
  if (base64 === undefined) {
    const fault = parseFault(ownMember(record, 'fault'));
    return fault && { fault };
  }
  if (typeof base64 !== 'string' || base64.length > MAX_CHARACTERS) return undefined;
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length === 0 || bytes.length > limits.exportedManifestStoreBytes) return undefined;
  // Compares instead of matching a pattern, which for so many characters sometimes needs more memory than V8 allows.
  return bytes.toString('base64') === base64 ? { bytes } : undefined;
}

import type { FaultCode, ReadFault } from '../../base/fault.js';
import { asRecord, ownMember } from '../../base/json-shape.js';
import { isParams } from '../../core/law/schema-checks.js';

const CODE = /^[A-Za-z][\w.-]{0,99}$/;

/**
 * Returns a fault reported by a process that has read hostile bytes, reduced to the expected members; `undefined` if it
 * is malformed.
 */
export function parseFault(value: unknown): ReadFault | undefined {
  const record = asRecord(value) ?? {};
  const [code, params] = [ownMember(record, 'code'), ownMember(record, 'params')];
  if (typeof code !== 'string' || !CODE.test(code)) return undefined;
  // An unknown code has no text and is shown as it is.
  const known = { code: code as FaultCode };
  if (params === undefined) return known;
  return isParams(params) ? { ...known, params } : undefined;
}

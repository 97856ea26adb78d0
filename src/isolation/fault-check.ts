import type { FaultCode, ReadFault } from '../core/ground/fault.js';
import { asRecord, member } from '../core/ground/json-shape.js';
import { isParams } from '../core/law/schema-checks.js';

const CODE = /^[A-Za-z][\w.-]{0,99}$/;

/** What a process that has read hostile bytes gives as a fault: what has the shape of one, and no more than that. */
export function checkedFault(value: unknown): ReadFault | undefined {
  const record = asRecord(value) ?? {};
  const [code, params] = [member(record, 'code'), member(record, 'params')];
  if (typeof code !== 'string' || !CODE.test(code)) return undefined;
  // One that is none of ours has no text, and stands for itself.
  const known = { code: code as FaultCode };
  if (params === undefined) return known;
  return isParams(params) ? { ...known, params } : undefined;
}

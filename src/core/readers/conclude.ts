import type { Said } from '../../say/said.js';
import type { Read } from '../evidence.js';
import { bareFault, type ReadFault } from '../fault.js';

export type WalkFault = ReadFault & { kind: 'malformed' | 'bounded' };

/** How a read ended, from what was found and what went wrong on the way: a fault never turns into "absent". */
export function conclude<T>(value: T, empty: boolean, fault?: WalkFault, note?: Said): Read<T> {
  const noted = note === undefined ? {} : { note };
  if (!fault) return empty ? { status: 'absent', ...noted } : { status: 'found', value, ...noted };
  const stopped = { ...bareFault(fault), ...(empty ? {} : { value }) };
  return fault.kind === 'malformed' ? { status: 'malformed', ...stopped } : { status: 'failed', ...stopped };
}

import type { Read, ReadFault } from '../evidence.js';

export type WalkFault = ReadFault & { kind: 'malformed' | 'bounded' };

/** How a read ended, from what was found and what went wrong on the way: a fault never turns into "absent". */
export function conclude<T>(value: T, empty: boolean, fault?: WalkFault, note?: string): Read<T> {
  const noted = note === undefined ? {} : { note };
  if (!fault) return empty ? { status: 'absent', ...noted } : { status: 'found', value, ...noted };
  const { kind, code, reason } = fault;
  const status = kind === 'malformed' ? 'malformed' : 'failed';
  return empty ? { status, code, reason } : { status, code, reason, value };
}

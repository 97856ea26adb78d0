import type { Said } from '../../say/said.js';
import { bareFault, type ReadFault } from '../ground/fault.js';
import type { Read } from '../media/carrier.js';

export type WalkFault = ReadFault & { kind: 'malformed' | 'bounded' };

/** How a read ended, from what was found and what went wrong on the way: a fault never turns into "absent". */
export function conclude<T>(
  value: T,
  empty: boolean,
  fault?: WalkFault,
  notes: readonly Said[] = [],
): Read<T> {
  const noted = notes.length === 0 ? {} : { notes };
  if (!fault) return empty ? { status: 'absent', ...noted } : { status: 'found', value, ...noted };
  const stopped = { ...bareFault(fault), ...(empty ? {} : { value }), ...noted };
  return fault.kind === 'malformed' ? { status: 'malformed', ...stopped } : { status: 'failed', ...stopped };
}

/** The one note there may be. */
export const notesOf = (note: Said | undefined): Said[] => (note === undefined ? [] : [note]);

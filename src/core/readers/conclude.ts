import { pickFault, type ReadFault } from '../../base/fault.js';
import type { Message } from '../../i18n/message.js';
import type { Read } from '../media/carrier.js';

export type WalkFault = ReadFault & { kind: 'malformed' | 'bounded' };

/** Builds the result of a read from its findings and faults: a fault never becomes "absent". */
export function conclude<T>(
  value: T,
  empty: boolean,
  fault?: WalkFault,
  notes: readonly Message[] = [],
): Read<T> {
  const noted = notes.length === 0 ? {} : { notes };
  if (!fault) return empty ? { status: 'absent', ...noted } : { status: 'found', value, ...noted };
  const stopped = { ...pickFault(fault), ...(empty ? {} : { value }), ...noted };
  return fault.kind === 'malformed' ? { status: 'malformed', ...stopped } : { status: 'failed', ...stopped };
}

/** Converts an optional note to a list. */
export const toNotes = (note: Message | undefined): Message[] => (note === undefined ? [] : [note]);

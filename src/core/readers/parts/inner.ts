import type { Said } from '../../../say/said.js';
import type { AssetPart } from '../../evidence/evidence.js';
import { limits } from '../../ground/limits.js';
import type { WalkFault } from '../conclude.js';
import { bounded } from '../containers/walk.js';

/** Further assets of one file. */
export interface Inner {
  parts: AssetPart[];
  fault?: WalkFault | undefined;
  /** What a person should know of them that keeps nothing from being read. */
  notes?: Said[] | undefined;
}

export const nothingInside = (fault?: WalkFault): Inner => ({ parts: [], fault });

export function together(...all: Inner[]): Inner {
  return {
    parts: all.flatMap(({ parts }) => parts),
    fault: all.find(({ fault }) => fault !== undefined)?.fault,
    notes: all.flatMap(({ notes = [] }) => notes),
  };
}

/** Never more than are told one by one; beyond them nobody knows how many there are. */
export function capped({ parts, fault, notes = [] }: Inner): Inner {
  if (parts.length <= limits.parts) return { parts, fault, notes };
  return {
    notes,
    parts: parts.slice(0, limits.parts),
    fault: fault ?? bounded('bound.parts', { most: limits.parts }),
  };
}

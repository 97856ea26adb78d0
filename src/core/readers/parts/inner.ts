import type { Said } from '../../../say/said.js';
import type { AssetPart } from '../../evidence/evidence.js';
import { limits } from '../../ground/limits.js';
import type { WalkFault } from '../conclude.js';
import { bounded } from '../containers/walk.js';

/** Further assets of one file. */
export interface Inner {
  parts: AssetPart[];
  fault?: WalkFault | undefined;
  notes?: readonly Said[];
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
export function capped(inner: Inner): Inner {
  const { parts, fault } = inner;
  if (parts.length <= limits.parts) return inner;
  return {
    ...inner,
    parts: parts.slice(0, limits.parts),
    fault: fault ?? bounded('bound.parts', { most: limits.parts }),
  };
}

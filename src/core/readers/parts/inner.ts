import { limits } from '../../../base/limits.js';
import type { Message } from '../../../i18n/message.js';
import type { AssetPart } from '../../evidence/evidence.js';
import type { WalkFault } from '../conclude.js';
import { bounded } from '../containers/walk.js';

/** Further assets of one file. */
export interface InnerParts {
  parts: AssetPart[];
  fault?: WalkFault | undefined;
  notes?: readonly Message[];
}

export const noInnerParts = (fault?: WalkFault): InnerParts => ({ parts: [], fault });

export function mergeInnerParts(...all: InnerParts[]): InnerParts {
  return {
    parts: all.flatMap(({ parts }) => parts),
    fault: all.find(({ fault }) => fault !== undefined)?.fault,
    notes: all.flatMap(({ notes = [] }) => notes),
  };
}

/** Truncates the list to the maximum that is reported individually; the number of further parts is unknown. */
export function limitInnerParts(inner: InnerParts): InnerParts {
  const { parts, fault } = inner;
  if (parts.length <= limits.parts) return inner;
  return {
    ...inner,
    parts: parts.slice(0, limits.parts),
    fault: fault ?? bounded('bound.parts', { most: limits.parts }),
  };
}

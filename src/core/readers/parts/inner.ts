import type { AssetPart } from '../../evidence/evidence.js';
import type { WalkFault } from '../conclude.js';

/** Further assets of one file. */
export interface Inner {
  /** Those that were not looked into: a label in them would have been missed. */
  unlooked: AssetPart[];
  /** Those of which nothing is missed: padding, a trailer that another carrier reads. */
  others: AssetPart[];
  fault?: WalkFault | undefined;
  /** Pictures without metadata of their own, which are not told one by one. */
  bare: number;
}

export const nothingInside = (fault?: WalkFault): Inner => ({ unlooked: [], others: [], bare: 0, fault });

export function together(...all: Inner[]): Inner {
  return {
    unlooked: all.flatMap(({ unlooked }) => unlooked),
    others: all.flatMap(({ others }) => others),
    bare: all.reduce((sum, { bare }) => sum + bare, 0),
    fault: all.find(({ fault }) => fault !== undefined)?.fault,
  };
}

import { pathTold } from '../core/ground/path-text.js';
import { LIKENESS_KINDS, type LikenessKind } from '../core/likeness/likeness.js';
import type { Holder } from './fingerprints.js';
import { keyOf } from './scan-key.js';

/** How rows say whose they are. */
export interface HolderColumns {
  holder: 'inspection' | 'scan' | 'collection';
  holder_id: string;
  item: string;
}

export function holderColumns(holder: Holder): HolderColumns {
  if ('inspection' in holder) return { holder: 'inspection', holder_id: holder.inspection, item: '' };
  if ('scan' in holder)
    return { holder: 'scan', holder_id: String(holder.scan), item: keyOf(pathTold(holder)) };
  return { holder: 'collection', holder_id: holder.collection, item: holder.item };
}

/** Of a row; nobody else writes them. */
export function likenessKind(text: string): LikenessKind {
  const kind = LIKENESS_KINDS.find((one) => one === text);
  if (kind === undefined) throw new Error(`no such likeness: ${text}`);
  return kind;
}

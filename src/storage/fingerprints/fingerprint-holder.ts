import { fromRecordPath } from '../../base/path-text.js';
import { ALL_FINGERPRINT_KINDS, type FingerprintKind } from '../../matching/fingerprint.js';
import { pathKey } from '../engine/stored-key.js';
import type { FingerprintOwner } from './fingerprints.js';

/** Columns that name the owner of a fingerprint. */
export interface HolderColumns {
  holder: 'inspection' | 'scan' | 'collection';
  holder_id: string;
  item: string;
}

export function holderColumns(holder: FingerprintOwner): HolderColumns {
  if ('inspection' in holder) return { holder: 'inspection', holder_id: holder.inspection, item: '' };
  if ('scan' in holder)
    return { holder: 'scan', holder_id: String(holder.scan), item: pathKey(fromRecordPath(holder)) };
  return { holder: 'collection', holder_id: holder.collection, item: holder.item };
}

/** Returns the kind stored in a row. Throws if it is unknown, since only Assay writes these rows. */
export function parseFingerprintKind(text: string): FingerprintKind {
  const kind = ALL_FINGERPRINT_KINDS.find((one) => one === text);
  if (kind === undefined) throw new Error(`no such fingerprint: ${text}`);
  return kind;
}

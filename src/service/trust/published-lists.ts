import { TRUST_FILES } from '../../core/trust/lists/trust-files.js';
import type { PlainMessageId } from '../../i18n/message.js';

/** Purpose of the certificates of a list. */
export type PublishedListPurpose = 'signers' | 'authorities' | 'anchors' | 'allowed' | 'products';

export interface PublishedList {
  file: string;
  title: PlainMessageId;
  holds: PublishedListPurpose;
  /** JSON form of the same list, which has the date of issue that PEM lacks. Read, but never installed. */
  companion?: string;
  /** The publisher no longer updates the list. */
  frozen?: string;
  /** Digest of the frozen list; other bytes under its name get no date. */
  frozenSha256?: string;
}

/** Day since which the interim list is no longer updated. */
export const FROZEN = '2026-01-01';

/** Published lists in the order in which they are shown. Private anchors are the operator's own and not included. */
export const PUBLISHED_LISTS: readonly PublishedList[] = [
  {
    file: TRUST_FILES.official,
    title: 'place.list.c2pa',
    holds: 'signers',
    companion: 'C2PA-TRUST-LIST.json',
  },
  {
    file: TRUST_FILES.officialTsa,
    title: 'place.list.c2paTsa',
    holds: 'authorities',
    companion: 'C2PA-TSA-TRUST-LIST.json',
  },
  {
    file: TRUST_FILES.interim,
    title: 'trust.title.interim',
    holds: 'anchors',
    frozen: FROZEN,
    frozenSha256: 'db57e50b9bd4e4c786cbb91f38fd85e2af6a9d5412438a8cddcc42688df07ae5',
  },
  {
    file: TRUST_FILES.interimAllowed,
    title: 'trust.title.interimAllowed',
    holds: 'allowed',
    frozen: FROZEN,
    frozenSha256: 'a3b79faa4cf3351d0ec8c8920930d19a701a77496738627b365551a113a440f8',
  },
  { file: TRUST_FILES.conformingProducts, title: 'trust.title.products', holds: 'products' },
];

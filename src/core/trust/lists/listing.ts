import { fault, pickFault, type ReadFault } from '../../../base/fault.js';

import type { AnyCertificate } from '../any-certificate.js';
import { type ChainResult, findChain } from '../chain.js';
import type { TrustList, TrustMaterial } from './material.js';
import type { ListKind, ListName, ListPurpose } from './trust-files.js';

/** List that vouches for a certificate, for one purpose. */
export type Trust = ListKind | 'unlisted' | 'not-checked';

/** Returns whether some list vouches for it. */
export function isListed(trust: Trust): boolean {
  return trust !== 'unlisted' && trust !== 'not-checked';
}

export interface Listing {
  trust: Trust;
  list?: { name: ListName; date?: string };
  /** `allowed`: the certificate itself is on the list; `anchor`: one of its issuers is. */
  through?: 'anchor' | 'allowed';
  /** Certificate chain, leaf first, anchor last. */
  chain?: AnyCertificate[];
  /** Reason why it is on no list, or why that could not be determined. */
  reason?: ReadFault;
}

export interface ListingQuery {
  leaf: AnyCertificate;
  intermediates: readonly AnyCertificate[];
  purpose: ListPurpose;
  /** Times tried in order; the first with a valid chain suffices. */
  times: readonly Date[];
}

/**
 * Returns the first list, in order of precedence, that vouches for the certificate. Lists for the other purpose are
 * ignored. "Not on any list" is reported only if every installed list could be read and every chain could be checked.
 */
export function findListing(query: ListingQuery, material: TrustMaterial): Listing {
  const lists = material.lists.filter((list) => list.purpose === query.purpose);
  const broken = material.faults.find((fault) => fault.affects?.includes(query.purpose));
  if (lists.length === 0 && !broken) return { trust: 'not-checked', reason: NONE_INSTALLED[query.purpose] };
  let uncheckable: ReadFault | undefined;
  let furthest: ReadFault | undefined;
  for (const list of lists) {
    const found = findOnList(query, list);
    if ('trust' in found) return found;
    if (found.status === 'cannot-check') uncheckable ??= found;
    else if (furthest === undefined || furthest.code === 'chain.noIssuer') furthest = found;
  }
  if (uncheckable) return { trust: 'not-checked', reason: pickFault(uncheckable) };
  if (broken) {
    return {
      trust: 'not-checked',
      reason: fault('trust.listBroken', { file: broken.file }),
    };
  }
  return { trust: 'unlisted', ...(furthest ? { reason: pickFault(furthest) } : {}) };
}

const NONE_INSTALLED = {
  signer: fault('trust.noList', { whose: 'other' }),
  authority: fault('trust.noList', { whose: 'authorities' }),
} as const satisfies Record<ListPurpose, ReadFault>;

const CHAIN_PURPOSE = { signer: 'claim-signing', authority: 'time-stamping' } as const;

function findOnList(
  { leaf, intermediates, purpose, times }: ListingQuery,
  list: TrustList,
): Listing | Exclude<ChainResult, { status: 'chained' }> {
  const named = { name: list.name, ...(list.date ? { date: list.date } : {}) };
  if (leaf.isAmong(list.allowed)) return { trust: list.kind, list: named, through: 'allowed', chain: [leaf] };
  let first: Exclude<ChainResult, { status: 'chained' }> | undefined;
  for (const at of times) {
    const answer = findChain({
      leaf,
      intermediates,
      anchors: list.anchors,
      purpose: CHAIN_PURPOSE[purpose],
      at,
    });
    if (answer.status === 'chained')
      return { trust: list.kind, list: named, through: 'anchor', chain: answer.path };
    first ??= answer;
  }
  return first ?? { status: 'not-chained', ...fault('chain.noTime') };
}

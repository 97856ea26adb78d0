import { bareFault, fault, type ReadFault } from '../ground/fault.js';

import type { AnyCertificate } from './any-certificate.js';
import { type ChainAnswer, findChain } from './chain.js';
import type { TrustList, TrustMaterial } from './material.js';
import type { ListKind, ListName, ListPurpose } from './trust-files.js';

/** Whose word a certificate has behind it, for one purpose. */
export type Trust = ListKind | 'unlisted' | 'not-checked';

/** Some list vouches for it. */
export function isListed(trust: Trust): boolean {
  return trust !== 'unlisted' && trust !== 'not-checked';
}

export interface Listing {
  trust: Trust;
  list?: { name: ListName; date?: string };
  /** `allowed`: the certificate itself is on the list; `anchor`: an issuer of it is. */
  through?: 'anchor' | 'allowed';
  /** Leaf first, anchor last. */
  chain?: AnyCertificate[];
  /** Why it is on no list, or why that could not be told. */
  reason?: ReadFault;
}

export interface ListingQuestion {
  leaf: AnyCertificate;
  intermediates: readonly AnyCertificate[];
  purpose: ListPurpose;
  /** Tried in order; the first at which a chain holds is enough. */
  times: readonly Date[];
}

/**
 * The first list, in order of precedence, that vouches for the certificate. Lists of the other purpose are
 * not looked at, whatever they hold. "Not on any list" is only said where every installed list could be read
 * and every chain could be checked.
 */
export function findListing(question: ListingQuestion, material: TrustMaterial): Listing {
  const lists = material.lists.filter((list) => list.purpose === question.purpose);
  const broken = material.faults.find((fault) => fault.affects?.includes(question.purpose));
  if (lists.length === 0 && !broken)
    return { trust: 'not-checked', reason: NONE_INSTALLED[question.purpose] };
  let uncheckable: ReadFault | undefined;
  let furthest: ReadFault | undefined;
  for (const list of lists) {
    const found = onList(question, list);
    if ('trust' in found) return found;
    if (found.status === 'cannot-check') uncheckable ??= found;
    else if (furthest === undefined || furthest.code === 'chain.noIssuer') furthest = found;
  }
  if (uncheckable) return { trust: 'not-checked', reason: bareFault(uncheckable) };
  if (broken) {
    return {
      trust: 'not-checked',
      reason: fault('trust.listBroken', { file: broken.file }),
    };
  }
  return { trust: 'unlisted', ...(furthest ? { reason: bareFault(furthest) } : {}) };
}

const NONE_INSTALLED = {
  signer: fault('trust.noList', { whose: 'other' }),
  authority: fault('trust.noList', { whose: 'authorities' }),
} as const satisfies Record<ListPurpose, ReadFault>;

const CHAIN_PURPOSE = { signer: 'claim-signing', authority: 'time-stamping' } as const;

function onList(
  { leaf, intermediates, purpose, times }: ListingQuestion,
  list: TrustList,
): Listing | Exclude<ChainAnswer, { status: 'chained' }> {
  const named = { name: list.name, ...(list.date ? { date: list.date } : {}) };
  if (leaf.isAmong(list.allowed)) return { trust: list.kind, list: named, through: 'allowed', chain: [leaf] };
  let first: Exclude<ChainAnswer, { status: 'chained' }> | undefined;
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

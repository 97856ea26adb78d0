import { isListed } from '../trust/listing.js';
import type { StoreEvidence } from './manifest-store.js';

/**
 * Whether one party signed two manifests of a store. A name in a certificate is not enough: anyone can make a
 * certificate of their own that says “OpenAI”, and put it over a picture that OpenAI signed. So either both signatures
 * were made with one certificate; or both certificates name one organisation, and lists vouch for both or one
 * authority’s key signed both. Whether the signatures themselves hold is told by the integrity of each manifest.
 */
export function isSameSigner({ signers }: StoreEvidence, one: string, other: string): boolean {
  const [first, second] = [signers?.get(one), signers?.get(other)];
  if (!first || !second) return false;
  if ([first, second].some(({ revocation }) => revocation.revocation === 'revoked')) return false;
  if (first.identity === second.identity) return true;
  const { organisation } = first.certificate.subject;
  if (organisation === undefined || organisation !== second.certificate.subject.organisation) return false;
  if (isListed(first.trust) && isListed(second.trust)) return true;
  return first.issuerSha256 !== undefined && first.issuerSha256 === second.issuerSha256;
}

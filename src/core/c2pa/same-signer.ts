import { isListed } from '../trust/lists/listing.js';
import type { StoreEvidence } from './manifest-store.js';

/**
 * Returns whether the same party signed two manifests of a store. A name in a certificate is not enough: anyone can
 * make a certificate that says “OpenAI” and sign a picture that OpenAI signed before. Either both signatures use the
 * same certificate, or both certificates name the same organisation and lists vouch for both or the same authority’s
 * key signed both. Whether the signatures are valid is part of each manifest's integrity.
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

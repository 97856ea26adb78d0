/** Extended key usages, from RFC 5280 §4.2.1.12 and C2PA. */
export const PURPOSE = {
  any: '2.5.29.37.0',
  emailProtection: '1.3.6.1.5.5.7.3.4',
  timeStamping: '1.3.6.1.5.5.7.3.8',
  ocspSigning: '1.3.6.1.5.5.7.3.9',
  documentSigning: '1.3.6.1.5.5.7.3.36',
  c2paClaimSigning: '1.3.6.1.4.1.62558.2.1',
  microsoftC2pa: '1.3.6.1.4.1.311.76.59.1.9',
} as const;

export type ChainPurpose = 'claim-signing' | 'time-stamping';

/** C2PA 2.2 §14.5.1: a claim is signed with one of these; the C2PA engines accept the same set. */
const CLAIM_SIGNING: ReadonlySet<string> = new Set([
  PURPOSE.emailProtection,
  PURPOSE.documentSigning,
  PURPOSE.c2paClaimSigning,
  PURPOSE.microsoftC2pa,
]);

/** Usages that must be the only one in a leaf. */
const EXCLUSIVE_PURPOSES: ReadonlySet<string> = new Set([PURPOSE.timeStamping, PURPOSE.ocspSigning]);

/**
 * Returns whether a leaf may be used for the purpose. C2PA 2.2 §14.5.1: `anyExtendedKeyUsage` is refused, and
 * time-stamping and OCSP signing must be the only usage. A certificate without the extension serves neither purpose.
 */
export function canLeafServe(purposes: readonly string[], purpose: ChainPurpose): boolean {
  if (purposes.includes(PURPOSE.any)) return false;
  if (purpose === 'time-stamping') return purposes.length === 1 && purposes[0] === PURPOSE.timeStamping;
  if (purposes.some((p) => EXCLUSIVE_PURPOSES.has(p))) return false;
  return purposes.some((p) => CLAIM_SIGNING.has(p));
}

/**
 * Returns whether an issuer may issue for the purpose. An issuer of timestamp authorities issues no signers, and vice
 * versa. Otherwise the usages of issuers are not nested: Adobe's own (`Product Services G3` on the interim list) has
 * only a proprietary one and issues certificates for e-mail protection.
 */
export function canIssuerServe(purposes: readonly string[], purpose: ChainPurpose): boolean {
  if (purposes.length === 0 || purposes.includes(PURPOSE.any)) return true;
  if (purpose === 'time-stamping') return purposes.includes(PURPOSE.timeStamping);
  return purposes.some((p) => CLAIM_SIGNING.has(p)) || !purposes.some((p) => EXCLUSIVE_PURPOSES.has(p));
}

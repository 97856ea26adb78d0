import { type Asn1, context, elements, integer, octets, oid, step } from './asn1.js';
import { Certificate } from './certificate.js';
import { type SignatureState, signerSignature } from './cms-signature.js';
import { trustLimits as limits } from './trust-limits.js';

/** A CMS SignedData (RFC 5652) with one signer, opened and its signature checked. */
export interface SignedContent {
  contentType: string;
  content: Buffer;
  certificates: Certificate[];
  /** The certificate whose key made the signature; undefined where none that came along did. */
  signer?: Certificate;
  /** The signature over the signed attributes, and the content's digest among them. */
  signature: SignatureState;
}

const SIGNED_DATA = '1.2.840.113549.1.7.2';

/**
 * Undefined where the bytes are no SignedData with content and exactly one signer. `apart`: the content that a detached
 * signature is over; then there must be none in it.
 * RFC 5652 §5.1: version, digest algorithms, content, certificates [0], revocation lists [1], signers.
 */
export function openSignedData(info: Asn1 | undefined, apart?: Buffer): SignedContent | undefined {
  if (oid(step(info, 0)) !== SIGNED_DATA) return undefined;
  const signed = step(info, 1, 0);
  const contentType = oid(step(signed, 2, 0));
  const within = octets(step(signed, 2, 1, 0));
  const content = apart === undefined || within === undefined ? (within ?? apart) : undefined;
  const [signerInfo, ...others] = elements(elements(signed).at(-1));
  // RFC 3161 §2.4.2: the token holds no signature but that of the TSA.
  if (contentType === undefined || content === undefined || !signerInfo || others.length > 0)
    return undefined;
  // The bytes of each certificate as they stand, not as a library would write them again.
  const certificates = elements(context(signed, 0))
    .slice(0, limits.certificatesPerSignature)
    .flatMap((one) => Certificate.open(one.bytes) ?? []);
  let signature: SignatureState = 'cannot-check';
  // RFC 5652 §5.3 names the signer by issuer and serial number or by key identifier. Only the serial number is matched: that
  // the key fits is what the signature shows.
  const serial = integer(step(signerInfo, 1, 1));
  for (const candidate of certificates) {
    if (serial !== undefined && serial !== candidate.serial) continue;
    signature = signerSignature(signerInfo, candidate, contentType, content);
    if (signature === 'holds') return { contentType, content, certificates, signer: candidate, signature };
  }
  return { contentType, content, certificates, signature };
}

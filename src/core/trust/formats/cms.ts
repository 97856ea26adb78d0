import { Certificate } from '../certificate.js';
import { type SignatureState, signerSignature } from '../cms-signature.js';
import { trustLimits as limits } from '../lists/trust-limits.js';
import { type Asn1, contextElement, elementAt, elements, integer, octets, oid } from './asn1.js';

/** Content of a CMS SignedData (RFC 5652) with one signer, and the state of its signature. */
export interface SignedContent {
  contentType: string;
  content: Buffer;
  certificates: Certificate[];
  /** Certificate whose key made the signature; absent if none of the included ones did. */
  signer?: Certificate;
  /** State of the signature over the signed attributes, which include the content's digest. */
  signature: SignatureState;
}

const SIGNED_DATA = '1.2.840.113549.1.7.2';

/**
 * Opens a SignedData; `undefined` unless it has content and exactly one signer. `detachedContent`: content of a
 * detached signature; the structure must then contain none. RFC 5652 §5.1: version, digest algorithms, content,
 * certificates [0], revocation lists [1], signers.
 */
export function openSignedData(info: Asn1 | undefined, detachedContent?: Buffer): SignedContent | undefined {
  if (oid(elementAt(info, 0)) !== SIGNED_DATA) return undefined;
  const signed = elementAt(info, 1, 0);
  const contentType = oid(elementAt(signed, 2, 0));
  const within = octets(elementAt(signed, 2, 1, 0));
  const content =
    detachedContent === undefined || within === undefined ? (within ?? detachedContent) : undefined;
  const [signerInfo, ...others] = elements(elements(signed).at(-1));
  // RFC 3161 §2.4.2: the token contains no signature but that of the TSA.
  if (contentType === undefined || content === undefined || !signerInfo || others.length > 0)
    return undefined;
  // Uses the original bytes of each certificate instead of a library's re-encoding.
  const certificates = elements(contextElement(signed, 0))
    .slice(0, limits.certificatesPerSignature)
    .flatMap((one) => Certificate.open(one.bytes) ?? []);
  let signature: SignatureState = 'cannot-check';
  // RFC 5652 §5.3 names the signer by issuer and serial number or by key identifier. Only the serial number is
  // compared: the signature proves that the key fits.
  const serial = integer(elementAt(signerInfo, 1, 1));
  for (const candidate of certificates) {
    if (serial !== undefined && serial !== candidate.serial) continue;
    signature = signerSignature(signerInfo, candidate, contentType, content);
    if (signature === 'holds') return { contentType, content, certificates, signer: candidate, signature };
  }
  return { contentType, content, certificates, signature };
}

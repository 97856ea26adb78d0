import { computeDigest } from '../../base/digest.js';
import { DIGESTS, verifySignature } from './algorithms.js';
import type { Certificate } from './certificate.js';
import {
  type Asn1,
  algorithm,
  copyBytes,
  elementAt,
  elements,
  isContext,
  octets,
  oid,
} from './formats/asn1.js';

export type SignatureState = 'holds' | 'does-not-hold' | 'cannot-check';

const OID = {
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificate: '1.2.840.113549.1.9.16.2.12',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
} as const;

/**
 * Verifies content type, content digest and signature of one SignerInfo with this certificate's key (RFC 5652 §5.4).
 * SignerInfo: version, signer, digest algorithm, signed attributes [0], signature algorithm, signature.
 */
export function signerSignature(
  info: Asn1,
  signer: Certificate,
  contentType: string,
  content: Buffer,
): SignatureState {
  const digest = digestName(algorithm(elementAt(info, 2)));
  if (digest === undefined) return 'cannot-check';
  const attributes = elementAt(info, 3);
  // Content other than plain data must be signed through attributes.
  const values = isContext(attributes, 0) ? attributeValues(attributes) : undefined;
  const signature = octets(elementAt(info, 5));
  if (!attributes || !values || !signature) return 'does-not-hold';
  if (oid(values.get(OID.contentType)) !== contentType) return 'does-not-hold';
  if (octets(values.get(OID.messageDigest))?.equals(computeDigest(digest, content)) !== true)
    return 'does-not-hold';
  if (!namesCertificate(values, signer)) return 'does-not-hold';
  // The signature covers the encoding as a SET, although it is stored under tag [0].
  const signed = copyBytes(attributes);
  signed[0] = 0x31;
  return verifySignature({ signer, algorithm: elementAt(info, 4), digest, signed, signature });
}

/**
 * Returns attribute values by type; `undefined` if a type is repeated or has several values, because parsers would
 * differ.
 */
function attributeValues(attributes: Asn1 | undefined): Map<string, Asn1> | undefined {
  const values = new Map<string, Asn1>();
  for (const attribute of elements(attributes)) {
    const type = oid(elementAt(attribute, 0));
    const [value, ...more] = elements(elementAt(attribute, 1));
    if (type === undefined || !value || more.length > 0 || values.has(type)) return undefined;
    values.set(type, value);
  }
  return values;
}

/**
 * RFC 2634 §5.4 and RFC 5035: the signed attributes contain the hash of the signer's certificate, so that no other
 * certificate with the same key can replace it. Without them, the key alone decides.
 */
function namesCertificate(values: ReadonlyMap<string, Asn1>, signer: Certificate): boolean {
  const v2 = values.get(OID.signingCertificateV2);
  if (v2) {
    const id = elementAt(v2, 0, 0);
    // The algorithm is present, and first, only if it is not SHA-256.
    const named = algorithm(elementAt(id, 0));
    const digest = named === undefined ? 'sha256' : digestName(named);
    const stated = octets(elementAt(id, named === undefined ? 0 : 1));
    return digest !== undefined && stated?.equals(computeDigest(digest, signer.der)) === true;
  }
  const v1 = values.get(OID.signingCertificate);
  return !v1 || octets(elementAt(v1, 0, 0, 0))?.equals(computeDigest('sha1', signer.der)) === true;
}

function digestName(id: string | undefined): string | undefined {
  return id !== undefined && Object.hasOwn(DIGESTS, id) ? DIGESTS[id] : undefined;
}

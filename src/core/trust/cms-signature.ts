import { digestOf } from '../ground/digest.js';
import { DIGESTS, verifySignature } from './algorithms.js';
import { type Asn1, algorithm, elements, isContext, octets, oid, raw, step } from './asn1.js';
import type { Certificate } from './certificate.js';

export type SignatureState = 'holds' | 'does-not-hold' | 'cannot-check';

const OID = {
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificate: '1.2.840.113549.1.9.16.2.12',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
} as const;

/**
 * RFC 5652 §5.4: content type, content digest and signature of one SignerInfo, by this certificate's key.
 * SignerInfo: version, signer, digest algorithm, signed attributes [0], signature algorithm, signature.
 */
export function signerSignature(
  info: Asn1,
  signer: Certificate,
  contentType: string,
  content: Buffer,
): SignatureState {
  const digest = digestName(algorithm(step(info, 2)));
  if (digest === undefined) return 'cannot-check';
  const attributes = step(info, 3);
  // Content other than plain data is signed through attributes, always.
  const values = isContext(attributes, 0) ? attributeValues(attributes) : undefined;
  const signature = octets(step(info, 5));
  if (!attributes || !values || !signature) return 'does-not-hold';
  if (oid(values.get(OID.contentType)) !== contentType) return 'does-not-hold';
  if (octets(values.get(OID.messageDigest))?.equals(digestOf(digest, content)) !== true)
    return 'does-not-hold';
  if (!namesCertificate(values, signer)) return 'does-not-hold';
  // What is signed is the SET, though it is written under tag [0].
  const signed = raw(attributes);
  signed[0] = 0x31;
  return verifySignature({ signer, algorithm: step(info, 4), digest, signed, signature });
}

/** By type; undefined where one comes twice or holds several values, which readers would differ over. */
function attributeValues(attributes: Asn1 | undefined): Map<string, Asn1> | undefined {
  const values = new Map<string, Asn1>();
  for (const attribute of elements(attributes)) {
    const type = oid(step(attribute, 0));
    const [value, ...more] = elements(step(attribute, 1));
    if (type === undefined || !value || more.length > 0 || values.has(type)) return undefined;
    values.set(type, value);
  }
  return values;
}

/**
 * RFC 2634 §5.4 and RFC 5035: the signed attributes name the signer's certificate by its hash, so that no other
 * certificate of the same key can be put in its place. Where they do not, the key alone decides.
 */
function namesCertificate(values: ReadonlyMap<string, Asn1>, signer: Certificate): boolean {
  const v2 = values.get(OID.signingCertificateV2);
  if (v2) {
    const id = step(v2, 0, 0);
    // The algorithm comes first where it is not SHA-256.
    const named = algorithm(step(id, 0));
    const digest = named === undefined ? 'sha256' : digestName(named);
    const stated = octets(step(id, named === undefined ? 0 : 1));
    return digest !== undefined && stated?.equals(digestOf(digest, signer.der)) === true;
  }
  const v1 = values.get(OID.signingCertificate);
  return !v1 || octets(step(v1, 0, 0, 0))?.equals(digestOf('sha1', signer.der)) === true;
}

function digestName(id: string | undefined): string | undefined {
  return id !== undefined && Object.hasOwn(DIGESTS, id) ? DIGESTS[id] : undefined;
}

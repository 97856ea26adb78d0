import { constants, type KeyObject, type VerifyKeyObjectInput, verify } from 'node:crypto';
import { Certificate } from './certificate.js';
import type { SignatureState } from './cms-signature.js';
import { type ClaimSignature, signedClaimBytes } from './formats/cose.js';

type Options = Omit<VerifyKeyObjectInput, 'key'>;

/** Digest, key types and encodings of a signature algorithm. */
interface Method {
  digest: string | null;
  keys: readonly NonNullable<KeyObject['asymmetricKeyType']>[];
  /** Encodings, tried in order. */
  forms: readonly Options[];
}

/** RFC 9053 §2.1 concatenates both numbers; engines also accept DER. */
const ecdsa = (digest: string): Method => ({
  digest,
  keys: ['ec'],
  forms: [{ dsaEncoding: 'ieee-p1363' }, { dsaEncoding: 'der' }],
});

/** RFC 8230 §2: RSASSA-PSS, with MGF1 of the same digest and a salt of its length. */
const pss = (digest: string): Method => ({
  digest,
  keys: ['rsa', 'rsa-pss'],
  forms: [{ padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }],
});

/** COSE algorithms allowed by C2PA 2.2 §13.2, by IANA number. */
const METHODS: ReadonlyMap<number | undefined, Method> = new Map([
  [-7, ecdsa('sha256')],
  [-35, ecdsa('sha384')],
  [-36, ecdsa('sha512')],
  [-37, pss('sha256')],
  [-38, pss('sha384')],
  [-39, pss('sha512')],
  [-8, { digest: null, keys: ['ed25519'], forms: [{}] }],
]);

/**
 * Returns whether the signer's certificate key made this signature over `claim` (the claim box's content), verified by
 * OpenSSL through Node. The identity of the certificate's holder is not checked. `cannot-check`: C2PA does not allow
 * the algorithm or key, or the claim is stored elsewhere.
 */
export function claimSignatureState(signature: ClaimSignature, claim: Buffer): SignatureState {
  const { algorithm, certificates, signed } = signature;
  const method = METHODS.get(algorithm);
  const [der] = certificates;
  const bytes = signedClaimBytes(signature, claim);
  const leaf = der && Certificate.open(der);
  if (method === undefined || leaf === undefined || bytes === undefined) return 'cannot-check';
  try {
    const key = leaf.publicKey;
    if (!method.keys.some((kind) => kind === key.asymmetricKeyType)) return 'cannot-check';
    const holds = (form: Options) => verify(method.digest, bytes, { ...form, key }, signed.value);
    return method.forms.some(holds) ? 'holds' : 'does-not-hold';
  } catch {
    return 'cannot-check';
  }
}

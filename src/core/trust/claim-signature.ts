import { constants, type KeyObject, type VerifyKeyObjectInput, verify } from 'node:crypto';
import { Certificate } from './certificate.js';
import type { SignatureState } from './cms-signature.js';
import { type ClaimSignature, signedClaim } from './cose.js';

type Options = Omit<VerifyKeyObjectInput, 'key'>;

/** How a signature of one algorithm may be written. */
interface Method {
  digest: string | null;
  keys: readonly NonNullable<KeyObject['asymmetricKeyType']>[];
  /** Each is tried. */
  forms: readonly Options[];
}

/** RFC 9053 §2.1 writes both numbers side by side; engines also take them as DER. */
const ecdsa = (digest: string): Method => ({
  digest,
  keys: ['ec'],
  forms: [{ dsaEncoding: 'ieee-p1363' }, { dsaEncoding: 'der' }],
});

/** RFC 8230 §2: RSASSA-PSS, with MGF1 of the same digest and a salt as long as that is. */
const pss = (digest: string): Method => ({
  digest,
  keys: ['rsa', 'rsa-pss'],
  forms: [{ padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }],
});

/** COSE algorithms that C2PA 2.2 §13.2 allows, by IANA's number. */
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
 * Whether the key of the signer's own certificate made this signature over `claim` (the claim box's content), by OpenSSL
 * through Node. Whom the certificate belongs to is not asked. `cannot-check`: the algorithm or its key is none that C2PA allows,
 * or the claim stands elsewhere.
 */
export function claimSignatureState(signature: ClaimSignature, claim: Buffer): SignatureState {
  const { algorithm, certificates, signed } = signature;
  const method = METHODS.get(algorithm);
  const [der] = certificates;
  const bytes = signedClaim(signature, claim);
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

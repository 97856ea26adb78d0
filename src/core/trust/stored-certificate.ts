import { createHash, type KeyObject } from 'node:crypto';
import { type AnyCertificate, isIssuedBy } from './any-certificate.js';
import { UndeterminedError } from './cannot-tell.js';
import type { Certificate } from './certificate.js';
import type { CertificateProfile } from './certificate-profile.js';
import { algorithm, bits, copyBytes, elementAt, parseAsn1 } from './formats/asn1.js';
import { trustLimits as limits } from './lists/trust-limits.js';
import { findPrehashedMethod, type Method, verifyPrehashed } from './prehashed.js';

/** Stored facts of a certificate for rechecks without the file; they contain neither the certificate nor its key. JSON. */
export interface StoredCertificate {
  identity: string;
  serial: string;
  sha256: string;
  profile: CertificateProfile;
  subjectName: string;
  issuerName: string;
  hasWeakKey: boolean;
  keySha256?: string;
  /** First bits of a masked digest, shared by one in about four thousand certificates. */
  mark?: string;
  /** SHA-256 of the key that signed it, if that issuer's certificate was included. */
  signedBy?: string;
  /**
   * Otherwise, the signature with which issuers on a list are tried. If this is missing too, the issuer cannot be
   * determined.
   */
  signature?: IssuerSignature;
}

/** Issuer's signature, and the digest of the signed bytes. */
interface IssuerSignature {
  method: Method;
  /** Digest in hexadecimal. */
  digest: string;
  /** Signature in Base64. */
  value: string;
}

/** Displayed values of a signer's certificate, masked if they may identify one device. */
export type DisplayedNumbers = Pick<StoredCertificate, 'identity' | 'serial' | 'sha256'>;

/** Returns the facts; `undefined` if structure or key cannot be read. `intermediates`: certificates included with it. */
export function toStoredCertificate(
  certificate: Certificate,
  intermediates: readonly Certificate[],
  shown?: DisplayedNumbers,
): StoredCertificate | undefined {
  const { identity, serial, sha256, profile, subjectName, issuerName } = certificate;
  try {
    const { hasWeakKey, keySha256 } = certificate;
    const issuer = intermediates.find((one) => isIssuedBy(certificate, one) && certificate.isSignedBy(one));
    const signature = issuer === undefined ? signatureOf(certificate) : undefined;
    return (
      profile && {
        ...{ profile, subjectName, issuerName, hasWeakKey },
        ...(shown
          ? { ...shown, mark: sha256.slice(0, PREFIX_CHARACTERS) }
          : { identity, serial, sha256, keySha256 }),
        ...(issuer === undefined ? {} : { signedBy: issuer.keySha256 }),
        ...(signature === undefined ? {} : { signature }),
      }
    );
  } catch {
    return undefined;
  }
}

const PREFIX_CHARACTERS = 3;

/** Returns `undefined` if verification needs the signed bytes themselves, as with Ed25519. */
function signatureOf({ der }: Certificate): IssuerSignature | undefined {
  const [signed, outer, value] = [0, 1, 2].map((at) => elementAt(parseAsn1(der), at));
  const method = findPrehashedMethod(outer);
  const bytes = bits(value);
  if (!method || !signed || !bytes || algorithm(elementAt(signed, 2)) !== algorithm(outer)) return undefined;
  const digest = createHash(method.digestName).update(copyBytes(signed)).digest('hex');
  return { method, digest, value: bytes.toString('base64') };
}

/** Wraps stored facts as a certificate; its methods throw `UndeterminedError` if they need the real certificate. */
export function openStoredCertificate(facts: StoredCertificate): AnyCertificate {
  const { sha256, mark, signedBy, signature } = facts;
  return {
    ...facts,
    isAmong: (digests) => {
      if (mark === undefined) return digests.has(sha256);
      if ([...digests].some((one) => one.startsWith(mark))) throw new UndeterminedError('list');
      return false;
    },
    isSignedBy: (issuer) => {
      if (signedBy !== undefined) return signedBy === issuer.keySha256;
      // Included certificates were already tried when the file was present.
      if (issuer.publicKey === undefined) return false;
      const holds = signature && isSignatureValid(issuer.publicKey, issuer.keySha256, signature);
      if (holds === undefined) throw new UndeterminedError('issuer');
      return holds;
    },
  };
}

/** Cache of results: curves without OpenSSL take milliseconds, and many files have the same signer's certificate. */
const verificationCache = new Map<string, boolean | undefined>();

function isSignatureValid(
  key: KeyObject,
  keySha256: string | undefined,
  signature: IssuerSignature,
): boolean | undefined {
  const question = JSON.stringify([keySha256, signature]);
  if (verificationCache.has(question)) return verificationCache.get(question);
  const { method, digest, value } = signature;
  const holds = verifyPrehashed(
    { ...method, digest: Buffer.from(digest, 'hex'), signature: Buffer.from(value, 'base64') },
    key,
  );
  if (verificationCache.size >= limits.rememberedSignatures) verificationCache.clear();
  verificationCache.set(question, holds);
  return holds;
}

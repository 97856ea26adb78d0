import { createHash, type KeyObject } from 'node:crypto';
import { type AnyCertificate, isIssuedBy } from './any-certificate.js';
import { algorithm, bits, parseAsn1, raw, step } from './asn1.js';
import { CannotTell } from './cannot-tell.js';
import type { Certificate } from './certificate.js';
import type { CertificateProfile } from './certificate-profile.js';
import { type Method, prehashedHolds, prehashedMethod } from './prehashed.js';
import { trustLimits as limits } from './trust-limits.js';

/** Facts of a certificate that a recheck without the file goes by; neither the certificate nor its key. JSON. */
export interface CertificateFacts {
  identity: string;
  serial: string;
  sha256: string;
  profile: CertificateProfile;
  subjectName: string;
  issuerName: string;
  hasWeakKey: boolean;
  keySha256?: string;
  /** Of a certificate whose digest is masked, the digest's first bits: one of four thousand has the same. */
  mark?: string;
  /** Whose key signed it, where that came along. */
  signedBy?: string;
  /** Else what a list's issuer is tried with. Where this is missing too, nothing can be told of it. */
  signature?: IssuerSignature;
}

/** An issuer's signature, and the digest of what it signed. */
interface IssuerSignature {
  method: Method;
  /** Hexadecimal. */
  digest: string;
  /** Base64. */
  value: string;
}

/** What of a signer's certificate is shown in place of what may name one device. */
export type Shown = Pick<CertificateFacts, 'identity' | 'serial' | 'sha256'>;

/** Undefined where its structure or its key cannot be read. `along`: the certificates that came with it. */
export function factsOf(
  certificate: Certificate,
  along: readonly Certificate[],
  shown?: Shown,
): CertificateFacts | undefined {
  const { identity, serial, sha256, profile, subjectName, issuerName } = certificate;
  try {
    const { hasWeakKey, keySha256 } = certificate;
    const issuer = along.find((one) => isIssuedBy(certificate, one) && certificate.isSignedBy(one));
    const signature = issuer === undefined ? signatureOf(certificate) : undefined;
    return (
      profile && {
        ...{ profile, subjectName, issuerName, hasWeakKey },
        ...(shown
          ? { ...shown, mark: sha256.slice(0, MARK_CHARACTERS) }
          : { identity, serial, sha256, keySha256 }),
        ...(issuer === undefined ? {} : { signedBy: issuer.keySha256 }),
        ...(signature === undefined ? {} : { signature }),
      }
    );
  } catch {
    return undefined;
  }
}

const MARK_CHARACTERS = 3;

/** Undefined where it takes the signed bytes themselves to check it, as of Ed25519. */
function signatureOf({ der }: Certificate): IssuerSignature | undefined {
  const [signed, outer, value] = [0, 1, 2].map((at) => step(parseAsn1(der), at));
  const method = prehashedMethod(outer);
  const bytes = bits(value);
  if (!method || !signed || !bytes || algorithm(step(signed, 2)) !== algorithm(outer)) return undefined;
  const digest = createHash(method.digestName).update(raw(signed)).digest('hex');
  return { method, digest, value: bytes.toString('base64') };
}

/** Asked like a whole certificate; throws `CannotTell` where that one would be needed. */
export function keptCertificate(facts: CertificateFacts): AnyCertificate {
  const { sha256, mark, signedBy, signature } = facts;
  return {
    ...facts,
    isAmong: (digests) => {
      if (mark === undefined) return digests.has(sha256);
      if ([...digests].some((one) => one.startsWith(mark))) throw new CannotTell('list');
      return false;
    },
    isSignedBy: (issuer) => {
      if (signedBy !== undefined) return signedBy === issuer.keySha256;
      // Those that came along were tried when the file was there.
      if (issuer.publicKey === undefined) return false;
      const holds = signature && holdsBy(issuer.publicKey, issuer.keySha256, signature);
      if (holds === undefined) throw new CannotTell('issuer');
      return holds;
    },
  };
}

/** Curves without OpenSSL take milliseconds, and one signer's certificate comes with file after file. */
const answers = new Map<string, boolean | undefined>();

function holdsBy(
  key: KeyObject,
  keySha256: string | undefined,
  signature: IssuerSignature,
): boolean | undefined {
  const question = JSON.stringify([keySha256, signature]);
  if (answers.has(question)) return answers.get(question);
  const { method, digest, value } = signature;
  const holds = prehashedHolds(
    { ...method, digest: Buffer.from(digest, 'hex'), signature: Buffer.from(value, 'base64') },
    key,
  );
  if (answers.size >= limits.rememberedSignatures) answers.clear();
  answers.set(question, holds);
  return holds;
}

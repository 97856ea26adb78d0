import {
  createHash,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  randomBytes,
  sign,
} from 'node:crypto';
import { elements, parseAsn1, raw, step } from '../core/trust/asn1.js';
import type { Certificate } from '../core/trust/certificate.js';
import { readPemCertificates } from '../core/trust/pem.js';
import { said } from '../say/said.js';
import { identifier, integer, nothing, octets, sequence, setOf, tagged, time, yes } from './der.js';
import { SealError } from './seal-error.js';

/** Who seals: a key, and the certificates that say whose it is. */
export interface Signer {
  key: KeyObject;
  publicKey: KeyObject;
  kind: 'cms' | 'ed25519';
  /** The signer's own first. Of an Ed25519 key there may be none. */
  certificates: readonly Certificate[];
}

const MOST_PEM_BYTES = 256 * 1024;

/** Throws a SealError for what is no key or certificate, for two that do not go together, and for what is not valid then. */
export function signerOf(keyPem: Buffer, certificatePem: Buffer | undefined, at: Date): Signer {
  const key = keyIn(keyPem);
  const publicKey = createPublicKey(key);
  const certificates = certificatePem === undefined ? [] : certificatesIn(certificatePem);
  const [own] = certificates;
  if (own !== undefined && !own.publicKey.equals(publicKey))
    throw new SealError('key', said('seal.error.pair'));
  if (own !== undefined && (+at < Date.parse(own.x509.validFrom) || +at > Date.parse(own.x509.validTo)))
    throw new SealError(
      'expired',
      said('seal.error.notValid', { name: own.x509.subject.replaceAll('\n', ', ') }),
    );
  const type = key.asymmetricKeyType;
  if (type === 'ed25519') return { key, publicKey, kind: 'ed25519', certificates };
  if (type !== 'ec' && type !== 'rsa')
    throw new SealError('key', said('seal.error.keyKind', { kind: type ?? '' }));
  if (own === undefined) throw new SealError('key', said('seal.error.noCertificate'));
  return { key, publicKey, kind: 'cms', certificates };
}

function keyIn(pem: Buffer): KeyObject {
  try {
    if (pem.length <= MOST_PEM_BYTES) return createPrivateKey(pem);
  } catch {
    // What OpenSSL says of it may quote it.
  }
  throw new SealError('key', said('seal.error.key'));
}

function certificatesIn(pem: Buffer): readonly Certificate[] {
  const answer = pem.length <= MOST_PEM_BYTES ? readPemCertificates(pem) : undefined;
  if (answer === undefined || 'fault' in answer) throw new SealError('key', said('seal.error.certificate'));
  return answer.certificates;
}

export const SIGNED_DATA = '1.2.840.113549.1.7.2';
export const DATA = '1.2.840.113549.1.7.1';
const CONTENT_TYPE = '1.2.840.113549.1.9.3';
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4';
const SIGNING_TIME = '1.2.840.113549.1.9.5';
const SIGNING_CERTIFICATE_V2 = '1.2.840.113549.1.9.16.2.47';
const SHA256 = '2.16.840.1.101.3.4.2.1';
const ECDSA_SHA256 = '1.2.840.10045.4.3.2';
const RSA_SHA256 = '1.2.840.113549.1.1.11';

/** Over the bytes: a detached CMS signature (RFC 5652), or the 64 bytes of Ed25519 (RFC 8032). */
export function signature(content: Buffer, { key, kind, certificates }: Signer, at: Date): Buffer {
  const [own] = certificates;
  if (kind === 'ed25519' || own === undefined) return sign(null, content, key);
  const attributes = signedAttributes(content, own, at);
  // What is signed is the SET, though it is written under tag [0].
  const over = setOf(...attributes);
  const rsa = key.asymmetricKeyType === 'rsa';
  const info = sequence(
    integer(Buffer.of(1)),
    signerIdentifier(own),
    algorithm(SHA256),
    tagged(0, ...attributes),
    rsa ? algorithm(RSA_SHA256, nothing) : algorithm(ECDSA_SHA256),
    octets(sign('sha256', over, key)),
  );
  const signed = sequence(
    integer(Buffer.of(1)),
    setOf(algorithm(SHA256)),
    sequence(identifier(DATA)),
    tagged(0, ...certificates.map(({ der }) => der)),
    setOf(info),
  );
  return sequence(identifier(SIGNED_DATA), tagged(0, signed));
}

/** RFC 5652 §11 and RFC 5035: in the order of DER, which is that of their bytes. */
function signedAttributes(content: Buffer, own: Certificate, at: Date): Buffer[] {
  const named = sequence(sequence(sequence(octets(hash(own.der)))));
  const attributes = [
    attribute(CONTENT_TYPE, identifier(DATA)),
    attribute(SIGNING_TIME, time(at)),
    attribute(MESSAGE_DIGEST, octets(hash(content))),
    attribute(SIGNING_CERTIFICATE_V2, named),
  ];
  return attributes.sort(Buffer.compare);
}

/** RFC 5652 §5.3: issuer and serial number, as the certificate has them. */
function signerIdentifier({ der }: Certificate): Buffer {
  const body = elements(step(parseAsn1(der), 0));
  // The version, under [0], is left out where it is 1.
  const from = body[0]?.isUniversal(INTEGER) === true ? 0 : 1;
  const [serial, , issuer] = body.slice(from);
  if (serial === undefined || issuer === undefined)
    throw new SealError('key', said('seal.error.certificate'));
  return sequence(raw(issuer), raw(serial));
}

const INTEGER = 2;

/** A question to a time-stamping authority (RFC 3161 §2.4.1): the digest, a number that is used once, its certificates wanted. */
export function timestampQuestion(content: Buffer): { question: Buffer; nonce: Buffer } {
  // Positive, and with no byte too many.
  const nonce = Buffer.concat([Buffer.of(0x40 | ((randomBytes(1)[0] ?? 0) & 0x3f)), randomBytes(15)]);
  const question = sequence(
    integer(Buffer.of(1)),
    sequence(algorithm(SHA256, nothing), octets(hash(content))),
    integer(nonce),
    yes,
  );
  return { question, nonce };
}

const hash = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();
const algorithm = (id: string, ...parameters: Buffer[]): Buffer => sequence(identifier(id), ...parameters);
const attribute = (id: string, value: Buffer): Buffer => sequence(identifier(id), setOf(value));

/** SHA-256 over the public key’s DER (SPKI), hexadecimal. */
export const keyFingerprint = (key: KeyObject): string =>
  hash(key.export({ type: 'spki', format: 'der' })).toString('hex');

import {
  createHash,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  randomBytes,
  sign,
} from 'node:crypto';
import type { Certificate } from '../../core/trust/certificate.js';
import { copyBytes, elementAt, elements, parseAsn1 } from '../../core/trust/formats/asn1.js';
import { readPemCertificates } from '../../core/trust/formats/pem.js';
import { message } from '../../i18n/message.js';
import { identifier, integer, nothing, octets, sequence, setOf, tagged, time, yes } from './der.js';
import { SealError } from './seal-error.js';

/** Signer of bags: a key, and the certificates that name its holder. */
export interface Signer {
  key: KeyObject;
  publicKey: KeyObject;
  kind: 'cms' | 'ed25519';
  /** The signer's own first. May be empty for an Ed25519 key. */
  certificates: readonly Certificate[];
}

const MAX_PEM_BYTES = 256 * 1024;

/** Parses key and certificates; throws a SealError if they are invalid, do not match, or are not valid at that time. */
export function parseSigner(keyPem: Buffer, certificatePem: Buffer | undefined, at: Date): Signer {
  const key = parseKey(keyPem);
  const publicKey = createPublicKey(key);
  const certificates = certificatePem === undefined ? [] : parseCertificates(certificatePem);
  const [own] = certificates;
  if (own !== undefined && !own.publicKey.equals(publicKey))
    throw new SealError('key', message('seal.error.pair'));
  if (own !== undefined && (+at < Date.parse(own.x509.validFrom) || +at > Date.parse(own.x509.validTo)))
    throw new SealError(
      'expired',
      message('seal.error.notValid', { name: own.x509.subject.replaceAll('\n', ', ') }),
    );
  const type = key.asymmetricKeyType;
  if (type === 'ed25519') return { key, publicKey, kind: 'ed25519', certificates };
  if (type !== 'ec' && type !== 'rsa')
    throw new SealError('key', message('seal.error.keyKind', { kind: type ?? '' }));
  if (own === undefined) throw new SealError('key', message('seal.error.noCertificate'));
  return { key, publicKey, kind: 'cms', certificates };
}

function parseKey(pem: Buffer): KeyObject {
  try {
    if (pem.length <= MAX_PEM_BYTES) return createPrivateKey(pem);
  } catch {
    // The cause is dropped, because OpenSSL's message may quote the key.
  }
  throw new SealError('key', message('seal.error.key'));
}

function parseCertificates(pem: Buffer): readonly Certificate[] {
  const answer = pem.length <= MAX_PEM_BYTES ? readPemCertificates(pem) : undefined;
  if (answer === undefined || 'fault' in answer)
    throw new SealError('key', message('seal.error.certificate'));
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

/** Signs the bytes: a detached CMS signature (RFC 5652), or the 64 bytes of Ed25519 (RFC 8032). */
export function signContent(content: Buffer, { key, kind, certificates }: Signer, at: Date): Buffer {
  const [own] = certificates;
  if (kind === 'ed25519' || own === undefined) return sign(null, content, key);
  const attributes = signedAttributes(content, own, at);
  // The signature covers the SET encoding, although the attributes are written under tag [0].
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

/** RFC 5652 §11 and RFC 5035: in the order of DER, by their bytes. */
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

/** RFC 5652 §5.3: issuer and serial number, copied from the certificate. */
function signerIdentifier({ der }: Certificate): Buffer {
  const body = elements(elementAt(parseAsn1(der), 0));
  // The version, under [0], is omitted if it is 1.
  const from = body[0]?.isUniversal(INTEGER) === true ? 0 : 1;
  const [serial, , issuer] = body.slice(from);
  if (serial === undefined || issuer === undefined)
    throw new SealError('key', message('seal.error.certificate'));
  return sequence(copyBytes(issuer), copyBytes(serial));
}

const INTEGER = 2;

/**
 * Builds a request to a time-stamping authority (RFC 3161 §2.4.1): the digest, a nonce, and the wish for its
 * certificates.
 */
export function buildTimestampQuestion(content: Buffer): { question: Buffer; nonce: Buffer } {
  // The top bits make the nonce positive and its encoding minimal.
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

/** Returns the SHA-256 of the public key’s DER (SPKI), hexadecimal. */
export const computeKeyFingerprint = (key: KeyObject): string =>
  hash(key.export({ type: 'spki', format: 'der' })).toString('hex');

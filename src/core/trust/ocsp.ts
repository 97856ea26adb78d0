import { digestOf } from '../ground/digest.js';
import { table } from '../ground/table.js';
import { verifySignature } from './algorithms.js';
import type { AnyCertificate } from './any-certificate.js';
import {
  type Asn1,
  algorithm,
  bits,
  context,
  elements,
  integer,
  isContext,
  octets,
  oid,
  parseAsn1,
  raw,
  step,
  time,
} from './asn1.js';
import { Certificate } from './certificate.js';
import type { NameParts } from './certificate-profile.js';
import { PURPOSE } from './purposes.js';
import { trustLimits as limits } from './trust-limits.js';

/** What an authority said about one certificate (RFC 6960), as it was stapled to a signature or kept by a manifest. */
export interface OcspAnswer {
  status: 'good' | 'revoked' | 'unknown';
  revokedAt?: Date;
  producedAt: Date;
  thisUpdate: Date;
  nextUpdate?: Date;
  responder?: NameParts;
  /** By the issuer's key, or by one that the issuer appointed for such answers. */
  signature: 'holds' | 'does-not-hold' | 'cannot-check';
}

const BASIC_RESPONSE = '1.3.6.1.5.5.7.48.1.1';
/** Digests that a CertID names an issuer by; they prove nothing here, the signature does. */
const ID_DIGESTS: Readonly<Record<string, string>> = table({
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.1': 'sha256',
});

/** Undefined where the bytes are no answer about this certificate of this issuer. */
export function readOcspAnswer(
  der: Buffer,
  subject: Certificate,
  issuer: AnyCertificate,
): OcspAnswer | undefined {
  const { basic, data, first } = basicResponse(der);
  const producedAt = time(step(data, first + 1));
  const single = elements(step(data, first + 2)).find((one) => isAbout(step(one, 0), subject, issuer));
  const thisUpdate = time(step(single, 2));
  const status = STATUS[step(single, 1)?.tag ?? -1];
  if (!data || !producedAt || !thisUpdate || !status) return undefined;
  // [0] is also how “good” is written: only the one behind the times is meant.
  const next = step(single, 3);
  const nextUpdate = isContext(next, 0) ? time(step(next, 0)) : undefined;
  const revokedAt = status === 'revoked' ? time(step(single, 1, 0)) : undefined;
  const signed = { data, algorithm: step(basic, 1), signature: bits(step(basic, 2)) };
  const { signature, responder } = checkResponder(signed, respondersOf(basic, issuer, producedAt));
  const name = responder?.profile?.subject;
  return {
    status,
    producedAt,
    thisUpdate,
    signature,
    ...(nextUpdate ? { nextUpdate } : {}),
    ...(revokedAt ? { revokedAt } : {}),
    ...(name ? { responder: name } : {}),
  };
}

/** Numbers of the certificates that an answer is about; whose they are is not looked at. None where it is no answer. */
export function serialsIn(der: Buffer): Set<string> {
  const { data, first } = basicResponse(der);
  const singles = elements(step(data, first + 2)).slice(0, limits.certificatesPerSignature);
  return new Set(singles.flatMap((one) => integer(step(one, 0, 3)) ?? []));
}

/** ResponseData begins with [0] version where there is one: responder, time and answers follow from `first` on. */
function basicResponse(der: Buffer): { basic?: Asn1 | undefined; data?: Asn1 | undefined; first: number } {
  // OCSPResponse: status, then [0] { type, OCTET STRING with the answer proper }.
  const response = step(context(parseAsn1(der), 0), 0);
  const content = oid(step(response, 0)) === BASIC_RESPONSE ? octets(step(response, 1)) : undefined;
  const basic = content && parseAsn1(content);
  const data = step(basic, 0);
  return { basic, data, first: isContext(step(data, 0), 0) ? 1 : 0 };
}

const STATUS: Readonly<Record<number, OcspAnswer['status']>> = { 0: 'good', 1: 'revoked', 2: 'unknown' };

/** CertID: digest, hash of the issuer's name, hash of its key, serial number. */
function isAbout(id: Asn1 | undefined, subject: Certificate, issuer: AnyCertificate): boolean {
  const digest = ID_DIGESTS[algorithm(step(id, 0)) ?? ''];
  if (digest === undefined || integer(step(id, 3)) !== subject.serial) return false;
  const spki = issuer.publicKey?.export({ type: 'spki', format: 'der' });
  const key = spki && bits(step(parseAsn1(spki), 1));
  return key !== undefined && octets(step(id, 2))?.equals(digestOf(digest, key)) === true;
}

/** RFC 6960 §4.2.2.2: the issuer itself, or a certificate that it issued for signing such answers. */
function respondersOf(basic: Asn1 | undefined, issuer: AnyCertificate, at: Date): AnyCertificate[] {
  const appointed = elements(step(context(basic, 0), 0))
    .slice(0, limits.certificatesPerSignature)
    .flatMap((one) => Certificate.open(one.bytes) ?? [])
    .filter((one) => isAppointed(one, issuer, at));
  return [issuer, ...appointed];
}

function isAppointed(certificate: Certificate, issuer: AnyCertificate, at: Date): boolean {
  const { profile } = certificate;
  if (!profile?.extendedKeyUsage.includes(PURPOSE.ocspSigning)) return false;
  try {
    return at >= profile.notBefore && at <= profile.notAfter && certificate.isSignedBy(issuer);
  } catch {
    return false;
  }
}

function checkResponder(
  { data, algorithm, signature }: { data: Asn1; algorithm: Asn1 | undefined; signature: Buffer | undefined },
  responders: readonly AnyCertificate[],
): { signature: OcspAnswer['signature']; responder?: AnyCertificate } {
  let worst: OcspAnswer['signature'] = 'does-not-hold';
  if (!signature) return { signature: worst };
  for (const signer of responders) {
    const state = verifySignature({ signer, algorithm, signed: raw(data), signature });
    if (state === 'holds') return { signature: state, responder: signer };
    if (state === 'cannot-check') worst = state;
  }
  return { signature: worst };
}

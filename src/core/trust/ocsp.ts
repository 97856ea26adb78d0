import { computeDigest } from '../../base/digest.js';
import { lookupTable } from '../../base/table.js';
import { verifySignature } from './algorithms.js';
import type { AnyCertificate } from './any-certificate.js';
import { Certificate } from './certificate.js';
import type { NameParts } from './certificate-profile.js';
import {
  type Asn1,
  algorithm,
  bits,
  contextElement,
  copyBytes,
  elementAt,
  elements,
  integer,
  isContext,
  octets,
  oid,
  parseAsn1,
  time,
} from './formats/asn1.js';
import { trustLimits as limits } from './lists/trust-limits.js';
import { PURPOSE } from './purposes.js';

/** OCSP response about one certificate (RFC 6960), stapled to a signature or stored in a manifest. */
export interface OcspResponse {
  status: 'good' | 'revoked' | 'unknown';
  revokedAt?: Date;
  producedAt: Date;
  thisUpdate: Date;
  nextUpdate?: Date;
  responder?: NameParts;
  /** State of the signature by the issuer's key, or by a responder that the issuer delegated. */
  signature: 'holds' | 'does-not-hold' | 'cannot-check';
}

const BASIC_RESPONSE = '1.3.6.1.5.5.7.48.1.1';
/** Digests that a CertID identifies an issuer by. They prove nothing here; the signature does. */
const ID_DIGESTS: Readonly<Record<string, string>> = lookupTable({
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.1': 'sha256',
});

/** Reads a response; `undefined` if the bytes are no response about this certificate of this issuer. */
export function parseOcspResponse(
  der: Buffer,
  subject: Certificate,
  issuer: AnyCertificate,
): OcspResponse | undefined {
  const { basic, data, first } = parseBasicResponse(der);
  const producedAt = time(elementAt(data, first + 1));
  const single = elements(elementAt(data, first + 2)).find((one) =>
    isAbout(elementAt(one, 0), subject, issuer),
  );
  const thisUpdate = time(elementAt(single, 2));
  const status = STATUS[elementAt(single, 1)?.tag ?? -1];
  if (!data || !producedAt || !thisUpdate || !status) return undefined;
  // “good” is encoded as [0] too, so only the one after the times is read.
  const next = elementAt(single, 3);
  const nextUpdate = isContext(next, 0) ? time(elementAt(next, 0)) : undefined;
  const revokedAt = status === 'revoked' ? time(elementAt(single, 1, 0)) : undefined;
  const signed = { data, algorithm: elementAt(basic, 1), signature: bits(elementAt(basic, 2)) };
  const { signature, responder } = checkResponder(signed, findResponders(basic, issuer, producedAt));
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

/** Returns the serial numbers that a response is about, without checking their issuers. Empty if it is no response. */
export function listSerials(der: Buffer): Set<string> {
  const { data, first } = parseBasicResponse(der);
  const singles = elements(elementAt(data, first + 2)).slice(0, limits.certificatesPerSignature);
  return new Set(singles.flatMap((one) => integer(elementAt(one, 0, 3)) ?? []));
}

/** ResponseData begins with an optional [0] version: responder, time and responses follow from index `first`. */
function parseBasicResponse(der: Buffer): {
  basic?: Asn1 | undefined;
  data?: Asn1 | undefined;
  first: number;
} {
  // OCSPResponse: status, then [0] { type, OCTET STRING with the actual response }.
  const response = elementAt(contextElement(parseAsn1(der), 0), 0);
  const content = oid(elementAt(response, 0)) === BASIC_RESPONSE ? octets(elementAt(response, 1)) : undefined;
  const basic = content && parseAsn1(content);
  const data = elementAt(basic, 0);
  return { basic, data, first: isContext(elementAt(data, 0), 0) ? 1 : 0 };
}

const STATUS: Readonly<Record<number, OcspResponse['status']>> = { 0: 'good', 1: 'revoked', 2: 'unknown' };

/** CertID: digest, hash of the issuer's name, hash of its key, serial number. */
function isAbout(id: Asn1 | undefined, subject: Certificate, issuer: AnyCertificate): boolean {
  const digest = ID_DIGESTS[algorithm(elementAt(id, 0)) ?? ''];
  if (digest === undefined || integer(elementAt(id, 3)) !== subject.serial) return false;
  const spki = issuer.publicKey?.export({ type: 'spki', format: 'der' });
  const key = spki && bits(elementAt(parseAsn1(spki), 1));
  return key !== undefined && octets(elementAt(id, 2))?.equals(computeDigest(digest, key)) === true;
}

/** RFC 6960 §4.2.2.2: the issuer itself, or a certificate it issued for signing responses. */
function findResponders(basic: Asn1 | undefined, issuer: AnyCertificate, at: Date): AnyCertificate[] {
  const appointed = elements(elementAt(contextElement(basic, 0), 0))
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
): { signature: OcspResponse['signature']; responder?: AnyCertificate } {
  let worst: OcspResponse['signature'] = 'does-not-hold';
  if (!signature) return { signature: worst };
  for (const signer of responders) {
    const state = verifySignature({ signer, algorithm, signed: copyBytes(data), signature });
    if (state === 'holds') return { signature: state, responder: signer };
    if (state === 'cannot-check') worst = state;
  }
  return { signature: worst };
}

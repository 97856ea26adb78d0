import { faultResult, type ReadFault } from '../../../base/fault.js';

import { Certificate } from '../certificate.js';
import { trustLimits as limits } from '../lists/trust-limits.js';

const BEGIN = '-----BEGIN CERTIFICATE-----';
const END = '-----END CERTIFICATE-----';
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;
/** Bound on the base64 of the largest certificate: two thirds of it may be line breaks. */
const MAX_CHARACTERS = limits.certificateBytes * 4;

export type PemResult = { certificates: Certificate[] } | { fault: ReadFault };
export type DerResult = { ders: Buffer[] } | { fault: ReadFault };

/**
 * Reads all certificates of a PEM file, or none: if a list is malformed anywhere, its contents are unknown. Text
 * between the certificates is ignored, since the publishers' lists contain much of it.
 */
export function readPemCertificates(bytes: Buffer): PemResult {
  const answer = readPemDers(bytes);
  if ('fault' in answer) return answer;
  const certificates = answer.ders.map((der) => Certificate.open(der));
  const broken = certificates.indexOf(undefined);
  if (broken >= 0) return faultResult('trust.certificate', { at: broken + 1 });
  return { certificates: certificates.filter((c) => c !== undefined) };
}

/** Reads the DER without opening the certificates, which suffices for byte comparison. */
export function readPemDers(bytes: Buffer): DerResult {
  if (bytes.length > limits.trustFileBytes)
    return faultResult('bound.trustFile', { most: limits.trustFileBytes });
  const text = bytes.toString('latin1');
  const ders: Buffer[] = [];
  for (let at = text.indexOf(BEGIN); at >= 0; at = text.indexOf(BEGIN, at)) {
    if (ders.length >= limits.certificatesPerTrustFile) {
      return faultResult('bound.entries', { place: 'PEM', most: limits.certificatesPerTrustFile });
    }
    const start = at + BEGIN.length;
    const end = text.indexOf(END, start);
    if (end < 0) return faultResult('trust.truncated');
    const der = decodeBase64(text.slice(start, end));
    if (!der) return faultResult('trust.certificate', { at: ders.length + 1 });
    ders.push(der);
    at = end + END.length;
  }
  return ders.length > 0 ? { ders } : faultResult('trust.empty');
}

/** Node's decoder skips invalid characters, so the base64 is validated first; a certificate is exactly one DER sequence. */
function decodeBase64(text: string): Buffer | undefined {
  if (text.length > MAX_CHARACTERS) return undefined;
  // Blanks are removed first, because a pattern allowing them anywhere would backtrack at each of them.
  const bare = text.replace(/\s+/g, '');
  if (!BASE64.test(bare)) return undefined;
  const der = Buffer.from(bare, 'base64');
  return der.length >= 4 &&
    der.length <= limits.certificateBytes &&
    der[0] === 0x30 &&
    sequenceBytes(der) === der.length
    ? der
    : undefined;
}

function sequenceBytes(der: Buffer): number {
  const first = der.readUInt8(1);
  if (first < 0x80) return 2 + first;
  const width = first & 0x7f;
  return width >= 1 && width <= 3 && der.length >= 2 + width ? 2 + width + der.readUIntBE(2, width) : -1;
}

import { faulty, type ReadFault } from '../ground/fault.js';

import { Certificate } from './certificate.js';
import { trustLimits as limits } from './trust-limits.js';

const BEGIN = '-----BEGIN CERTIFICATE-----';
const END = '-----END CERTIFICATE-----';
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;
/** Of the base64 of the largest certificate: two thirds of it may be line breaks. */
const MOST_CHARACTERS = limits.certificateBytes * 4;

export type PemAnswer = { certificates: Certificate[] } | { fault: ReadFault };
export type DerAnswer = { ders: Buffer[] } | { fault: ReadFault };

/**
 * All certificates of a PEM file, or none: of a list that is broken anywhere it cannot be said who is on it.
 * Text between the certificates is left alone, as the publishers' lists are full of it.
 */
export function readPemCertificates(bytes: Buffer): PemAnswer {
  const answer = readPemDers(bytes);
  if ('fault' in answer) return answer;
  const certificates = answer.ders.map((der) => Certificate.open(der));
  const broken = certificates.indexOf(undefined);
  if (broken >= 0) return faulty('trust.certificate', { at: broken + 1 });
  return { certificates: certificates.filter((c) => c !== undefined) };
}

/** The same without opening them: enough where a certificate is only compared byte by byte. */
export function readPemDers(bytes: Buffer): DerAnswer {
  if (bytes.length > limits.trustFileBytes) return faulty('bound.trustFile', { most: limits.trustFileBytes });
  const text = bytes.toString('latin1');
  const ders: Buffer[] = [];
  for (let at = text.indexOf(BEGIN); at >= 0; at = text.indexOf(BEGIN, at)) {
    if (ders.length >= limits.certificatesPerTrustFile) {
      return faulty('bound.trustCertificates', { most: limits.certificatesPerTrustFile });
    }
    const start = at + BEGIN.length;
    const end = text.indexOf(END, start);
    if (end < 0) return faulty('trust.truncated');
    const der = decode(text.slice(start, end));
    if (!der) return faulty('trust.certificate', { at: ders.length + 1 });
    ders.push(der);
    at = end + END.length;
  }
  return ders.length > 0 ? { ders } : faulty('trust.empty');
}

/** Node's decoder skips what is no base64, so that is looked at first; a certificate is one DER sequence, whole. */
function decode(text: string): Buffer | undefined {
  if (text.length > MOST_CHARACTERS) return undefined;
  // Blanks first: a pattern that allows them anywhere tries each of them as the last.
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

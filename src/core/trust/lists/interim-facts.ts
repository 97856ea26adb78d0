import { createPublicKey, type KeyObject } from 'node:crypto';
import { sha256Hex } from '../../../base/digest.js';
import { faultResult, type ReadFault } from '../../../base/fault.js';
import { asRecord, asText, type JsonRecord, ownMember, parseJson } from '../../../base/json-shape.js';
import type { AnyCertificate } from '../any-certificate.js';
import { hasWeakKey, normalizeName } from '../certificate.js';
import type { NameParts } from '../certificate-profile.js';
import { type ListPurpose, TRUST_FILES } from './trust-files.js';
import { trustLimits as limits } from './trust-limits.js';

/**
 * Facts about the certificates of the interim list. The repository of the list names no licence, so Assay ships neither
 * the list nor a certificate of it.
 */
export interface InterimFacts {
  anchors: Record<ListPurpose, AnyCertificate[]>;
  /** SHA-256 of single signers on the list. */
  allowed: ReadonlySet<string>;
}

/** Reads `interim-list.json` whole: a row that lacks a fact, or one row too many, is a fault of the file. */
export function readInterimFacts(bytes: Buffer): { facts: InterimFacts } | { fault: ReadFault } {
  const rows = ownMember(asRecord(parseJson(bytes.toString('utf8'))) ?? {}, 'certificates');
  if (!Array.isArray(rows)) return faultResult('trust.json', { wanted: 'object' });
  if (rows.length > limits.certificatesPerTrustFile)
    return faultResult('bound.entries', {
      place: TRUST_FILES.interimFacts,
      most: limits.certificatesPerTrustFile,
    });
  const facts = {
    anchors: { signer: [] as AnyCertificate[], authority: [] as AnyCertificate[] },
    allowed: new Set<string>(),
  };
  for (const [at, row] of rows.entries()) {
    const record = asRecord(row) ?? {};
    const sha256 = asText(ownMember(record, 'sha256'), 64);
    const anchor = ownMember(record, 'holds') === 'anchor' ? openAnchor(record) : undefined;
    if (anchor)
      facts.anchors[ownMember(record, 'purpose') === 'timestamp' ? 'authority' : 'signer'].push(anchor);
    else if (ownMember(record, 'holds') === 'single' && sha256) facts.allowed.add(sha256);
    else return faultResult('trust.certificate', { at: at + 1 });
  }
  return { facts };
}

/** A trust anchor is a name and a key (RFC 5280 §6.1.1); of its certificate only validity and digest are known. */
function openAnchor(record: JsonRecord): AnyCertificate | undefined {
  const read = (name: string) => asText(ownMember(record, name), limits.certificateBytes);
  const [sha256, subject, publicKey] = [read('sha256'), read('subject'), read('publicKey')];
  const notBefore = new Date(read('validFrom') ?? '');
  const notAfter = new Date(read('validUntil') ?? '');
  if (!sha256 || !subject || !publicKey || Number.isNaN(notBefore.getTime() + notAfter.getTime()))
    return undefined;
  const spki = Buffer.from(publicKey, 'base64');
  const name = namePartsOf(subject);
  let key: KeyObject | undefined;
  const keyOf = (): KeyObject => {
    key ??= createPublicKey({ key: spki, format: 'der', type: 'spki' });
    return key;
  };
  return {
    identity: sha256,
    serial: '',
    sha256,
    profile: {
      ...{ notBefore, notAfter, ca: true, subject: name, issuer: name },
      ...{ signatureAlgorithm: '', extendedKeyUsage: [], unknownCritical: [] },
    },
    subjectName: normalizeName(subject),
    issuerName: '',
    get publicKey() {
      return keyOf();
    },
    keySha256: sha256Hex(spki),
    get hasWeakKey() {
      return hasWeakKey(keyOf());
    },
    isAmong: (digests) => digests.has(sha256),
    // Its own issuer is not asked for: the chain ends at an anchor.
    isSignedBy: () => false,
  };
}

/** Parts of a name in the form in which Node prints it: one `CN=value` a line, with commas and plus signs escaped. */
function namePartsOf(subject: string): NameParts {
  const lines = subject.split('\n');
  const part = (key: string) =>
    lines
      .find((line) => line.startsWith(`${key}=`))
      ?.slice(key.length + 1)
      .replaceAll('\\', '');
  const [commonName, organisation, organisationalUnit] = [part('CN'), part('O'), part('OU')];
  return {
    ...(commonName !== undefined && { commonName }),
    ...(organisation !== undefined && { organisation }),
    ...(organisationalUnit !== undefined && { organisationalUnit }),
  };
}

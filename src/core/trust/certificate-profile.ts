import { compact, truncate } from '../../base/json-shape.js';
import {
  type Asn1,
  algorithm,
  bits,
  boolean,
  contextElement,
  copyBytes,
  elementAt,
  elements,
  integer,
  isContext,
  octets,
  oid,
  parseAsn1,
  text,
  time,
} from './formats/asn1.js';
import { trustLimits as limits } from './lists/trust-limits.js';

/** Parts of a distinguished name by which people recognise a signer, as written. */
export interface NameParts {
  commonName?: string;
  organisation?: string;
  organisationalUnit?: string;
}

/** Certificate fields needed for RFC 5280 path validation, apart from the signature. */
export interface CertificateProfile {
  notBefore: Date;
  notAfter: Date;
  subject: NameParts;
  issuer: NameParts;
  /** Object identifier of the algorithm used by the issuer to sign it. */
  signatureAlgorithm: string;
  ca: boolean;
  /** Number of further issuers allowed below this one. */
  pathLength?: number;
  /** `undefined` if the extension is absent: then nothing is excluded. */
  keyUsage?: { digitalSignature: boolean; certificateSigning: boolean };
  extendedKeyUsage: string[];
  /** Key identifiers of its own key and of the issuer's, in hexadecimal. */
  keyIdentifier?: string;
  issuerKeyIdentifier?: string;
  /** Critical extensions that are not supported here: such a certificate must not be relied on. */
  unknownCritical: string[];
}

const OID = {
  commonName: '2.5.4.3',
  organisation: '2.5.4.10',
  organisationalUnit: '2.5.4.11',
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  issuerAltName: '2.5.29.18',
  basicConstraints: '2.5.29.19',
  crlDistributionPoints: '2.5.29.31',
  certificatePolicies: '2.5.29.32',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  authorityInfoAccess: '1.3.6.1.5.5.7.1.1',
} as const;

/** Extensions that are evaluated, or irrelevant to the checks made here even if critical. */
const UNDERSTOOD: ReadonlySet<string> = new Set([
  OID.subjectKeyIdentifier,
  OID.keyUsage,
  OID.subjectAltName,
  OID.issuerAltName,
  OID.basicConstraints,
  OID.crlDistributionPoints,
  OID.certificatePolicies,
  OID.authorityKeyIdentifier,
  OID.extendedKeyUsage,
  OID.authorityInfoAccess,
]);

/**
 * Parses a certificate by RFC 5280 §4.1: version [0], serial number, algorithm, issuer, validity, subject, key, and
 * extensions [3]. `undefined` if the structure differs.
 */
export function readProfile(der: Buffer): CertificateProfile | undefined {
  const certificate = parseAsn1(der);
  const tbs = elementAt(certificate, 0);
  const first = isContext(elementAt(tbs, 0), 0) ? 1 : 0;
  const notBefore = time(elementAt(tbs, first + 3, 0));
  const notAfter = time(elementAt(tbs, first + 3, 1));
  const signatureAlgorithm = algorithm(elementAt(certificate, 1));
  const extensions = readExtensions(elementAt(contextElement(tbs, 3), 0));
  if (!notBefore || !notAfter || !signatureAlgorithm || !extensions) return undefined;
  const constraints = basicConstraints(extensions.get(OID.basicConstraints));
  const keyUsage = keyUsageOf(extensions.get(OID.keyUsage));
  const purposes = purposesOf(extensions.get(OID.extendedKeyUsage));
  if (constraints === undefined || keyUsage === 'unreadable' || purposes === undefined) return undefined;
  return compact({
    notBefore,
    notAfter,
    subject: nameParts(elementAt(tbs, first + 4)),
    issuer: nameParts(elementAt(tbs, first + 2)),
    signatureAlgorithm,
    ...constraints,
    keyUsage,
    extendedKeyUsage: purposes,
    keyIdentifier: octets(extensions.get(OID.subjectKeyIdentifier)?.value)?.toString('hex'),
    issuerKeyIdentifier: issuerKeyIdentifier(extensions.get(OID.authorityKeyIdentifier)),
    unknownCritical: [...extensions].filter(([id, e]) => e.critical && !UNDERSTOOD.has(id)).map(([id]) => id),
  });
}

interface Extension {
  critical: boolean;
  value: Asn1 | undefined;
}

/** RFC 5280 §4.2 allows one extension of a kind. With two, parsers would differ in which one counts. */
function readExtensions(list: Asn1 | undefined): Map<string, Extension> | undefined {
  const extensions = new Map<string, Extension>();
  for (const entry of elements(list)) {
    const id = oid(elementAt(entry, 0));
    const critical = boolean(elementAt(entry, 1));
    const content = octets(elementAt(entry, critical === undefined ? 1 : 2));
    if (id === undefined || content === undefined || extensions.has(id)) return undefined;
    extensions.set(id, { critical: critical === true, value: parseAsn1(content) });
  }
  return extensions;
}

function basicConstraints(
  extension: Extension | undefined,
): Pick<CertificateProfile, 'ca' | 'pathLength'> | undefined {
  if (!extension) return { ca: false };
  if (!extension.value) return undefined;
  const [first, second] = elements(extension.value);
  const stated = boolean(first);
  const length = integer(stated === undefined ? first : second);
  const ca = stated === true;
  return length === undefined ? { ca } : { ca, pathLength: Number(length) };
}

/** RFC 5280 §4.2.1.3: bit 0 is digitalSignature, bit 5 keyCertSign, counted from the most significant. */
function keyUsageOf(extension: Extension | undefined): CertificateProfile['keyUsage'] | 'unreadable' {
  if (!extension) return undefined;
  const value = bits(extension.value);
  if (!value) return 'unreadable';
  const first = value[0] ?? 0;
  return { digitalSignature: (first & 0x80) !== 0, certificateSigning: (first & 0x04) !== 0 };
}

/**
 * RFC 5280 §4.2.1.1: [0] IMPLICIT OCTET STRING. One length byte is assumed, because no key digest is longer than 127
 * bytes.
 */
function issuerKeyIdentifier(extension: Extension | undefined): string | undefined {
  const named = contextElement(extension?.value, 0);
  return named && copyBytes(named).subarray(2).toString('hex');
}

function purposesOf(extension: Extension | undefined): string[] | undefined {
  if (!extension) return [];
  const purposes = elements(extension.value).map(oid);
  return purposes.length === 0 || purposes.includes(undefined)
    ? undefined
    : purposes.filter((p) => p !== undefined);
}

/** A name is a SEQUENCE of SETs of type and value. */
function nameParts(name: Asn1 | undefined): NameParts {
  const pairs = elements(name).flatMap(elements);
  const part = (id: string) => {
    const value = text(
      elementAt(
        pairs.find((pair) => oid(elementAt(pair, 0)) === id),
        1,
      ),
    );
    return value === undefined ? undefined : truncate(value, limits.nameCharacters);
  };
  return compact({
    commonName: part(OID.commonName),
    organisation: part(OID.organisation),
    organisationalUnit: part(OID.organisationalUnit),
  });
}

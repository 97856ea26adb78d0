import { faultResult, type ReadFault } from '../../../base/fault.js';

import { asArray, asRecord, asText, compact, type JsonRecord, ownMember } from '../../../base/json-shape.js';
import type { NameParts } from '../certificate-profile.js';
import { trustFilePath } from './shipped-lists.js';
import { readCachedFileIfExists, TrustFileTooLarge } from './trust-file-cache.js';
import { TRUST_FILES } from './trust-files.js';
import { trustLimits as limits } from './trust-limits.js';

/**
 * Entry of the C2PA conforming products list for one name. Several records may share a name (one per version, which
 * certificates do not contain); only what all of them agree on is then reported.
 */
export interface ConformingProduct {
  productName: string;
  /** Lowest level that the records allow, 1 or 2. */
  assuranceLevel?: number;
  /** `conformant`, `revoked`, …; if records differ, all their values. */
  status: string;
  /** Earliest date, `YYYY-MM-DD`. */
  conformanceDate?: string;
  /** Latest date, only if every record has one. The list of 2026 has none. */
  expirationDate?: string;
  /** Ids of the Asset Signals Rubric, such as `capturedMedia`. */
  disallowedSignals: string[];
}

export interface ConformingProducts {
  /** Number of records read, of all kinds. */
  records: number;
  /**
   * Returns the product named by the certificate. A name proves nothing by itself, so call this only for a signer that
   * a list vouches for.
   */
  match(name: NameParts): ConformingProduct | undefined;
}

export type ConformingProductsResult = { products: ConformingProducts } | { fault: ReadFault };

/** Loads the installed list, or the one that comes with Assay. */
export async function loadConformingProducts(
  trustDir: string,
): Promise<ConformingProductsResult | undefined> {
  try {
    const file = await readCachedFileIfExists(
      trustFilePath(trustDir, TRUST_FILES.conformingProducts),
      limits.trustFileBytes,
    );
    return file?.derive('conforming-products', readConformingProducts);
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return undefined;
    if (error instanceof TrustFileTooLarge)
      return faultResult('bound.trustFile', { most: limits.trustFileBytes });
    return faultResult('trust.unreadable', { what: 'other' });
  }
}

export function readConformingProducts(bytes: Buffer): ConformingProductsResult {
  let json: unknown;
  try {
    json = JSON.parse(bytes.toString('utf8'));
  } catch {
    return faultResult('trust.json', { wanted: 'other' });
  }
  if (!Array.isArray(json)) return faultResult('trust.json', { wanted: 'list' });
  if (json.length > MAX_RECORDS) return faultResult('bound.entries', { place: 'JSON', most: MAX_RECORDS });
  const records = json.map((one) => readRecord(asRecord(one) ?? {})).filter((one) => one !== undefined);
  // A list without any readable record would otherwise pass for an empty one.
  if (records.length === 0) return faultResult('trust.noRecords');
  return { products: { records: json.length, match: (name) => matchName(records, name) } };
}

const MAX_RECORDS = 16_384;
const MAX_SIGNALS = 64;

interface ProductRecord extends ConformingProduct {
  organisation: string;
  organisationalUnit?: string;
}

const text = (value: unknown) => asText(value, limits.nameCharacters)?.trim() || undefined;

/** A validator signs nothing, so its name in a certificate belongs to somebody else. */
function readRecord(record: JsonRecord): ProductRecord | undefined {
  const product = asRecord(ownMember(record, 'product'));
  const name = asRecord(product && ownMember(product, 'DN'));
  const productName = name && text(ownMember(name, 'CN'));
  const organisation = name && text(ownMember(name, 'O'));
  const status = text(ownMember(record, 'status'));
  if (!product || !productName || !organisation || !status) return undefined;
  if (ownMember(product, 'productType') !== 'generatorProduct') return undefined;
  const level = ownMember(asRecord(ownMember(product, 'assurance')) ?? {}, 'maxAssuranceLevel');
  const dates = asRecord(ownMember(record, 'dates')) ?? {};
  const disallowed = asRecord(ownMember(product, 'disallowedSignals')) ?? {};
  return compact({
    productName,
    organisation,
    organisationalUnit: text(ownMember(name, 'OU')),
    assuranceLevel: typeof level === 'number' && Number.isInteger(level) ? level : undefined,
    status,
    conformanceDate: dayOf(ownMember(dates, 'conformance')),
    expirationDate: dayOf(ownMember(dates, 'expiration')),
    disallowedSignals: ['inception', 'transformation'].flatMap((kind) =>
      asArray(ownMember(disallowed, kind), MAX_SIGNALS).flatMap((id) => text(id) ?? []),
    ),
  });
}

function dayOf(value: unknown): string | undefined {
  return typeof value === 'string' ? /^\d{4}-\d{2}-\d{2}/.exec(value)?.[0] : undefined;
}

/**
 * Compares CN and O exactly, and OU if the record has one; the companion guide calls the three together the identifying
 * name of the product. A record with OU precedes one without. Leading and trailing spaces are ignored (insignificant in
 * RFC 4518, and present in the list).
 */
function matchName(records: readonly ProductRecord[], name: NameParts): ConformingProduct | undefined {
  const [commonName, organisation, unit] = [
    text(name.commonName),
    text(name.organisation),
    text(name.organisationalUnit),
  ];
  const named = records.filter((r) => r.productName === commonName && r.organisation === organisation);
  const exact = named.filter((r) => r.organisationalUnit !== undefined && r.organisationalUnit === unit);
  return mergeRecords(exact.length > 0 ? exact : named.filter((r) => r.organisationalUnit === undefined));
}

function mergeRecords(records: readonly ProductRecord[]): ConformingProduct | undefined {
  const [first, ...others] = records;
  if (!first) return undefined;
  const levels = records.flatMap((r) => r.assuranceLevel ?? []);
  const ends = records.flatMap((r) => r.expirationDate ?? []).sort();
  return compact({
    productName: first.productName,
    assuranceLevel: levels.length === records.length ? Math.min(...levels) : undefined,
    status: [...new Set(records.map((r) => r.status))].sort().join(', '),
    conformanceDate: records.flatMap((r) => r.conformanceDate ?? []).sort()[0],
    expirationDate: ends.length === records.length ? ends.at(-1) : undefined,
    disallowedSignals: first.disallowedSignals.filter((id) =>
      others.every((r) => r.disallowedSignals.includes(id)),
    ),
  });
}

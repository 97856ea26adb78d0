import { join } from 'node:path';
import { faulty, type ReadFault } from '../ground/fault.js';

import { asArray, asRecord, asText, compact, type JsonRecord, member } from '../ground/json-shape.js';
import type { NameParts } from './certificate-profile.js';
import { cachedFileIfThere, TooLarge } from './trust-file-cache.js';
import { TRUST_FILES } from './trust-files.js';
import { trustLimits as limits } from './trust-limits.js';

/**
 * What the C2PA conforming products list says of one name. Several records may share a name (one a version, which
 * no certificate tells): then only what all of them say is said.
 */
export interface ConformingProduct {
  productName: string;
  /** The lowest of the levels that the records allow, 1 or 2. */
  assuranceLevel?: number;
  /** `conformant`, `revoked`, …; where records differ, each word. */
  status: string;
  /** The earliest, `YYYY-MM-DD`. */
  conformanceDate?: string;
  /** The latest, and only where every record ends. The list of 2026 gives none. */
  expirationDate?: string;
  /** Ids of the Asset Signals Rubric, `capturedMedia`. */
  disallowedSignals: string[];
}

export interface ConformingProducts {
  /** Records read, of all kinds. */
  records: number;
  /**
   * The product whose name the certificate bears. A name proves nothing by itself: ask only for a signer that a list
   * vouches for.
   */
  match(name: NameParts): ConformingProduct | undefined;
}

export type ConformingProductsAnswer = { products: ConformingProducts } | { fault: ReadFault };

/** Undefined where the list is not installed. */
export async function loadConformingProducts(
  trustDir: string,
): Promise<ConformingProductsAnswer | undefined> {
  try {
    const file = await cachedFileIfThere(
      join(trustDir, TRUST_FILES.conformingProducts),
      limits.trustFileBytes,
    );
    return file?.once('conforming-products', readConformingProducts);
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return undefined;
    if (error instanceof TooLarge) return faulty('bound.trustFile', { most: limits.trustFileBytes });
    return faulty('trust.unreadable', { what: 'other' });
  }
}

export function readConformingProducts(bytes: Buffer): ConformingProductsAnswer {
  let json: unknown;
  try {
    json = JSON.parse(bytes.toString('utf8'));
  } catch {
    return faulty('trust.json', { wanted: 'other' });
  }
  if (!Array.isArray(json)) return faulty('trust.json', { wanted: 'list' });
  if (json.length > MOST_RECORDS) return faulty('bound.conformingProducts', { most: MOST_RECORDS });
  const records = json.map((one) => readRecord(asRecord(one) ?? {})).filter((one) => one !== undefined);
  // A list of which nothing can be read would otherwise pass for one that has nobody.
  if (records.length === 0) return faulty('trust.noRecords');
  return { products: { records: json.length, match: (name) => matchName(records, name) } };
}

const MOST_RECORDS = 16_384;
const MOST_SIGNALS = 64;

interface ProductRecord extends ConformingProduct {
  organisation: string;
  organisationalUnit?: string;
}

const text = (value: unknown) => asText(value, limits.nameCharacters)?.trim() || undefined;

/** A validator signs nothing: its name in a certificate is somebody else's. */
function readRecord(record: JsonRecord): ProductRecord | undefined {
  const product = asRecord(member(record, 'product'));
  const name = asRecord(product && member(product, 'DN'));
  const productName = name && text(member(name, 'CN'));
  const organisation = name && text(member(name, 'O'));
  const status = text(member(record, 'status'));
  if (!product || !productName || !organisation || !status) return undefined;
  if (member(product, 'productType') !== 'generatorProduct') return undefined;
  const level = member(asRecord(member(product, 'assurance')) ?? {}, 'maxAssuranceLevel');
  const dates = asRecord(member(record, 'dates')) ?? {};
  const disallowed = asRecord(member(product, 'disallowedSignals')) ?? {};
  return compact({
    productName,
    organisation,
    organisationalUnit: text(member(name, 'OU')),
    assuranceLevel: typeof level === 'number' && Number.isInteger(level) ? level : undefined,
    status,
    conformanceDate: dayOf(member(dates, 'conformance')),
    expirationDate: dayOf(member(dates, 'expiration')),
    disallowedSignals: ['inception', 'transformation'].flatMap((kind) =>
      asArray(member(disallowed, kind), MOST_SIGNALS).flatMap((id) => text(id) ?? []),
    ),
  });
}

function dayOf(value: unknown): string | undefined {
  return typeof value === 'string' ? /^\d{4}-\d{2}-\d{2}/.exec(value)?.[0] : undefined;
}

/**
 * CN and O letter by letter, and OU where the record gives one; the companion guide calls the three together the name
 * that identifies the product. A record that gives an OU goes before one that gives none. Spaces at either end do not
 * count (RFC 4518 has them insignificant, and the list has some).
 */
function matchName(records: readonly ProductRecord[], name: NameParts): ConformingProduct | undefined {
  const [commonName, organisation, unit] = [
    text(name.commonName),
    text(name.organisation),
    text(name.organisationalUnit),
  ];
  const named = records.filter((r) => r.productName === commonName && r.organisation === organisation);
  const exact = named.filter((r) => r.organisationalUnit !== undefined && r.organisationalUnit === unit);
  return merged(exact.length > 0 ? exact : named.filter((r) => r.organisationalUnit === undefined));
}

function merged(records: readonly ProductRecord[]): ConformingProduct | undefined {
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

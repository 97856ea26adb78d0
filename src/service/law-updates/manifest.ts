import { isDay } from '../../base/day.js';
import { asRecord, type JsonRecord, ownMember, parseJsonRecord } from '../../base/json-shape.js';
import { lookupTable } from '../../base/table.js';
import { hasInvisible } from '../../base/visible.js';
import { parseBookPath } from './archive.js';
import { lawLimits } from './law-limits.js';
import { LawRefusal } from './law-refusal.js';

/** Manifest of a signed archive. The signature covers its bytes, and its hashes cover the files. */
export interface LawManifest {
  schema: typeof LAW_SCHEMA;
  signer: LawSigner;
  /** Days, `YYYY-MM-DD`; the law is stale after `expires`. */
  made: string;
  expires: string;
  /** Minimum version of Assay that understands the whole content. */
  leastVersion: string;
  books: LawManifestBook[];
  /** Clauses of books below this layer that it disables. */
  disables: DisabledClause[];
  files: LawManifestFile[];
}

/** Who signed an archive, as findings name it. `key`: SHA-256 of the public key. */
export interface LawSigner {
  name: string;
  key: string;
}

export interface DisabledClause {
  book: string;
  rule: string;
  /** Why, in the words of whoever signed. */
  reason: string;
}

export interface LawManifestBook {
  id: string;
  edition: string;
  digest: string;
}

interface LawManifestFile {
  name: string;
  bytes: number;
  sha256: string;
}

export const LAW_SCHEMA = 'assay.law/1';

const SHA256 = /^[0-9a-f]{64}$/;
const VERSION = /^\d{1,6}\.\d{1,6}\.\d{1,6}$/;
const BOOK = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const CLAUSE = /^[a-z0-9.]+(-[a-z0-9.]+)*$/;
const EDITION = /^(\d{4}-\d{2}-\d{2})(?:\.([2-9]|[1-9]\d{1,3}))?$/;

/** Serializes the members in a fixed order, so that the same law yields the same bytes. */
export function formatManifest({
  signer,
  made,
  expires,
  leastVersion,
  books,
  disables,
  files,
}: Omit<LawManifest, 'schema'>): Buffer {
  const manifest: LawManifest = {
    schema: LAW_SCHEMA,
    signer: { name: signer.name, key: signer.key },
    made,
    expires,
    leastVersion,
    books: books.map(({ id, edition, digest }) => ({ id, edition, digest })),
    disables: disables.map(({ book, rule, reason }) => ({ book, rule, reason })),
    files: files.map(({ name, bytes, sha256 }) => ({ name, bytes, sha256 })),
  };
  return Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`);
}

/**
 * Parses the bytes of a manifest with a valid signature. Throws `LawRefusal` for another schema and for unknown
 * members.
 */
export function parseManifest(bytes: Buffer): LawManifest {
  const record = parseJsonRecord(bytes.toString('utf8')) ?? refuseManifest();
  const schema = ownMember(record, 'schema');
  if (schema !== LAW_SCHEMA) throw new LawRefusal('law.schema', { known: LAW_SCHEMA });
  const signer = asRecord(ownMember(record, 'signer')) ?? refuseManifest();
  const manifest = {
    schema: LAW_SCHEMA,
    signer: {
      name: textMember(signer, 'name', isSignerName),
      key: textMember(signer, 'key', (text) => SHA256.test(text)),
    },
    made: textMember(record, 'made', isDay),
    expires: textMember(record, 'expires', isDay),
    leastVersion: textMember(record, 'leastVersion', (text) => VERSION.test(text)),
    books: listMember(record, 'books').map((one) => ({
      id: textMember(one, 'id', (text) => BOOK.test(text)),
      edition: textMember(one, 'edition', isEdition),
      digest: textMember(one, 'digest', (text) => SHA256.test(text)),
    })),
    disables: listMember(record, 'disables').map((one) => ({
      book: textMember(one, 'book', (text) => BOOK.test(text)),
      rule: textMember(one, 'rule', (text) => CLAUSE.test(text)),
      reason: textMember(one, 'reason', isReason),
    })),
    files: listMember(record, 'files').map((one) => ({
      name: textMember(one, 'name', (text) => parseBookPath(text) !== undefined),
      bytes: countMember(one),
      sha256: textMember(one, 'sha256', (text) => SHA256.test(text)),
    })),
  } as const;
  const known = formatManifest(manifest);
  // Compares with the canonical form: a member that is not read would be signed without effect.
  if (JSON.stringify(JSON.parse(known.toString('utf8'))) !== JSON.stringify(record)) refuseManifest();
  const { books, disables, files } = manifest;
  if (manifest.expires < manifest.made || books.length + disables.length === 0) refuseManifest();
  return { ...manifest, books: [...books], disables: [...disables], files: [...files] };
}

/** A name that can be shown inside a sentence. */
export const isSignerName = (name: string): boolean =>
  name.length > 0 && name.length <= lawLimits.nameCharacters && name.trim() === name && !hasInvisible(name);

const isReason = (text: string): boolean =>
  text.length > 0 && text.length <= lawLimits.reasonCharacters && text.trim() === text && !hasInvisible(text);

/** The name under which Assay's own text is signed, by a key that the operator named as Assay's. */
export const ASSAY = 'Assay';

/** Returns whether a name reads as Assay's own: look-alike letters of other scripts count as those of “Assay”. */
export const readsAsAssay = (name: string): boolean =>
  [...name.normalize('NFKD')]
    .map((letter) => LOOK_ALIKES[letter] ?? letter.toLowerCase())
    .join('')
    .replace(/[^\p{L}\p{N}]/gu, '') === 'assay';

/** Cyrillic and Greek letters that look like those of “Assay”. */
const LOOK_ALIKES: Readonly<Record<string, string>> = lookupTable({
  ...{ а: 'a', А: 'a', α: 'a', Α: 'a', ѕ: 's', Ѕ: 's', у: 'y', У: 'y', ү: 'y', Υ: 'y', γ: 'y' },
});

export function isEdition(text: string): boolean {
  const [, day = ''] = EDITION.exec(text) ?? [];
  return isDay(day);
}

/** Compares two editions, a day and a number within that day; the result is negative if `one` is older. */
export function compareEditions(one: string, other: string): number {
  const [oneDay, oneNumber] = splitEdition(one);
  const [otherDay, otherNumber] = splitEdition(other);
  if (oneDay !== otherDay) return oneDay < otherDay ? -1 : 1;
  return oneNumber - otherNumber;
}

function splitEdition(edition: string): [day: string, number: number] {
  const [, day = '', number = '1'] = EDITION.exec(edition) ?? [];
  return [day, Number(number)];
}

/** Returns whether this version is at least the required one. */
export function isVersionEnough(version: string, required: string): boolean {
  const [ours, needed] = [version, required].map((one) => one.split('-')[0]?.split('.').map(Number) ?? []);
  for (const [index, number] of (needed ?? []).entries()) {
    const own = ours?.[index] ?? 0;
    if (own !== number) return own > number;
  }
  return true;
}

function textMember(record: JsonRecord, name: string, fits: (text: string) => boolean): string {
  const value = ownMember(record, name);
  return typeof value === 'string' && fits(value) ? value : refuseManifest();
}

function listMember(record: JsonRecord, name: string): JsonRecord[] {
  const value = ownMember(record, name);
  if (!Array.isArray(value) || value.length > lawLimits.files) return refuseManifest();
  return value.map((one) => asRecord(one) ?? refuseManifest());
}

function countMember(record: JsonRecord): number {
  const value = ownMember(record, 'bytes');
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : refuseManifest();
}

function refuseManifest(): never {
  throw new LawRefusal('law.manifest');
}

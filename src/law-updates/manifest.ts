import { isDay } from '../core/ground/day.js';
import { asRecord, type JsonRecord, jsonRecordIn, member } from '../core/ground/json-shape.js';
import { bookFileOf } from './archive.js';
import { lawLimits } from './law-limits.js';
import { LawRefusal } from './law-refusal.js';

/** What a bundle says of itself; the signature is over its bytes, and the files are bound to it by their hashes. */
export interface Manifest {
  schema: typeof LAW_SCHEMA;
  /** Days, `YYYY-MM-DD`; it is stale once `expires` is over. */
  made: string;
  expires: string;
  /** Of Assay: an earlier one does not know all that stands in it. */
  leastVersion: string;
  books: BookInManifest[];
  files: FileInManifest[];
}

export interface BookInManifest {
  id: string;
  edition: string;
  digest: string;
}

interface FileInManifest {
  name: string;
  bytes: number;
  sha256: string;
}

export const LAW_SCHEMA = 'assay.law/1';

const SHA256 = /^[0-9a-f]{64}$/;
const VERSION = /^\d{1,6}\.\d{1,6}\.\d{1,6}$/;
const BOOK = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const EDITION = /^(\d{4}-\d{2}-\d{2})(?:\.([2-9]|[1-9]\d{1,3}))?$/;

/** Members in their order, so that the same law gives the same bytes. */
export function manifestBytes({
  made,
  expires,
  leastVersion,
  books,
  files,
}: Omit<Manifest, 'schema'>): Buffer {
  const manifest: Manifest = {
    schema: LAW_SCHEMA,
    made,
    expires,
    leastVersion,
    books: books.map(({ id, edition, digest }) => ({ id, edition, digest })),
    files: files.map(({ name, bytes, sha256 }) => ({ name, bytes, sha256 })),
  };
  return Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`);
}

/** Of bytes whose signature holds. Refuses another schema, and what it does not know. */
export function manifestIn(bytes: Buffer): Manifest {
  const record = jsonRecordIn(bytes.toString('utf8')) ?? refuse();
  const schema = member(record, 'schema');
  if (schema !== LAW_SCHEMA) throw new LawRefusal('law.schema', { known: LAW_SCHEMA });
  const manifest = {
    schema: LAW_SCHEMA,
    made: matching(record, 'made', isDay),
    expires: matching(record, 'expires', isDay),
    leastVersion: matching(record, 'leastVersion', (text) => VERSION.test(text)),
    books: listed(record, 'books').map((one) => ({
      id: matching(one, 'id', (text) => BOOK.test(text)),
      edition: matching(one, 'edition', isEdition),
      digest: matching(one, 'digest', (text) => SHA256.test(text)),
    })),
    files: listed(record, 'files').map((one) => ({
      name: matching(one, 'name', (text) => bookFileOf(text) !== undefined),
      bytes: count(one),
      sha256: matching(one, 'sha256', (text) => SHA256.test(text)),
    })),
  } as const;
  const known = manifestBytes(manifest);
  // What stands in it and is not read would be signed, and mean nothing.
  if (JSON.stringify(JSON.parse(known.toString('utf8'))) !== JSON.stringify(record)) refuse();
  if (manifest.expires < manifest.made) refuse();
  return { ...manifest, books: [...manifest.books], files: [...manifest.files] };
}

export function isEdition(text: string): boolean {
  const [, day = ''] = EDITION.exec(text) ?? [];
  return isDay(day);
}

/** Below zero where the one is the older: a day, and the which of that day. */
export function compareEditions(one: string, other: string): number {
  const [oneDay, oneNumber] = partsOf(one);
  const [otherDay, otherNumber] = partsOf(other);
  if (oneDay !== otherDay) return oneDay < otherDay ? -1 : 1;
  return oneNumber - otherNumber;
}

function partsOf(edition: string): [day: string, number: number] {
  const [, day = '', number = '1'] = EDITION.exec(edition) ?? [];
  return [day, Number(number)];
}

/** Whether this version does for what needs that one. */
export function isVersionEnough(version: string, least: string): boolean {
  const [ours, needed] = [version, least].map((one) => one.split('-')[0]?.split('.').map(Number) ?? []);
  for (const [index, number] of (needed ?? []).entries()) {
    const own = ours?.[index] ?? 0;
    if (own !== number) return own > number;
  }
  return true;
}

function matching(record: JsonRecord, name: string, fits: (text: string) => boolean): string {
  const value = member(record, name);
  return typeof value === 'string' && fits(value) ? value : refuse();
}

function listed(record: JsonRecord, name: string): JsonRecord[] {
  const value = member(record, name);
  if (!Array.isArray(value) || value.length === 0 || value.length > lawLimits.files) return refuse();
  return value.map((one) => asRecord(one) ?? refuse());
}

function count(record: JsonRecord): number {
  const value = member(record, 'bytes');
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : refuse();
}

function refuse(): never {
  throw new LawRefusal('law.manifest');
}

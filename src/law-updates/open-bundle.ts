import { createHash, type KeyObject } from 'node:crypto';
import { asRecord, jsonIn, member } from '../core/ground/json-shape.js';
import { VERSION } from '../core/ground/version.js';
import { digestOf } from '../core/law/rulebooks/digest.js';
import { type ArchiveFile, bookFileOf, MANIFEST, readArchive, SIGNATURE } from './archive.js';
import { fingerprintOf, signerOf } from './keys.js';
import { lawLimits } from './law-limits.js';
import { LawRefusal } from './law-refusal.js';
import { isVersionEnough, type Manifest, manifestIn } from './manifest.js';
import { readBounded, TooLarge } from './read-bounded.js';

/** A bundle that is what whoever holds the key made of it, and that this version can read. */
export interface OpenBundle {
  /** SHA-256 of its manifest, which is bound to every file: the name of this law. */
  digest: string;
  manifest: Manifest;
  /** In the order of the archive, manifest and signature too. */
  files: readonly ArchiveFile[];
  /** SHA-256 of the key. */
  signedBy: string;
}

export async function readBundle(path: string): Promise<Buffer> {
  try {
    return await readBounded(path, lawLimits.bundleBytes);
  } catch (error) {
    if (error instanceof TooLarge) throw new LawRefusal('law.size', { what: 'bundle' });
    throw new LawRefusal('law.unreadable', { path });
  }
}

/** Throws a `LawRefusal`. What it holds is believed only once the signature is found to hold. */
export function openBundle(archive: Buffer, keys: readonly KeyObject[]): OpenBundle {
  return openFiles(readArchive(archive), keys);
}

function openFiles(files: readonly ArchiveFile[], keys: readonly KeyObject[]): OpenBundle {
  const { manifest, signature } = headFiles(files);
  const key = signerOf(manifest, signature, keys);
  if (key === undefined) throw new LawRefusal('law.signature');
  return { ...contentOf(files), signedBy: fingerprintOf(key) };
}

/** The same of files that were unpacked, by whoever knows their digest already. */
export function contentOf(files: readonly ArchiveFile[]): Omit<OpenBundle, 'signedBy'> {
  const { manifest: bytes } = headFiles(files);
  const manifest = manifestIn(bytes);
  const law = files.filter(({ name }) => bookFileOf(name) !== undefined);
  assertFiles(law, manifest);
  if (!isVersionEnough(VERSION, manifest.leastVersion))
    throw new LawRefusal('law.version', { least: manifest.leastVersion, version: VERSION });
  assertBooks(law, manifest);
  return { digest: sha256(bytes), manifest, files };
}

function headFiles(files: readonly ArchiveFile[]): { manifest: Buffer; signature: Buffer } {
  const manifest = files.find(({ name }) => name === MANIFEST);
  const signature = files.find(({ name }) => name === SIGNATURE);
  if (manifest === undefined || signature === undefined) throw new LawRefusal('law.archive');
  return { manifest: manifest.bytes, signature: signature.bytes };
}

/** Neither more nor less than the manifest names. */
function assertFiles(files: readonly ArchiveFile[], manifest: Manifest): void {
  const named = new Map(manifest.files.map((one) => [one.name, one]));
  if (named.size !== manifest.files.length) throw new LawRefusal('law.manifest');
  for (const { name, bytes } of files) {
    const known = named.get(name);
    if (known === undefined || known.bytes !== bytes.length || known.sha256 !== sha256(bytes))
      throw new LawRefusal('law.files', { name });
    named.delete(name);
  }
  for (const name of named.keys()) throw new LawRefusal('law.files', { name });
}

/** What the manifest says of the books is what they are. */
function assertBooks(files: readonly ArchiveFile[], manifest: Manifest): void {
  const books = booksIn(files);
  const named = new Set(manifest.books.map(({ id }) => id));
  if (named.size !== manifest.books.length) throw new LawRefusal('law.manifest');
  for (const id of books.keys()) if (!named.has(id)) throw new LawRefusal('law.book', { book: id });
  for (const { id, edition, digest } of manifest.books) {
    const own = headOf(id, books.get(id) ?? new Map());
    if (own.edition !== edition || own.digest !== digest) throw new LawRefusal('law.book', { book: id });
  }
}

/** Book → file → bytes. */
export function booksIn(files: readonly ArchiveFile[]): ReadonlyMap<string, ReadonlyMap<string, Buffer>> {
  const books = new Map<string, Map<string, Buffer>>();
  for (const { name, bytes } of files) {
    const of = bookFileOf(name);
    if (of === undefined) continue;
    const book = books.get(of.book) ?? new Map<string, Buffer>();
    books.set(of.book, book.set(of.file, bytes));
  }
  return books;
}

/** What a manifest says of a book. */
export function headOf(
  id: string,
  files: ReadonlyMap<string, Buffer>,
): { id: string; edition: string; digest: string } {
  const json = [...files]
    .filter(([name]) => name.endsWith('.json'))
    .map(([name, bytes]) => [name, jsonOf(bytes, id)] as const);
  const parsed = new Map(json);
  const edition = member(asRecord(parsed.get('book.json')) ?? {}, 'edition');
  if (typeof edition !== 'string') throw new LawRefusal('law.book', { book: id });
  return { id, edition, digest: digestOf(parsed) };
}

function jsonOf(bytes: Buffer, book: string): unknown {
  const json = jsonIn(bytes.toString('utf8'));
  if (json === undefined) throw new LawRefusal('law.book', { book });
  return json;
}

export const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

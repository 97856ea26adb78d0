import { createHash } from 'node:crypto';
import { asRecord, ownMember, parseJson } from '../../base/json-shape.js';
import { VERSION } from '../../base/version.js';
import { computeRulebookDigest } from '../../core/law/rulebooks/digest.js';
import { builtInFragments, FragmentFault } from '../../core/law/rulebooks/fragments.js';
import { messageOf } from '../../i18n/message-error.js';
import { type ArchiveFile, MANIFEST_NAME, parseBookPath, readArchive, SIGNATURE_NAME } from './archive.js';
import { findSigningKey, keyFingerprintOf, type TrustedKey } from './keys.js';
import { lawLimits } from './law-limits.js';
import { LawRefusal } from './law-refusal.js';
import { ASSAY, isVersionEnough, type LawManifest, parseManifest, readsAsAssay } from './manifest.js';
import { FileTooLarge, readBounded } from './read-bounded.js';

/** A bundle with a valid signature of a trusted key, which this version can read. */
export interface OpenBundle {
  /** SHA-256 of the manifest, which covers every file; it names the law. */
  digest: string;
  manifest: LawManifest;
  /** In the order of the archive, manifest and signature included. */
  files: readonly ArchiveFile[];
}

export async function readBundle(path: string): Promise<Buffer> {
  try {
    return await readBounded(path, lawLimits.bundleBytes);
  } catch (error) {
    if (error instanceof FileTooLarge) throw new LawRefusal('law.size', { what: 'bundle' });
    throw new LawRefusal('law.unreadable', { path });
  }
}

/** Opens a bundle; throws `LawRefusal`. Its content is used only after the signature was verified. */
export function openBundle(archive: Buffer, keys: readonly TrustedKey[]): OpenBundle {
  const files = readArchive(archive);
  const { manifest, signature } = findHeadFiles(files);
  const signing = findSigningKey(manifest, signature, keys);
  if (signing === undefined) throw new LawRefusal('law.signature');
  const opened = readContent(files);
  const { name, key } = opened.manifest.signer;
  if (key !== keyFingerprintOf(signing.key)) throw new LawRefusal('law.signature');
  if (signing.isAssays ? name !== ASSAY : readsAsAssay(name)) throw new LawRefusal('law.signer', { name });
  return opened;
}

/** Returns whether a law replaces Assay's own text; `openBundle` refused that name of any other key. */
export const isAssaysLaw = ({ signer }: Pick<LawManifest, 'signer'>): boolean => signer.name === ASSAY;

/** Reads unpacked files whose digest the caller knows, so without their signature. */
export function readContent(files: readonly ArchiveFile[]): OpenBundle {
  const { manifest: bytes } = findHeadFiles(files);
  const manifest = parseManifest(bytes);
  const law = files.filter(({ name }) => parseBookPath(name) !== undefined);
  assertFiles(law, manifest);
  if (!isVersionEnough(VERSION, manifest.leastVersion))
    throw new LawRefusal('law.version', { least: manifest.leastVersion, version: VERSION });
  assertBooks(law, manifest);
  return { digest: sha256(bytes), manifest, files };
}

function findHeadFiles(files: readonly ArchiveFile[]): { manifest: Buffer; signature: Buffer } {
  const manifest = files.find(({ name }) => name === MANIFEST_NAME);
  const signature = files.find(({ name }) => name === SIGNATURE_NAME);
  if (manifest === undefined || signature === undefined) throw new LawRefusal('law.archive');
  return { manifest: manifest.bytes, signature: signature.bytes };
}

/** Throws `LawRefusal` unless the files are exactly those of the manifest. */
function assertFiles(files: readonly ArchiveFile[], manifest: LawManifest): void {
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

/** Throws `LawRefusal` unless the manifest's entries of the books match the books. */
function assertBooks(files: readonly ArchiveFile[], manifest: LawManifest): void {
  const books = groupByBook(files);
  const named = new Set(manifest.books.map(({ id }) => id));
  if (named.size !== manifest.books.length) throw new LawRefusal('law.manifest');
  for (const id of books.keys()) if (!named.has(id)) throw new LawRefusal('law.book', { book: id });
  for (const { id, edition, digest } of manifest.books) {
    const own = describeBook(id, books.get(id) ?? new Map());
    if (own.edition !== edition || own.digest !== digest) throw new LawRefusal('law.book', { book: id });
  }
}

/** Returns the files by book id, and within a book by name. */
export function groupByBook(files: readonly ArchiveFile[]): ReadonlyMap<string, ReadonlyMap<string, Buffer>> {
  const books = new Map<string, Map<string, Buffer>>();
  for (const { name, bytes } of files) {
    const of = parseBookPath(name);
    if (of === undefined) continue;
    const book = books.get(of.book) ?? new Map<string, Buffer>();
    books.set(of.book, book.set(of.file, bytes));
  }
  return books;
}

/** Builds the manifest entry of a book. */
export function describeBook(
  id: string,
  files: ReadonlyMap<string, Buffer>,
): { id: string; edition: string; digest: string } {
  const json = [...files]
    .filter(([name]) => name.endsWith('.json'))
    .map(([name, bytes]) => [name, parseBookJson(bytes, id)] as const);
  const parsed = new Map(json);
  const edition = ownMember(asRecord(parsed.get('book.json')) ?? {}, 'edition');
  if (typeof edition !== 'string') throw new LawRefusal('law.book', { book: id });
  try {
    return { id, edition, digest: computeRulebookDigest(parsed, builtInFragments()) };
  } catch (error) {
    if (!(error instanceof FragmentFault)) throw error;
    throw new LawRefusal('law.rules', { book: id, why: messageOf(error) });
  }
}

function parseBookJson(bytes: Buffer, book: string): unknown {
  const json = parseJson(bytes.toString('utf8'));
  if (json === undefined) throw new LawRefusal('law.book', { book });
  return json;
}

export const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

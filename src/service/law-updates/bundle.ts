import { createPublicKey, type KeyObject } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type ArchiveFile,
  MANIFEST_NAME,
  parseBookPath,
  SIGNATURE_NAME,
  toBundlePath,
  writeArchive,
} from './archive.js';
import { checkBooks } from './judge-books.js';
import { signBytes } from './keys.js';
import { LawFolder } from './law-folder.js';
import { lawLimits } from './law-limits.js';
import { LawRefusal } from './law-refusal.js';
import { type DisabledIn, listDisabled, loadLaw } from './loaded-law.js';
import { formatManifest, type LawManifestBook } from './manifest.js';
import { describeBook, groupByBook, type OpenBundle, openBundle, sha256 } from './open-bundle.js';
import { readBounded } from './read-bounded.js';

export interface BundleOptions {
  /** Contains one folder per book. */
  folder: URL;
  key: KeyObject;
  /** Days, `YYYY-MM-DD`. */
  made: string;
  expires: string;
  leastVersion: string;
}

export interface MadeBundle {
  archive: Buffer;
  /** SHA-256 of the manifest. */
  digest: string;
  books: LawManifestBook[];
  /** Clauses that name a signal unknown to this version. */
  disabled: DisabledIn[];
}

/**
 * Builds and signs a bundle. The same law, days and key yield the same bytes. A bundle that an install would refuse is
 * not signed.
 */
export async function makeBundle({
  folder,
  key,
  made,
  expires,
  leastVersion,
}: BundleOptions): Promise<MadeBundle> {
  const files = await readBookFiles(fileURLToPath(folder));
  const books = [...groupByBook(files)].map(([id, of]) => describeBook(id, of));
  const manifest = formatManifest({
    made,
    expires,
    leastVersion,
    books,
    files: files.map(({ name, bytes }) => ({ name, bytes: bytes.length, sha256: sha256(bytes) })),
  });
  const archive = writeArchive([
    ...files,
    { name: MANIFEST_NAME, bytes: manifest },
    { name: SIGNATURE_NAME, bytes: signBytes(manifest, key) },
  ]);
  const disabled = await findDisabledClauses(openBundle(archive, [createPublicKey(key)]));
  return { archive, digest: sha256(manifest), books, disabled };
}

/**
 * Checks the rules, texts and cases of a bundle as its install would. Returns the clauses that this version cannot
 * evaluate.
 */
export async function findDisabledClauses(bundle: OpenBundle): Promise<DisabledIn[]> {
  const dir = await mkdtemp(join(tmpdir(), 'assay-law-'));
  try {
    const folder = new LawFolder(dir);
    await folder.store(bundle, checkBooks);
    return listDisabled((await loadLaw(folder, bundle.digest)).books);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** Returns the files in the order of their names. Files outside the folders of books are ignored. */
async function readBookFiles(folder: string): Promise<ArchiveFile[]> {
  const files: ArchiveFile[] = [];
  for (const book of (await readdir(folder, { withFileTypes: true })).filter((one) => one.isDirectory())) {
    for (const file of await readdir(join(folder, book.name))) {
      const name = toBundlePath(book.name, file);
      // Refused instead of skipped: the file would silently be missing from what is signed.
      if (parseBookPath(name) === undefined) throw new LawRefusal('law.name', { name });
      if (files.length === lawLimits.files) throw new LawRefusal('law.size', { what: 'files' });
      files.push({ name, bytes: await readBounded(join(folder, book.name, file), lawLimits.fileBytes) });
    }
  }
  return files.sort((one, other) => (one.name < other.name ? -1 : 1));
}

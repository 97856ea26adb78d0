import { createPublicKey, type KeyObject } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ArchiveFile, bookFileOf, MANIFEST, nameInBundle, SIGNATURE, writeArchive } from './archive.js';
import { judgeBooks } from './judge-books.js';
import { signed } from './keys.js';
import { LawFolder } from './law-folder.js';
import { lawLimits } from './law-limits.js';
import { LawRefusal } from './law-refusal.js';
import { type DisabledIn, disabledIn, loadedLaw } from './loaded-law.js';
import { type BookInManifest, manifestBytes } from './manifest.js';
import { booksIn, headOf, type OpenBundle, openBundle, sha256 } from './open-bundle.js';
import { readBounded } from './read-bounded.js';

export interface BundleOf {
  /** A folder a book. */
  folder: URL;
  key: KeyObject;
  /** Days. */
  made: string;
  expires: string;
  leastVersion: string;
}

export interface MadeBundle {
  archive: Buffer;
  /** SHA-256 of its manifest. */
  digest: string;
  books: BookInManifest[];
  /** Clauses that name a signal which this version does not know. */
  disabled: DisabledIn[];
}

/** The same law, days and key make the same bytes. What nobody would install is not signed. */
export async function makeBundle({
  folder,
  key,
  made,
  expires,
  leastVersion,
}: BundleOf): Promise<MadeBundle> {
  const files = await filesIn(fileURLToPath(folder));
  const books = [...booksIn(files)].map(([id, of]) => headOf(id, of));
  const manifest = manifestBytes({
    made,
    expires,
    leastVersion,
    books,
    files: files.map(({ name, bytes }) => ({ name, bytes: bytes.length, sha256: sha256(bytes) })),
  });
  const archive = writeArchive([
    ...files,
    { name: MANIFEST, bytes: manifest },
    { name: SIGNATURE, bytes: signed(manifest, key) },
  ]);
  const disabled = await judgeBundle(openBundle(archive, [createPublicKey(key)]));
  return { archive, digest: sha256(manifest), books, disabled };
}

/** As whoever installs it will look at it: its rules, words and cases. Gives the clauses that this version cannot look at. */
export async function judgeBundle(bundle: OpenBundle): Promise<DisabledIn[]> {
  const dir = await mkdtemp(join(tmpdir(), 'assay-law-'));
  try {
    const folder = new LawFolder(dir);
    await folder.place(bundle, judgeBooks);
    return disabledIn((await loadedLaw(folder, bundle.digest)).books);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** In the order of their names. What lies beside the folders of books is none of it. */
async function filesIn(folder: string): Promise<ArchiveFile[]> {
  const files: ArchiveFile[] = [];
  for (const book of (await readdir(folder, { withFileTypes: true })).filter((one) => one.isDirectory())) {
    for (const file of await readdir(join(folder, book.name))) {
      const name = nameInBundle(book.name, file);
      // Left out, it would be missing from what was signed, and nobody would know.
      if (bookFileOf(name) === undefined) throw new LawRefusal('law.name', { name });
      if (files.length === lawLimits.files) throw new LawRefusal('law.size', { what: 'files' });
      files.push({ name, bytes: await readBounded(join(folder, book.name, file), lawLimits.fileBytes) });
    }
  }
  return files.sort((one, other) => (one.name < other.name ? -1 : 1));
}

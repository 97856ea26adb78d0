import { createPublicKey, type KeyObject } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ArchiveFile, MANIFEST_NAME, SIGNATURE_NAME, writeArchive } from './archive.js';
import { checkBooks } from './judge-books.js';
import { keyFingerprintOf, signBytes } from './keys.js';
import { LawFolder } from './law-folder.js';
import { LawRefusal } from './law-refusal.js';
import { type DisabledIn, listDisabled, loadSignedLaw } from './loaded-law.js';
import {
  ASSAY,
  type DisabledClause,
  formatManifest,
  isSignerName,
  type LawManifestBook,
} from './manifest.js';
import { describeBook, groupByBook, type OpenBundle, openBundle, sha256 } from './open-bundle.js';

export interface BundleOptions {
  /** Files of the books, sorted by name. */
  files: readonly ArchiveFile[];
  disables?: readonly DisabledClause[];
  /** Name of whoever signs, as findings show it. */
  signer: string;
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
 * Builds and signs an archive. The same law, days and key yield the same bytes. What an install would refuse is not
 * signed.
 */
export async function makeBundle(options: BundleOptions): Promise<MadeBundle> {
  const { files, disables = [], signer, key, made, expires, leastVersion } = options;
  if (!isSignerName(signer)) throw new LawRefusal('law.signer', { name: signer });
  const publicKey = createPublicKey(key);
  const books = [...groupByBook(files)].map(([id, of]) => describeBook(id, of));
  const manifest = formatManifest({
    signer: { name: signer, key: keyFingerprintOf(publicKey) },
    ...{ made, expires, leastVersion, books, disables: [...disables] },
    files: files.map(({ name, bytes }) => ({ name, bytes: bytes.length, sha256: sha256(bytes) })),
  });
  const archive = writeArchive([
    ...files,
    { name: MANIFEST_NAME, bytes: manifest },
    { name: SIGNATURE_NAME, bytes: signBytes(manifest, key) },
  ]);
  const opened = openBundle(archive, [{ key: publicKey, isAssays: signer === ASSAY }]);
  return { archive, digest: sha256(manifest), books, disabled: await findDisabledClauses(opened) };
}

/**
 * Checks the rules, texts and cases of a bundle as its install would. Returns the clauses that this version cannot
 * evaluate.
 */
export async function findDisabledClauses(bundle: OpenBundle): Promise<DisabledIn[]> {
  const dir = await mkdtemp(join(tmpdir(), 'assay-law-'));
  try {
    const folder = new LawFolder(dir);
    await folder.store(bundle, async (where) => void (await checkBooks(where, bundle.manifest)));
    return listDisabled((await loadSignedLaw(folder, bundle.digest)).books);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

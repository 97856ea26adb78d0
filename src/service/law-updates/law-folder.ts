import { randomUUID } from 'node:crypto';
import { type BigIntStats, constants } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ownMember, parseJsonRecord } from '../../base/json-shape.js';
import {
  type ArchiveFile,
  MANIFEST_NAME,
  parseBookPath,
  SIGNATURE_NAME,
  toBundlePath,
  writeArchive,
} from './archive.js';
import { lawLimits } from './law-limits.js';
import { LawRefusal } from './law-refusal.js';
import type { LawManifestBook } from './manifest.js';
import type { OpenBundle } from './open-bundle.js';
import { readBounded } from './read-bounded.js';

/** Law in force according to the folder. */
export interface CurrentLaw {
  /** Name of the law (loaded-law.ts); `undefined`: the built-in law. */
  digest: string | undefined;
  /** Names of the laws in force before, the latest first. */
  before: readonly (string | undefined)[];
  /** Time when it came into force. */
  at: string;
}

const BOOKS = 'rulebooks';
const CURRENT = 'current.json';
const CURRENT_SCHEMA = 'assay.law-current/1';
const STAGED_NAME = /^\.staged-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const DIGEST = /^[0-9a-f]{64}$/;
const LAW_NAME = /^(?:built-in|[0-9a-f]{64})(?:\+[0-9a-f]{64})*$/;
/** Name of the law that Assay came with. */
export const BUILT_IN = 'built-in';
/** No install takes this long: older files were left by one that was killed. */
const LEFTOVER_AGE_MILLIS = 3_600_000;

/**
 * `ASSAY_LAW_DIR`: one folder per law, named by its digest, and `current.json`, which names the one in force. A law is
 * completely on the disk before it gets its name, and `current.json` changes by one rename. So a crash leaves either
 * the old state or the new one.
 */
export class LawFolder {
  constructor(readonly dir: string) {}

  /** Returns `undefined` if nothing was ever installed: the built-in law is in force. */
  async readCurrent(): Promise<CurrentLaw | undefined> {
    const bytes = await readBounded(join(this.dir, CURRENT), lawLimits.currentBytes).catch(
      undefinedIfMissing,
    );
    return bytes === undefined ? undefined : parseCurrent(bytes, this.dir);
  }

  /** Returns a stamp that changes whenever `current.json` is replaced; costs one `stat`. */
  async readStamp(): Promise<string> {
    const stats = await stat(join(this.dir, CURRENT), { bigint: true }).catch(undefinedIfMissing);
    return stats === undefined ? 'none' : stampOf(stats);
  }

  async setCurrent({ digest, before, at }: CurrentLaw): Promise<void> {
    await mkdir(this.dir, { recursive: true });
    const text = JSON.stringify(
      { schema: CURRENT_SCHEMA, digest: digest ?? null, before: before.map((one) => one ?? null), at },
      null,
      1,
    );
    const staged = join(this.dir, `.staged-${randomUUID()}`);
    try {
      await writeSynced(staged, Buffer.from(`${text}\n`));
      await rename(staged, join(this.dir, CURRENT));
    } finally {
      await rm(staged, { force: true });
    }
    await syncFolder(this.dir);
  }

  /** Returns the folder of a law's books. */
  booksUrl(digest: string): URL {
    return pathToFileURL(`${join(this.dir, digest, BOOKS)}/`);
  }

  async has(digest: string): Promise<boolean> {
    return stat(join(this.dir, digest)).then(
      (stats) => stats.isDirectory(),
      () => false,
    );
  }

  /** Returns the digests of all laws in the folder. */
  async listDigests(): Promise<string[]> {
    const names = await readdir(this.dir).catch(undefinedIfMissing);
    return (names ?? []).filter((name) => DIGEST.test(name)).sort();
  }

  /** Reads the unpacked files of a law as they are now. */
  async readFiles(digest: string): Promise<ArchiveFile[]> {
    const folder = join(this.dir, digest);
    const names = [MANIFEST_NAME, SIGNATURE_NAME];
    for (const book of await readdir(join(folder, BOOKS), { withFileTypes: true })) {
      // The one plain file is the index, which is generated from the manifest here.
      if (!book.isDirectory()) continue;
      for (const file of await readdir(join(folder, BOOKS, book.name)))
        names.push(toBundlePath(book.name, file));
    }
    if (names.length > lawLimits.files) throw new LawRefusal('law.broken', { digest });
    const files: ArchiveFile[] = [];
    for (const name of names)
      files.push({ name, bytes: await readBounded(join(folder, name), lawLimits.fileBytes) });
    return files;
  }

  async buildArchive(digest: string): Promise<Buffer> {
    return writeArchive(await this.readFiles(digest));
  }

  /**
   * Writes the files of a law under its digest. `judge` checks them, by the folder of the books, before they get that
   * name; if it rejects, they are removed.
   */
  async store(
    { digest, files, manifest }: Pick<OpenBundle, 'digest' | 'files' | 'manifest'>,
    judge: (books: URL) => Promise<void>,
  ): Promise<void> {
    await mkdir(this.dir, { recursive: true });
    await this.#removeLeftovers();
    const staged = join(this.dir, `.staged-${randomUUID()}`);
    try {
      // An archive without books only disables clauses.
      await mkdir(join(staged, BOOKS), { recursive: true });
      const folders = new Set([staged, join(staged, BOOKS)]);
      for (const { name, bytes } of files) {
        // Names were checked before and are checked again, because they become paths.
        if (name !== MANIFEST_NAME && name !== SIGNATURE_NAME && parseBookPath(name) === undefined)
          throw new LawRefusal('law.name', { name });
        const path = join(staged, name);
        for (let folder = dirname(path); folder !== this.dir; folder = dirname(folder)) folders.add(folder);
        await mkdir(dirname(path), { recursive: true });
        await writeSynced(path, bytes);
      }
      await writeSynced(join(staged, BOOKS, 'index.json'), indexBytes(manifest.books));
      for (const folder of folders) await syncFolder(folder);
      await judge(pathToFileURL(`${join(staged, BOOKS)}/`));
      if (!(await this.#isIntact(digest, files))) await this.#moveInto(staged, join(this.dir, digest));
    } finally {
      await rm(staged, { recursive: true, force: true });
    }
    await syncFolder(this.dir);
  }

  /** Returns whether the law is already stored intact; then the law in force is not touched. */
  async #isIntact(digest: string, files: readonly ArchiveFile[]): Promise<boolean> {
    if (!(await this.has(digest))) return false;
    const there = await this.readFiles(digest).catch(() => []);
    const bytes = new Map(there.map((one) => [one.name, one.bytes]));
    return bytes.size === files.length && files.every((one) => bytes.get(one.name)?.equals(one.bytes));
  }

  /** Replaces a damaged folder of that name. */
  async #moveInto(staged: string, target: string): Promise<void> {
    try {
      await rename(staged, target);
    } catch (error) {
      if (!isNameTaken(error)) throw error;
      const aside = join(this.dir, `.staged-${randomUUID()}`);
      await rename(target, aside);
      await rename(staged, target);
      await rm(aside, { recursive: true, force: true });
    }
  }

  /** Removes laws that are no longer in the history, and what killed installs left. */
  async removeUnused(kept: ReadonlySet<string>): Promise<void> {
    const now = Date.now();
    for (const digest of await this.listDigests()) {
      const path = join(this.dir, digest);
      const { mtimeMs } = await stat(path);
      // Another process may be about to put a recent one in force.
      if (!kept.has(digest) && now - mtimeMs > LEFTOVER_AGE_MILLIS)
        await rm(path, { recursive: true, force: true });
    }
  }

  async #removeLeftovers(): Promise<void> {
    for (const name of await readdir(this.dir)) {
      if (!STAGED_NAME.test(name)) continue;
      const path = join(this.dir, name);
      const changed = await stat(path).catch(undefinedIfMissing);
      if (changed !== undefined && Date.now() - changed.mtimeMs > LEFTOVER_AGE_MILLIS)
        await rm(path, { recursive: true, force: true });
    }
  }
}

const stampOf = ({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string =>
  [dev, ino, size, mtimeNs, ctimeNs].join(':');

function parseCurrent(bytes: Buffer, dir: string): CurrentLaw {
  const record = parseJsonRecord(bytes.toString('utf8')) ?? {};
  const digest = ownMember(record, 'digest');
  const before = ownMember(record, 'before');
  const at = ownMember(record, 'at');
  const isKnown =
    ownMember(record, 'schema') === CURRENT_SCHEMA &&
    isNameOrNull(digest) &&
    Array.isArray(before) &&
    before.every(isNameOrNull) &&
    typeof at === 'string';
  if (!isKnown) throw new LawRefusal('law.current', { path: join(dir, CURRENT) });
  return { digest: digest ?? undefined, before: before.map((one) => one ?? undefined), at };
}

/** Builds the index of the books in the form that core/law reads. */
const indexBytes = (books: readonly LawManifestBook[]): Buffer =>
  Buffer.from(`${JSON.stringify({ rulebooks: books }, null, 2)}\n`);

const isNameOrNull = (value: unknown): value is string | null =>
  value === null || (typeof value === 'string' && LAW_NAME.test(value));

async function writeSynced(path: string, bytes: Buffer): Promise<void> {
  const file = await open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o644);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Some systems cannot sync a folder, which is no error. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => undefined);
  await folder?.sync().catch(() => {});
  await folder?.close();
}

const isNameTaken = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOTEMPTY' || error.code === 'EEXIST');

function undefinedIfMissing(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
    return undefined;
  throw error;
}

import { randomUUID } from 'node:crypto';
import { type BigIntStats, constants } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { jsonRecordIn, member } from '../core/ground/json-shape.js';
import { type ArchiveFile, bookFileOf, MANIFEST, nameInBundle, SIGNATURE, writeArchive } from './archive.js';
import { lawLimits } from './law-limits.js';
import { LawRefusal } from './law-refusal.js';
import type { BookInManifest } from './manifest.js';
import type { OpenBundle } from './open-bundle.js';
import { readBounded } from './read-bounded.js';

/** Which law is in force, as the folder says it. */
export interface Current {
  /** Undefined: the one that came with the program. */
  digest: string | undefined;
  /** Those that were in force before, the last one first. */
  before: readonly (string | undefined)[];
  /** Since when. */
  at: string;
}

const BOOKS = 'rulebooks';
const CURRENT = 'current.json';
const CURRENT_SCHEMA = 'assay.law-current/1';
const STAGED = /^\.staged-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const DIGEST = /^[0-9a-f]{64}$/;
/** No install takes as long: what is older was left by one that was killed. */
const LEFT_OVER_MILLIS = 3_600_000;

/**
 * `ASSAY_LAW_DIR`: a folder a law, called by its digest, and `current.json`, which says which of them is in force. A law is
 * whole on the disk before it has its name; `current.json` changes by one rename. So whoever dies in between leaves
 * what was in force, or what is.
 */
export class LawFolder {
  constructor(readonly dir: string) {}

  /** Undefined where nobody has installed anything: the law that came with the program is in force. */
  async current(): Promise<Current | undefined> {
    const bytes = await readBounded(join(this.dir, CURRENT), lawLimits.currentBytes).catch(unlessMissing);
    return bytes === undefined ? undefined : currentIn(bytes, this.dir);
  }

  /** Another one as soon as `current.json` is another file; a look costs one `stat`. */
  async stamp(): Promise<string> {
    const stats = await stat(join(this.dir, CURRENT), { bigint: true }).catch(unlessMissing);
    return stats === undefined ? 'none' : stampOf(stats);
  }

  async setCurrent({ digest, before, at }: Current): Promise<void> {
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

  /** Of its books. */
  booksOf(digest: string): URL {
    return pathToFileURL(`${join(this.dir, digest, BOOKS)}/`);
  }

  async has(digest: string): Promise<boolean> {
    return stat(join(this.dir, digest)).then(
      (stats) => stats.isDirectory(),
      () => false,
    );
  }

  /** The digests of what lies here. */
  async all(): Promise<string[]> {
    const names = await readdir(this.dir).catch(unlessMissing);
    return (names ?? []).filter((name) => DIGEST.test(name)).sort();
  }

  /** What was unpacked, as it lies there now. */
  async filesOf(digest: string): Promise<ArchiveFile[]> {
    const folder = join(this.dir, digest);
    const names = [MANIFEST, SIGNATURE];
    for (const book of await readdir(join(folder, BOOKS), { withFileTypes: true })) {
      // What is no folder is the index, made here of the manifest.
      if (!book.isDirectory()) continue;
      for (const file of await readdir(join(folder, BOOKS, book.name)))
        names.push(nameInBundle(book.name, file));
    }
    if (names.length > lawLimits.files) throw new LawRefusal('law.broken', { digest });
    const files: ArchiveFile[] = [];
    for (const name of names)
      files.push({ name, bytes: await readBounded(join(folder, name), lawLimits.fileBytes) });
    return files;
  }

  async archiveOf(digest: string): Promise<Buffer> {
    return writeArchive(await this.filesOf(digest));
  }

  /**
   * Puts a law's files here under its digest. `judge` looks at them, by the folder of the books, before they have that name:
   * where it rejects, nothing is left of them.
   */
  async place(
    { digest, files, manifest }: Pick<OpenBundle, 'digest' | 'files' | 'manifest'>,
    judge: (books: URL) => Promise<void>,
  ): Promise<void> {
    await mkdir(this.dir, { recursive: true });
    await this.#dropLeftOvers();
    const staged = join(this.dir, `.staged-${randomUUID()}`);
    try {
      await mkdir(staged);
      const folders = new Set([staged]);
      for (const { name, bytes } of files) {
        // Names were looked at before, and are here again: a path is made of them.
        if (name !== MANIFEST && name !== SIGNATURE && bookFileOf(name) === undefined)
          throw new LawRefusal('law.name', { name });
        const path = join(staged, name);
        for (let folder = dirname(path); folder !== this.dir; folder = dirname(folder)) folders.add(folder);
        await mkdir(dirname(path), { recursive: true });
        await writeSynced(path, bytes);
      }
      await writeSynced(join(staged, BOOKS, 'index.json'), indexBytes(manifest.books));
      for (const folder of folders) await syncFolder(folder);
      await judge(pathToFileURL(`${join(staged, BOOKS)}/`));
      if (!(await this.#holds(digest, files))) await this.#take(staged, join(this.dir, digest));
    } finally {
      await rm(staged, { recursive: true, force: true });
    }
    await syncFolder(this.dir);
  }

  /** Whether it lies here already, whole: then nothing of what is in force is touched. */
  async #holds(digest: string, files: readonly ArchiveFile[]): Promise<boolean> {
    if (!(await this.has(digest))) return false;
    const there = await this.filesOf(digest).catch(() => []);
    const bytes = new Map(there.map((one) => [one.name, one.bytes]));
    return bytes.size === files.length && files.every((one) => bytes.get(one.name)?.equals(one.bytes));
  }

  /** One of that name was broken by somebody: the new one takes its place. */
  async #take(staged: string, target: string): Promise<void> {
    try {
      await rename(staged, target);
    } catch (error) {
      if (!isTaken(error)) throw error;
      const aside = join(this.dir, `.staged-${randomUUID()}`);
      await rename(target, aside);
      await rename(staged, target);
      await rm(aside, { recursive: true, force: true });
    }
  }

  /** Takes away laws that nobody can go back to any more, and what killed installs left. */
  async drop(kept: ReadonlySet<string>): Promise<void> {
    const now = Date.now();
    for (const digest of await this.all()) {
      const path = join(this.dir, digest);
      const { mtimeMs } = await stat(path);
      // Another process may be about to put it in force.
      if (!kept.has(digest) && now - mtimeMs > LEFT_OVER_MILLIS)
        await rm(path, { recursive: true, force: true });
    }
  }

  async #dropLeftOvers(): Promise<void> {
    for (const name of await readdir(this.dir)) {
      if (!STAGED.test(name)) continue;
      const path = join(this.dir, name);
      const changed = await stat(path).catch(unlessMissing);
      if (changed !== undefined && Date.now() - changed.mtimeMs > LEFT_OVER_MILLIS)
        await rm(path, { recursive: true, force: true });
    }
  }
}

const stampOf = ({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string =>
  [dev, ino, size, mtimeNs, ctimeNs].join(':');

function currentIn(bytes: Buffer, dir: string): Current {
  const record = jsonRecordIn(bytes.toString('utf8')) ?? {};
  const digest = member(record, 'digest');
  const before = member(record, 'before');
  const at = member(record, 'at');
  const isKnown =
    member(record, 'schema') === CURRENT_SCHEMA &&
    isDigestOrNull(digest) &&
    Array.isArray(before) &&
    before.every(isDigestOrNull) &&
    typeof at === 'string';
  if (!isKnown) throw new LawRefusal('law.current', { path: join(dir, CURRENT) });
  return { digest: digest ?? undefined, before: before.map((one) => one ?? undefined), at };
}

/** As a folder of laws is listed (core/law). */
const indexBytes = (books: readonly BookInManifest[]): Buffer =>
  Buffer.from(`${JSON.stringify({ rulebooks: books }, null, 2)}\n`);

const isDigestOrNull = (value: unknown): value is string | null =>
  value === null || (typeof value === 'string' && DIGEST.test(value));

async function writeSynced(path: string, bytes: Buffer): Promise<void> {
  const file = await open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o644);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Some systems cannot sync a folder; nothing is wrong then. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => undefined);
  await folder?.sync().catch(() => {});
  await folder?.close();
}

const isTaken = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOTEMPTY' || error.code === 'EEXIST');

function unlessMissing(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
    return undefined;
  throw error;
}

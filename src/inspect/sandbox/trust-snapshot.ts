import { chmodSync, copyFileSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createOwnFolder } from '../../base/files/temp-dir.js';
import { isReadableByAll } from './readable-by-all.js';

/**
 * The trust folder as sandboxed processes see it. If Assay runs as root they run as another user and cannot read a
 * folder that only root may read, which would leave every signer unchecked; they then see a copy, renewed when the
 * lists change.
 */
export class TrustView {
  readonly #folder: string;
  #copy: { of: string; path: string } | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * Returns a version that changes if a running process sees outdated content: the folder was created or replaced, or,
   * for a copy, one of its files changed.
   */
  version(inPlace = false): string {
    const folder = statSync(this.#folder, { bigint: true, throwIfNoEntry: false });
    if (folder === undefined) return 'none';
    const itself = `${folder.dev} ${folder.ino}`;
    return this.#hidden(inPlace)
      ? `${itself} ${listEntries(this.#folder).map(({ state }) => state)}`
      : itself;
  }

  /** Returns the folder to show; `undefined` if there is none. `inPlace`: the process uses its path on this machine. */
  visibleFolder(inPlace = false): string | undefined {
    const now = this.version(inPlace);
    if (now === 'none') return undefined;
    if (!this.#hidden(inPlace)) return this.#folder;
    if (this.#copy?.of !== now) this.#copy = { of: now, path: this.#copied() };
    return this.#copy.path;
  }

  remove(): void {
    if (this.#copy !== undefined) rmSync(this.#copy.path, { recursive: true, force: true });
    this.#copy = undefined;
  }

  /** Returns true if a user other than root could not read all of it. */
  #hidden(inPlace: boolean): boolean {
    if (process.getuid?.() !== 0) return false;
    if (inPlace && !isReadableByAll(this.#folder)) return true;
    const stats = statSync(this.#folder, { throwIfNoEntry: false });
    // A path that is no folder is shown as it is; the reader of the lists reports it.
    if (stats === undefined || !stats.isDirectory()) return false;
    const { mode } = stats;
    return (mode & 0o005) !== 0o005 || listEntries(this.#folder).some(({ open }) => !open);
  }

  #copied(): string {
    this.remove();
    const path = createOwnFolder(tmpdir(), 'assay-trust');
    chmodSync(path, 0o755);
    for (const { name, folder } of listEntries(this.#folder)) {
      if (folder) mkdirSync(join(path, name));
      else copyFileSync(join(this.#folder, name), join(path, name));
      chmodSync(join(path, name), folder ? 0o755 : 0o644);
    }
    return path;
  }
}

/**
 * Lists are a handful of files of a few megabytes, the operator's own in subfolders; anything beyond these limits is
 * not copied.
 */
const MAX_FILES = 256;
const MAX_BYTES = 64 * 1024 ** 2;
const MAX_DEPTH = 3;

interface Entry {
  /** Relative to the trust folder. */
  name: string;
  folder: boolean;
  state: string;
  /** Whether every user may read it. */
  open: boolean;
}

function listEntries(root: string, below = '', depth = 0): Entry[] {
  if (depth > MAX_DEPTH) return [];
  const names = readdirSync(join(root, below)).sort();
  return names
    .flatMap((one): Entry[] => {
      const name = join(below, one);
      const stats = statSync(join(root, name), { throwIfNoEntry: false });
      if (stats === undefined || stats.size > MAX_BYTES) return [];
      const state = `${name}:${stats.ino}:${stats.size}:${stats.mtimeMs}`;
      if (stats.isDirectory()) {
        const open = (stats.mode & 0o005) === 0o005;
        return [{ name, folder: true, state, open }, ...listEntries(root, name, depth + 1)];
      }
      return stats.isFile() ? [{ name, folder: false, state, open: (stats.mode & 0o004) !== 0 }] : [];
    })
    .slice(0, MAX_FILES);
}

import { chmodSync, copyFileSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ownFolder } from '../own-folder.js';
import { readableByAll } from './readable-by-all.js';

/**
 * The trust folder as sandboxed processes see it. Under root they are somebody else, and a folder that only root may
 * read would leave every signer unchecked without need: then they see a copy, made anew when the lists change.
 */
export class TrustView {
  readonly #folder: string;
  #copy: { of: string; path: string } | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * Changes where a process that was started before sees something else: the folder was made or replaced, or, of a copy,
   * one of its files.
   */
  now(inPlace = false): string {
    const folder = statSync(this.#folder, { bigint: true, throwIfNoEntry: false });
    if (folder === undefined) return 'none';
    const itself = `${folder.dev} ${folder.ino}`;
    return this.#hidden(inPlace) ? `${itself} ${entriesOf(this.#folder).map(({ state }) => state)}` : itself;
  }

  /** The folder to show; undefined where there is none. `inPlace`: by its path here, which has to lead there. */
  place(inPlace = false): string | undefined {
    const now = this.now(inPlace);
    if (now === 'none') return undefined;
    if (!this.#hidden(inPlace)) return this.#folder;
    if (this.#copy?.of !== now) this.#copy = { of: now, path: this.#copied() };
    return this.#copy.path;
  }

  remove(): void {
    if (this.#copy !== undefined) rmSync(this.#copy.path, { recursive: true, force: true });
    this.#copy = undefined;
  }

  /** Whether somebody else than root could not read all of it. */
  #hidden(inPlace: boolean): boolean {
    if (process.getuid?.() !== 0) return false;
    if (inPlace && !readableByAll(this.#folder)) return true;
    const stats = statSync(this.#folder, { throwIfNoEntry: false });
    // What is no folder is shown as it is: whoever reads lists there says so.
    if (stats === undefined || !stats.isDirectory()) return false;
    const { mode } = stats;
    return (mode & 0o005) !== 0o005 || entriesOf(this.#folder).some(({ open }) => !open);
  }

  #copied(): string {
    this.remove();
    const path = ownFolder(tmpdir(), 'assay-trust');
    chmodSync(path, 0o755);
    for (const { name, folder } of entriesOf(this.#folder)) {
      if (folder) mkdirSync(join(path, name));
      else copyFileSync(join(this.#folder, name), join(path, name));
      chmodSync(join(path, name), folder ? 0o755 : 0o644);
    }
    return path;
  }
}

/** Lists are a handful of files of a few megabytes, the operator's own in folders below; what is more stays behind. */
const MOST_FILES = 256;
const MOST_BYTES = 64 * 1024 ** 2;
const MOST_DEPTH = 3;

interface Entry {
  /** Relative to the trust folder. */
  name: string;
  folder: boolean;
  state: string;
  /** Whether anyone may read it. */
  open: boolean;
}

function entriesOf(root: string, below = '', depth = 0): Entry[] {
  if (depth > MOST_DEPTH) return [];
  const names = readdirSync(join(root, below)).sort();
  return names
    .flatMap((one): Entry[] => {
      const name = join(below, one);
      const stats = statSync(join(root, name), { throwIfNoEntry: false });
      if (stats === undefined || stats.size > MOST_BYTES) return [];
      const state = `${name}:${stats.ino}:${stats.size}:${stats.mtimeMs}`;
      if (stats.isDirectory()) {
        const open = (stats.mode & 0o005) === 0o005;
        return [{ name, folder: true, state, open }, ...entriesOf(root, name, depth + 1)];
      }
      return stats.isFile() ? [{ name, folder: false, state, open: (stats.mode & 0o004) !== 0 }] : [];
    })
    .slice(0, MOST_FILES);
}

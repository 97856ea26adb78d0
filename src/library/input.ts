import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ownFolder } from '../own-folder.js';
import { said } from '../say/said.js';
import { AssayError } from './error.js';
import { unlessAborted } from './unless-aborted.js';

/** A path, a `file:` address, the bytes, or a stream of them (of Node or of the web). */
export type FileInput = string | URL | Uint8Array | Blob | AsyncIterable<Uint8Array>;

/** The files of a question, by the paths where they are. */
export interface Paths {
  path: string;
  sidecarPaths: readonly string[];
  initPath?: string;
}

interface Bounds {
  maxBytes: number;
  signal?: AbortSignal | undefined;
}

/** Where it lies already; undefined for bytes and streams. */
export function pathOf(file: FileInput): string | undefined {
  if (file instanceof URL) {
    if (file.protocol !== 'file:')
      throw new AssayError('bad-question', said('error.library.onlyFiles', { protocol: file.protocol }));
    return fileURLToPath(file);
  }
  return typeof file === 'string' ? file : undefined;
}

/**
 * Gives `use` a path to each file. Bytes and streams are written to a folder that only this user may read, and that is
 * gone when `use` has ended, however it ended.
 */
export async function withPaths<T>(
  files: readonly FileInput[],
  bounds: Bounds,
  use: (paths: string[]) => Promise<T>,
): Promise<T> {
  const known = files.map(pathOf);
  if (known.every((path) => path !== undefined)) return use(known);
  const folder = mkdtempSync(join(ownTemporary(), 'file-'));
  try {
    const paths: string[] = [];
    for (const [at, file] of files.entries()) {
      const path = known[at] ?? join(folder, String(at));
      if (known[at] === undefined) await write(file, path, bounds);
      paths.push(path);
    }
    return await use(paths);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

let temporary: string | undefined;
/** What a killed process left there is taken away when the next one begins. */
function ownTemporary(): string {
  if (temporary !== undefined && existsSync(temporary)) return temporary;
  const folder = ownFolder(tmpdir(), 'assay-library');
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  temporary = folder;
  return folder;
}

async function write(file: FileInput, path: string, { maxBytes, signal }: Bounds): Promise<void> {
  const out = await open(path, 'wx', 0o600);
  let bytes = 0;
  try {
    for await (const piece of pieces(file, signal)) {
      bytes += piece.length;
      if (bytes > maxBytes)
        throw new AssayError('too-large', said('error.library.tooLarge', { bytes: maxBytes }));
      await out.writeFile(piece);
    }
  } finally {
    await out.close();
  }
}

async function* pieces(file: FileInput, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
  if (file instanceof Uint8Array) return yield file;
  const source: unknown = file instanceof Blob ? file.stream() : file;
  if (!isStream(source)) throw new AssayError('bad-question', said('error.library.noFile'));
  const stream = source[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await unlessAborted(stream.next(), signal);
      if (next.done === true) return;
      if (!(next.value instanceof Uint8Array))
        throw new AssayError('bad-question', said('error.library.noBytes'));
      yield next.value;
    }
  } catch (error) {
    if (error instanceof AssayError || signal?.aborted) throw error;
    throw new AssayError('not-readable', said('error.library.brokeOff'), { cause: error });
  } finally {
    // Not waited for: a source that does not answer would hold up whoever gave up on it.
    Promise.resolve(stream.return?.()).catch(() => undefined);
  }
}

function isStream(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

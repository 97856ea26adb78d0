import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createOwnFolder } from '../base/files/temp-dir.js';
import { message } from '../i18n/message.js';
import { AssayError } from './error.js';
import { raceAbort } from './unless-aborted.js';

/** Path, `file:` URL, bytes, or a stream of bytes (of Node or of the web). */
export type FileInput = string | URL | Uint8Array | Blob | AsyncIterable<Uint8Array>;

/** Paths of the files of a call. */
export interface InputPaths {
  path: string;
  sidecarPaths: readonly string[];
  initPath?: string;
}

interface InputBounds {
  maxBytes: number;
  signal?: AbortSignal | undefined;
}

/** Returns the path of the file; `undefined` for bytes and streams. */
export function pathOfInput(file: FileInput): string | undefined {
  if (file instanceof URL) {
    if (file.protocol !== 'file:')
      throw new AssayError('bad-question', message('error.library.onlyFiles', { protocol: file.protocol }));
    return fileURLToPath(file);
  }
  return typeof file === 'string' ? file : undefined;
}

/**
 * Calls `use` with a path to each file. Bytes and streams are written to a folder that only this user may read and that
 * is deleted once `use` has settled.
 */
export async function withPaths<T>(
  files: readonly FileInput[],
  bounds: InputBounds,
  use: (paths: string[]) => Promise<T>,
): Promise<T> {
  const known = files.map(pathOfInput);
  if (known.every((path) => path !== undefined)) return use(known);
  const folder = mkdtempSync(join(temporaryFolder(), 'file-'));
  try {
    const paths: string[] = [];
    for (const [at, file] of files.entries()) {
      const path = known[at] ?? join(folder, String(at));
      if (known[at] === undefined) await writeInput(file, path, bounds);
      paths.push(path);
    }
    return await use(paths);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

let temporary: string | undefined;
/** Folders left by a killed process are deleted when the next one starts. */
function temporaryFolder(): string {
  if (temporary !== undefined && existsSync(temporary)) return temporary;
  const folder = createOwnFolder(tmpdir(), 'assay-library');
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  temporary = folder;
  return folder;
}

async function writeInput(file: FileInput, path: string, { maxBytes, signal }: InputBounds): Promise<void> {
  const out = await open(path, 'wx', 0o600);
  let bytes = 0;
  try {
    for await (const piece of inputPieces(file, signal)) {
      bytes += piece.length;
      if (bytes > maxBytes)
        throw new AssayError('too-large', message('error.library.tooLarge', { bytes: maxBytes }));
      await out.writeFile(piece);
    }
  } finally {
    await out.close();
  }
}

async function* inputPieces(file: FileInput, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
  if (file instanceof Uint8Array) return yield file;
  const source: unknown = file instanceof Blob ? file.stream() : file;
  if (!isStream(source)) throw new AssayError('bad-question', message('error.library.noFile'));
  const stream = source[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await raceAbort(stream.next(), signal);
      if (next.done === true) return;
      if (!(next.value instanceof Uint8Array))
        throw new AssayError('bad-question', message('error.library.noBytes'));
      yield next.value;
    }
  } catch (error) {
    if (error instanceof AssayError || signal?.aborted) throw error;
    throw new AssayError('not-readable', message('error.library.brokeOff'), { cause: error });
  } finally {
    // Not awaited, because a source that never answers would block the caller who gave up on it.
    Promise.resolve(stream.return?.()).catch(() => undefined);
  }
}

function isStream(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

import { mkdtempSync, rmSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createOwnFolder } from '../../base/files/temp-dir.js';
import { limits } from '../../base/limits.js';
import {
  createSidecarTrailer,
  detectSidecarKind,
  MAX_SIDECARS,
  openSidecar,
  SIDECAR_HEAD_BYTES,
  type SidecarKind,
} from '../../core/media/sidecars.js';
import { message } from '../../i18n/message.js';
import { InspectError } from '../protocol/inspect-error.js';
import { type FileStamp, readFileStamp } from './file-check.js';

/** Single sidecar file of a request, made from all given ones. */
export interface SidecarFile {
  /** Absent if there is none. */
  path?: string;
  /** Removes temporary files. */
  remove(): Promise<void>;
}

/** Returns a single sidecar in place, or concatenates several in a temporary file. Throws `InspectError`. */
export async function prepareSidecar(paths: readonly string[]): Promise<SidecarFile> {
  const [first, ...others] = paths;
  const nothing = async () => {};
  if (first === undefined) return { remove: nothing };
  if (others.length === 0) return { path: first, remove: nothing };
  await checkSidecars(paths);
  const folder = mkdtempSync(join(temporaryFolder(), 'beside-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const path = join(folder, 'sidecars');
    await writeSidecars(paths, path);
    return { path, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Throws `InspectError` if a path is no regular file, or if there are too many sidecars or two manifest stores. */
export async function checkSidecars(paths: readonly string[]): Promise<void> {
  if (paths.length > MAX_SIDECARS) throw tooManyError();
  const kinds: SidecarKind[] = [];
  for (const path of paths) {
    await companionStamp('error.sidecar', path);
    kinds.push(await kindOf(path));
  }
  const stores = kinds.filter((kind) => kind === 'store').length;
  if (stores > 1) throw new InspectError('bad-sidecars', message('error.sidecars.twoStores'));
  if (kinds.length - stores > limits.xmpSidecars) throw tooManyError();
}

const tooManyError = () =>
  new InspectError('bad-sidecars', message('error.sidecars.tooMany', { most: limits.xmpSidecars }));

/** Names the companion file in the error, since the main file is not at fault. */
export function companionStamp(id: 'error.sidecar' | 'error.init', path: string): Promise<FileStamp> {
  return readFileStamp(path).catch((error: unknown) => {
    if (error instanceof InspectError)
      throw new InspectError(error.code, message(id, { why: error.userMessage }));
    throw error;
  });
}

/** Opens again and checks, since the file may have changed since it was checked. */
async function openForCopy(path: string) {
  const found = await openSidecar(path);
  if ('code' in found)
    throw new InspectError('not-readable', message('error.sidecar', { why: message('error.not-readable') }));
  return found;
}

async function kindOf(path: string): Promise<SidecarKind> {
  const { file, bytes } = await openForCopy(path);
  try {
    const head = Buffer.alloc(Math.min(SIDECAR_HEAD_BYTES, bytes));
    const { bytesRead } = await file.read(head, 0, head.length, 0);
    return detectSidecarKind(head.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}

const CHUNK_BYTES = 1024 ** 2;
/** One byte more than the limit, so that the reader detects a longer file. */
const MAX_BYTES = limits.sidecarBytes + 1;

/** Writes the format that `sidecarsIn` reads. */
export async function writeSidecars(paths: readonly string[], to: string): Promise<void> {
  const out = await open(to, 'wx', 0o600);
  try {
    const lengths: number[] = [];
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    for (const path of paths) {
      const { file } = await openForCopy(path);
      let at = 0;
      try {
        while (at < MAX_BYTES) {
          const { bytesRead } = await file.read(chunk, 0, Math.min(chunk.length, MAX_BYTES - at), at);
          if (bytesRead === 0) break;
          await out.writeFile(chunk.subarray(0, bytesRead));
          at += bytesRead;
        }
      } finally {
        await file.close();
      }
      lengths.push(at);
    }
    await out.writeFile(createSidecarTrailer(lengths));
  } finally {
    await out.close();
  }
}

let folder: string | undefined;
/** Folder for temporary files; those left by a killed process are removed when the next one starts. */
function temporaryFolder(): string {
  if (folder === undefined) {
    const own = createOwnFolder(tmpdir(), 'assay-sidecars');
    process.once('exit', () => rmSync(own, { recursive: true, force: true }));
    folder = own;
  }
  return folder;
}

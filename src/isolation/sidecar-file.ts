import { mkdtempSync, rmSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { limits } from '../core/ground/limits.js';
import {
  MOST_SIDECARS,
  openSidecar,
  SIDECAR_HEAD_BYTES,
  type SidecarKind,
  sidecarKind,
  sidecarTrailer,
} from '../core/media/sidecars.js';
import { ownFolder } from '../own-folder.js';
import { said } from '../say/said.js';
import { type FileState, fileState } from './file-check.js';
import { InspectError } from './inspect-error.js';

/** What a question has as its one sidecar, made of those that were given. */
export interface SidecarFile {
  /** Left out: there is none. */
  path?: string;
  /** What was made for it is taken away. */
  remove(): Promise<void>;
}

/** One is taken where it lies; several are put behind one another in a file of ours. Throws an InspectError. */
export async function sidecarFile(paths: readonly string[]): Promise<SidecarFile> {
  const [first, ...others] = paths;
  const nothing = async () => {};
  if (first === undefined) return { remove: nothing };
  if (others.length === 0) return { path: first, remove: nothing };
  await checkSidecars(paths);
  const folder = mkdtempSync(join(temporary(), 'beside-'));
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

/** Throws an InspectError where one is no regular file, or where there are too many, or two manifest stores. */
export async function checkSidecars(paths: readonly string[]): Promise<void> {
  if (paths.length > MOST_SIDECARS) throw tooMany();
  const kinds: SidecarKind[] = [];
  for (const path of paths) {
    await besideState('error.sidecar', path);
    kinds.push(await kindOf(path));
  }
  const stores = kinds.filter((kind) => kind === 'store').length;
  if (stores > 1) throw new InspectError('bad-sidecars', said('error.sidecars.twoStores'));
  if (kinds.length - stores > limits.xmpSidecars) throw tooMany();
}

const tooMany = () =>
  new InspectError('bad-sidecars', said('error.sidecars.tooMany', { most: limits.xmpSidecars }));

/** Said before anything is read: the file is fine, and what was named beside it is what is not. */
export function besideState(id: 'error.sidecar' | 'error.init', path: string): Promise<FileState> {
  return fileState(path).catch((error: unknown) => {
    if (error instanceof InspectError) throw new InspectError(error.code, said(id, { why: error.said }));
    throw error;
  });
}

/** It may have become another since it was looked at. */
async function opened(path: string) {
  const found = await openSidecar(path);
  if ('code' in found)
    throw new InspectError('not-readable', said('error.sidecar', { why: said('error.not-readable') }));
  return found;
}

async function kindOf(path: string): Promise<SidecarKind> {
  const { file, bytes } = await opened(path);
  try {
    const head = Buffer.alloc(Math.min(SIDECAR_HEAD_BYTES, bytes));
    const { bytesRead } = await file.read(head, 0, head.length, 0);
    return sidecarKind(head.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}

const CHUNK_BYTES = 1024 ** 2;
/** One more than is read of any: what is longer is told as that. */
const MOST_BYTES = limits.sidecarBytes + 1;

/** As `sidecarsIn` reads them. */
export async function writeSidecars(paths: readonly string[], to: string): Promise<void> {
  const out = await open(to, 'wx', 0o600);
  try {
    const lengths: number[] = [];
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    for (const path of paths) {
      const { file } = await opened(path);
      let at = 0;
      try {
        while (at < MOST_BYTES) {
          const { bytesRead } = await file.read(chunk, 0, Math.min(chunk.length, MOST_BYTES - at), at);
          if (bytesRead === 0) break;
          await out.writeFile(chunk.subarray(0, bytesRead));
          at += bytesRead;
        }
      } finally {
        await file.close();
      }
      lengths.push(at);
    }
    await out.writeFile(sidecarTrailer(lengths));
  } finally {
    await out.close();
  }
}

let folder: string | undefined;
/** What a killed process left there is taken away when the next one begins. */
function temporary(): string {
  if (folder === undefined) {
    const own = ownFolder(tmpdir(), 'assay-sidecars');
    process.once('exit', () => rmSync(own, { recursive: true, force: true }));
    folder = own;
  }
  return folder;
}

import { readlinkSync } from 'node:fs';
import { type FileStamp, inspectErrorFor } from '../files/file-check.js';
import type { ReadingProcess } from '../process/reading-process.js';
import type { IsolationLimits } from '../protocol/isolation-limits.js';
import type { TenantKey } from '../protocol/tenant.js';
import { companionPaths, type JobPaths, type VisiblePaths } from '../sandbox/file-view.js';
import { isReadableByAll } from '../sandbox/readable-by-all.js';
import type { ProcessPool, ProcessSize } from './process-pool.js';

export interface AcquiredProcess {
  process: ReadingProcess;
  /** Files of the job, with the paths under which the process sees them. */
  seen: VisiblePaths;
  /** See `Wanted`: the lists are still to be checked. */
  checksListsLater?: boolean | undefined;
}

export interface AcquireOptions {
  pool: ProcessPool;
  size: ProcessSize;
  files: JobPaths;
  state: FileStamp;
  bounds: IsolationLimits;
  /** Tenant of the files. If absent, all files belong to a single tenant. */
  tenant?: TenantKey | undefined;
  /** Uses a process that has read nothing and reads nothing else. */
  isExclusive?: boolean | undefined;
  checksListsLater?: boolean | undefined;
  /** Returns the remaining time of the file. */
  remainingMillis(): number;
  /** Called with the time a process took to become available, which does not count as the file's. */
  postpone(millis: number): void;
}

/** Errors that mean no room for a copy. The file is not at fault and can be shown in place. */
const NO_ROOM: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG', 'EROFS']);

/** Returns a process that sees the files, or `undefined` if none became available in time. Rejects with `InspectError`. */
export async function acquire(options: AcquireOptions): Promise<AcquiredProcess | undefined> {
  const {
    pool: stock,
    size,
    files,
    tenant: party,
    isExclusive: alone,
    checksListsLater: listsLater,
    remainingMillis: left,
  } = options;
  const own = needsOwnProcess(options);
  const asked = performance.now();
  const process = await stock.take(size, left(), {
    tenant: party,
    isExclusive: alone,
    checksListsLater: listsLater,
    ...(own && { files }),
  });
  options.postpone(performance.now() - asked);
  if (process === undefined) return undefined;
  try {
    const seen = await withTimeout(process.show(files), left());
    if (seen !== undefined) return { process, seen, checksListsLater: listsLater };
    // The folder of the process is still being written to.
    await process.kill();
  } catch (error) {
    stock.release(process, size);
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
    if (!NO_ROOM.has(code) || !canBeShown(options)) throw inspectErrorFor(code);
    const single = await stock.take(size, left(), { tenant: party, isExclusive: alone, files });
    return single && { process: single, seen: await single.show(files) };
  }
  stock.release(process, size);
  return undefined;
}

/** Shows the files to a process that still reads another one; `undefined` if that does not finish in time. */
export async function acquireNext(
  process: ReadingProcess,
  { files, remainingMillis: left }: Pick<AcquireOptions, 'files' | 'remainingMillis'>,
): Promise<AcquiredProcess | undefined> {
  try {
    const seen = await withTimeout(process.show(files), left());
    if (seen !== undefined) return { process, seen };
    // The folder of the process is still being written to.
    await process.kill();
    return undefined;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
    if (NO_ROOM.has(code)) return undefined;
    throw inspectErrorFor(code);
  }
}

type FilePlacement = Pick<AcquireOptions, 'pool' | 'files' | 'state' | 'bounds'>;

/** Returns whether these files get a process of their own that sees them in place. */
export const needsOwnProcess = (options: FilePlacement): boolean =>
  options.pool.fileAccess.isRestricted && isLarge(options) && canBeShown(options);

const isLarge = ({ state, bounds }: FilePlacement): boolean => state.size > BigInt(bounds.copiedAssetBytes);

/** If Assay runs as root, reading processes run as another user, so a file readable only by its owner has to be copied. */
function canBeShown({ pool: stock, files, state }: FilePlacement): boolean {
  if ([files.path, ...companionPaths(files)].some(isPathTooLong)) return false;
  const { hasOwnUser: ownUser, isInPlace: inPlace } = stock.fileAccess;
  if (!ownUser) return true;
  if (!inPlace) return (state.mode & 0o004n) !== 0n;
  return [files.path, ...companionPaths(files)].every(isReadableByAll);
}

/** It is reached by its open descriptor (core/media/plain-path.ts), and where it lies is longer than a sandbox takes. */
function isPathTooLong(path: string): boolean {
  if (!path.startsWith(`/proc/${process.pid}/fd/`)) return false;
  try {
    readlinkSync(path);
    return false;
  } catch {
    return true;
  }
}

/** Returns the result, or `undefined` if it is not available within `millis`. */
export async function withTimeout<T>(work: Promise<T> | undefined, millis: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), Math.max(0, millis));
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

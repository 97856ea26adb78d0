import { readlinkSync } from 'node:fs';
import { type FileState, inspectErrorFor } from './file-check.js';
import type { IsolationLimits } from './isolation-limits.js';
import type { Party } from './party.js';
import type { ProcessStock, Size } from './process-stock.js';
import { readableByAll } from './readable-by-all.js';
import type { ReadingProcess } from './reading-process.js';
import { besideOf, type Files, type Seen } from './view.js';

export interface Lent {
  process: ReadingProcess;
  /** The job's files by the paths under which that process sees them. */
  seen: Seen;
  /** As of `Wanted`: still to be looked at. */
  listsLater?: boolean | undefined;
}

export interface LendOptions {
  stock: ProcessStock;
  size: Size;
  files: Files;
  state: FileState;
  bounds: IsolationLimits;
  /** Whose files they are. Left out: of the one for whom all are read. */
  party?: Party | undefined;
  /** By a process that has read nothing, and reads nothing else. */
  alone?: boolean | undefined;
  listsLater?: boolean | undefined;
  /** What is left of the file's time. */
  left(): number;
  /** Told how long a process took to be there, which is none of it. */
  postpone(millis: number): void;
}

/** No room for a copy: not the file's fault, and the file can be shown where it is. */
const NO_ROOM: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG', 'EROFS']);

/** A process that sees the files, or undefined when none was in time. Rejects with an InspectError. */
export async function lend(options: LendOptions): Promise<Lent | undefined> {
  const { stock, size, files, party, alone, listsLater, left } = options;
  const own = seesItsOwn(options);
  const asked = performance.now();
  const process = await stock.take(size, left(), { party, alone, listsLater, ...(own && { files }) });
  options.postpone(performance.now() - asked);
  if (process === undefined) return undefined;
  try {
    const seen = await inTime(process.show(files), left());
    if (seen !== undefined) return { process, seen, listsLater };
    // Its folder is still being written to.
    await process.kill();
  } catch (error) {
    stock.giveBack(process, size);
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
    if (!NO_ROOM.has(code) || !canBeShown(options)) throw inspectErrorFor(code);
    const single = await stock.take(size, left(), { party, alone, files });
    return single && { process: single, seen: await single.show(files) };
  }
  stock.giveBack(process, size);
  return undefined;
}

/** The files shown to a process that reads another one meanwhile; undefined where they cannot be there in time. */
export async function lendNext(
  process: ReadingProcess,
  { files, left }: Pick<LendOptions, 'files' | 'left'>,
): Promise<Lent | undefined> {
  try {
    const seen = await inTime(process.show(files), left());
    if (seen !== undefined) return { process, seen };
    // Its folder is still being written to.
    await process.kill();
    return undefined;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
    if (NO_ROOM.has(code)) return undefined;
    throw inspectErrorFor(code);
  }
}

type OfFile = Pick<LendOptions, 'stock' | 'files' | 'state' | 'bounds'>;

/** Whether these files get a process of their own that sees them where they are. */
export const seesItsOwn = (options: OfFile): boolean =>
  options.stock.giving.shows && isLarge(options) && canBeShown(options);

const isLarge = ({ state, bounds }: OfFile): boolean => state.size > BigInt(bounds.copiedAssetBytes);

/** Under root, reading processes are nobody: what only its owner may read can but be copied. */
function canBeShown({ stock, files, state }: OfFile): boolean {
  if ([files.path, ...besideOf(files)].some(liesTooDeep)) return false;
  const { ownUser, inPlace } = stock.giving;
  if (!ownUser) return true;
  if (!inPlace) return (state.mode & 0o004n) !== 0n;
  return [files.path, ...besideOf(files)].every(readableByAll);
}

/** It is reached by its open descriptor (media/reach.ts), and where it lies is longer than a sandbox takes. */
function liesTooDeep(path: string): boolean {
  if (!path.startsWith(`/proc/${process.pid}/fd/`)) return false;
  try {
    readlinkSync(path);
    return false;
  } catch {
    return true;
  }
}

/** Undefined where it was not there by then. */
export async function inTime<T>(work: Promise<T> | undefined, millis: number): Promise<T | undefined> {
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

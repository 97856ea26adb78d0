import {
  closeSync,
  constants,
  fsyncSync,
  ftruncateSync,
  openSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { message } from '../../i18n/message.js';
import { compressionOfBytes } from '../lines/compressed.js';
import {
  type DeltaJournal,
  deadLine,
  deltaPath,
  isDeadLine,
  liveLineTest,
  MIN_DEAD_LENGTH,
  parseDeltaLine,
  readDelta,
} from '../lines/delta.js';
import { readLines } from '../lines/lines.js';
import { readScanId } from '../lines/live-lines.js';
import { ResultsError } from '../lines/results-error.js';
import { lockResults } from './lock.js';
import { ResultsIndex } from './state.js';

/** Called between two steps; tests use it to inspect what a killed process leaves. */
export type OnStep = (step: string) => void;

/** Result of a merge. */
export interface MergeResult {
  /** Bytes of the results. */
  bytes: number;
  /** Bytes of the lines superseded by this merge. */
  dead: number;
}

/** Called with the new position of a journal line; offsets in bytes. */
export type OnMoved = (from: number, to: number, length: number) => void;

/**
 * Merges a journal into its results: new lines are appended, superseded ones are overwritten in place. It can be
 * interrupted at any point and repeated, because the journal is deleted last and no position depends on how far an
 * earlier attempt came. The caller holds the lock, and the journal ends with its merge line.
 */
export async function mergeJournal(
  out: string,
  delta: DeltaJournal,
  { onStep = noop, onMoved = noop }: { onStep?: OnStep; onMoved?: OnMoved } = {},
): Promise<MergeResult> {
  const file = openSync(out, 'r+');
  let bytes = delta.base;
  let dead = 0;
  try {
    checkPositions(file, out, delta);
    onStep('merge: looked');
    ftruncateSync(file, delta.base);
    onStep('merge: cut');
    const isLive = liveLineTest(delta.delta);
    const gathered = new LineBuffer(file, delta.base);
    for await (const { text, offset } of readLines(delta.path, delta.begin, delta.bytes)) {
      if (parseDeltaLine(text).is !== 'other' || !isLive(offset)) continue;
      const added = gathered.add(`${text}\n`);
      onMoved(offset, bytes, added - 1);
      bytes += added;
      onStep('merge: a line added');
    }
    gathered.write();
    onStep('merge: all added');
    fsyncSync(file);
    onStep('merge: added for good');
    for (const [at, offset] of delta.results.offsets.entries()) {
      const length = delta.results.lengths[at] ?? 0;
      writeAll(file, deadLine(length), offset);
      dead += length + 1;
      onStep('merge: a line written over');
    }
    fsyncSync(file);
    onStep('merge: written over for good');
  } finally {
    closeSync(file);
  }
  rmSync(delta.path);
  onStep('merge: journal gone');
  syncFolder(out);
  return { bytes, dead };
}

/** Verifies before anything is overwritten that each position is a line of the results, whatever the journal contains. */
function checkPositions(file: number, path: string, { results, base }: DeltaJournal): void {
  const around = Buffer.alloc(1);
  const isEnd = (at: number) => at < 0 || (readSync(file, around, 0, 1, at) === 1 && around[0] === 10);
  for (const [at, offset] of results.offsets.entries()) {
    const length = results.lengths[at] ?? 0;
    const isLine = length >= MIN_DEAD_LENGTH && offset + length < base;
    if (!isLine || !isEnd(offset - 1) || !isEnd(offset + length))
      throw new ResultsError(message('scan.results.damaged', { path, at: String(offset) }));
  }
}

const BUFFER_BYTES = 1024 ** 2;

/** Buffers lines to write them together. */
class LineBuffer {
  readonly #file: number;
  #at: number;
  #lines: Buffer[] = [];
  #bytes = 0;

  constructor(file: number, at: number) {
    this.#file = file;
    this.#at = at;
  }

  /** Adds a line; returns its bytes. */
  add(line: string): number {
    const bytes = Buffer.from(line);
    this.#lines.push(bytes);
    this.#bytes += bytes.length;
    if (this.#bytes >= BUFFER_BYTES) this.write();
    return bytes.length;
  }

  write(): void {
    writeAll(this.#file, Buffer.concat(this.#lines), this.#at);
    this.#at += this.#bytes;
    this.#lines = [];
    this.#bytes = 0;
  }
}

/**
 * Writes all bytes or throws; on a nearly full disk the system writes only a part and reports it by its return value
 * alone.
 */
export function writeAll(file: number, bytes: Buffer, at: number): void {
  for (let done = 0; done < bytes.length; )
    done += writeSync(file, bytes, done, bytes.length - done, at + done);
}

/** Syncs the folder, because new names survive a power failure only once the folder is written. */
export function syncFolder(path: string): void {
  let folder: number | undefined;
  try {
    folder = openSync(dirname(path), constants.O_RDONLY);
    fsyncSync(folder);
  } catch {
    // Some systems cannot open folders; they write names together with the file.
  } finally {
    if (folder !== undefined) closeSync(folder);
  }
}

/**
 * Completes the interrupted merge of an earlier run, and deletes unusable journals and unfinished copies. The caller
 * holds the lock and has not opened the results yet. Returns the journal of a run that was interrupted before its end.
 */
export async function completeMerge(out: string, onStep?: OnStep): Promise<DeltaJournal | undefined> {
  rmSync(compactOf(realpathSync(out)), { force: true });
  const scan = await readScanId(out);
  const delta = scan === undefined ? undefined : await readDelta(out, scan);
  if (delta?.isMerging) {
    await mergeJournal(out, delta, onStep === undefined ? {} : { onStep });
    return undefined;
  }
  if (delta === undefined) await deleteStaleJournal(deltaPath(out));
  return delta;
}

/** Deletes a journal of results that no longer exist. Throws `ResultsError` if another file has its name. */
async function deleteStaleJournal(path: string): Promise<void> {
  if (statSync(path, { throwIfNoEntry: false }) === undefined) return;
  for await (const { text } of readLines(path)) {
    if (parseDeltaLine(text).is === 'head') break;
    throw new ResultsError(message('scan.results.inTheWay', { path }));
  }
  rmSync(path);
}

const compactOf = (out: string): string => `${out}.compact`;

/** Bytes of results before and after compaction. */
export interface CompactionSizes {
  before: number;
  after: number;
}

/**
 * Rewrites results without superseded lines; the new file is renamed when it is complete. The caller holds the lock.
 * Positions change, so an existing index must be deleted.
 */
export async function compact(named: string, onStep: OnStep = noop): Promise<CompactionSizes> {
  // Through a symbolic link its target is rewritten, and the link remains.
  const out = realpathSync(named);
  const { size: before, mode } = statSync(out);
  const fresh = compactOf(out);
  const file = openSync(fresh, 'w', mode & 0o777);
  let after = 0;
  let seen = 0;
  try {
    const gathered = new LineBuffer(file, 0);
    for await (const { text, offset, length } of readLines(out)) {
      if (!isDeadLine(text)) after += gathered.add(`${text}\n`);
      seen = offset + length + 1;
    }
    // A last line without a line end would be lost.
    if (seen !== before)
      throw new ResultsError(message('scan.results.damaged', { path: out, at: String(seen) }));
    gathered.write();
    onStep('compact: written');
    fsyncSync(file);
  } catch (error) {
    rmSync(fresh, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
  onStep('compact: written for good');
  renameSync(fresh, out);
  onStep('compact: named');
  syncFolder(out);
  return { before, after };
}

/**
 * Compacts results on request: takes the lock and completes an interrupted merge. Throws the system's error if the file
 * does not exist, and `ResultsError` if it has no valid results, a scan is writing it, or an interrupted scan must be
 * continued first.
 */
export async function compactResults(out: string): Promise<CompactionSizes> {
  if (!statSync(out).isFile()) throw new ResultsError(message('scan.results.empty', { path: out }));
  if ((await compressionOfBytes(out)) !== undefined)
    throw new ResultsError(message('scan.packed.noResume', { path: out }));
  const lock = lockResults(out);
  try {
    if ((await readScanId(out)) === undefined)
      throw new ResultsError(message('scan.results.begin', { path: out }));
    const delta = await completeMerge(out);
    if (delta !== undefined)
      throw new ResultsError(message('scan.results.compactLater', { path: delta.path }));
    const compacted = await compact(out);
    ResultsIndex.remove(`${out}.state`);
    return compacted;
  } finally {
    lock.remove();
  }
}

const noop = (): void => undefined;

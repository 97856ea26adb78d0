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
import { said } from '../say/said.js';
import { packingOfBytes } from './compressed.js';
import {
  counts,
  type Delta,
  deadLine,
  deltaBeside,
  deltaLineOf,
  deltaOf,
  isDead,
  SHORTEST_DEAD,
} from './delta.js';
import { linesOf } from './lines.js';
import { scanIn } from './live.js';
import { lockResults } from './lock.js';
import { ResultsError } from './results.js';
import { State } from './state.js';

/** Called between two steps, for tests that look at what a kill there would leave. */
export type OnStep = (step: string) => void;

/** What a merge has come to. */
export interface Merged {
  /** Bytes of the results. */
  bytes: number;
  /** Of them, those that no longer count since this merge. */
  dead: number;
}

/** Where a line of the journal stands now; offsets in bytes. */
export type OnMoved = (from: number, to: number, length: number) => void;

/**
 * Takes what a journal holds into its results: what is new goes behind their end, what it takes the place of is written
 * over where it stands. Can be broken off anywhere and begun again, for the journal goes last, and neither a place nor a
 * byte depends on how far an earlier attempt came. To be called under the lock, with a journal that ends in its line for
 * the merge.
 */
export async function merge(
  out: string,
  delta: Delta,
  { onStep = nothing, onMoved = nothing }: { onStep?: OnStep; onMoved?: OnMoved } = {},
): Promise<Merged> {
  const file = openSync(out, 'r+');
  let bytes = delta.base;
  let dead = 0;
  try {
    checkPlaces(file, out, delta);
    onStep('merge: looked');
    ftruncateSync(file, delta.base);
    onStep('merge: cut');
    const stands = counts(delta.delta);
    const gathered = new Gathered(file, delta.base);
    for await (const { text, offset } of linesOf(delta.path, delta.begin, delta.bytes)) {
      if (deltaLineOf(text).is !== 'other' || !stands(offset)) continue;
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

/** Before anything is written over: each place is a line of the results, whatever wrote the journal. */
function checkPlaces(file: number, path: string, { results, base }: Delta): void {
  const around = Buffer.alloc(1);
  const isEnd = (at: number) => at < 0 || (readSync(file, around, 0, 1, at) === 1 && around[0] === 10);
  for (const [at, offset] of results.offsets.entries()) {
    const length = results.lengths[at] ?? 0;
    const isLine = length >= SHORTEST_DEAD && offset + length < base;
    if (!isLine || !isEnd(offset - 1) || !isEnd(offset + length))
      throw new ResultsError(said('scan.results.damaged', { path, at: String(offset) }));
  }
}

const GATHERED_BYTES = 1024 ** 2;

/** Lines that are written together. */
class Gathered {
  readonly #file: number;
  #at: number;
  #lines: Buffer[] = [];
  #bytes = 0;

  constructor(file: number, at: number) {
    this.#file = file;
    this.#at = at;
  }

  /** Gives its bytes. */
  add(line: string): number {
    const bytes = Buffer.from(line);
    this.#lines.push(bytes);
    this.#bytes += bytes.length;
    if (this.#bytes >= GATHERED_BYTES) this.write();
    return bytes.length;
  }

  write(): void {
    writeAll(this.#file, Buffer.concat(this.#lines), this.#at);
    this.#at += this.#bytes;
    this.#lines = [];
    this.#bytes = 0;
  }
}

/** All of it, or an error: a disk that is nearly full takes a part and says so by a number alone. */
export function writeAll(file: number, bytes: Buffer, at: number): void {
  for (let done = 0; done < bytes.length; )
    done += writeSync(file, bytes, done, bytes.length - done, at + done);
}

/** Names in a folder survive a power cut once the folder itself is written. */
export function syncFolder(path: string): void {
  let folder: number | undefined;
  try {
    folder = openSync(dirname(path), constants.O_RDONLY);
    fsyncSync(folder);
  } catch {
    // Not every system opens folders; those write names down with the file.
  } finally {
    if (folder !== undefined) closeSync(folder);
  }
}

/**
 * What a kill left of the merge of earlier runs is brought to its end, and what is left of a journal or a copy that says
 * nothing goes. To be called under the lock, before anything else is made of the results. Gives the journal of a run that
 * was broken off before its end.
 */
export async function settle(out: string, onStep?: OnStep): Promise<Delta | undefined> {
  rmSync(compactOf(realpathSync(out)), { force: true });
  const scan = await scanIn(out);
  const delta = scan === undefined ? undefined : await deltaBeside(out, scan);
  if (delta?.isMerging) {
    await merge(out, delta, onStep === undefined ? {} : { onStep });
    return undefined;
  }
  if (delta === undefined) await dropForeign(deltaOf(out));
  return delta;
}

/** A journal that was written for results of which nothing is left. Anything else by that name stays, and stops us. */
async function dropForeign(path: string): Promise<void> {
  if (statSync(path, { throwIfNoEntry: false }) === undefined) return;
  for await (const { text } of linesOf(path)) {
    if (deltaLineOf(text).is === 'head') break;
    throw new ResultsError(said('scan.results.inTheWay', { path }));
  }
  rmSync(path);
}

const compactOf = (out: string): string => `${out}.compact`;

/** Bytes of results before they were compacted, and after. */
export interface Compacted {
  before: number;
  after: number;
}

/**
 * Writes results anew without the lines that no longer count; they have their name only once they are whole. To be called
 * under the lock. Places in them are others then: an index of them is to be thrown away.
 */
export async function compact(named: string, onStep: OnStep = nothing): Promise<Compacted> {
  // What a link leads to is written anew, and the link stays.
  const out = realpathSync(named);
  const { size: before, mode } = statSync(out);
  const fresh = compactOf(out);
  const file = openSync(fresh, 'w', mode & 0o777);
  let after = 0;
  let seen = 0;
  try {
    const gathered = new Gathered(file, 0);
    for await (const { text, offset, length } of linesOf(out)) {
      if (!isDead(text)) after += gathered.add(`${text}\n`);
      seen = offset + length + 1;
    }
    // A last line without its end would be lost.
    if (seen !== before)
      throw new ResultsError(said('scan.results.damaged', { path: out, at: String(seen) }));
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
 * `compact`, asked by name: takes the lock, and ends what a kill left. Throws the system's error where nothing is there, and
 * a ResultsError for what is no results file, while a scan writes to it, and where an interrupted one is to be gone on with
 * first.
 */
export async function compactResults(out: string): Promise<Compacted> {
  if (!statSync(out).isFile()) throw new ResultsError(said('scan.results.empty', { path: out }));
  if ((await packingOfBytes(out)) !== undefined)
    throw new ResultsError(said('scan.packed.noResume', { path: out }));
  const lock = lockResults(out);
  try {
    if ((await scanIn(out)) === undefined) throw new ResultsError(said('scan.results.begin', { path: out }));
    const delta = await settle(out);
    if (delta !== undefined) throw new ResultsError(said('scan.results.compactLater', { path: delta.path }));
    const compacted = await compact(out);
    State.remove(`${out}.state`);
    return compacted;
  } finally {
    lock.remove();
  }
}

const nothing = (): void => undefined;

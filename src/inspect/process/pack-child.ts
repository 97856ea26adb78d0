import { readSync } from 'node:fs';
import { Asset } from '../../core/media/asset.js';
import type { ReadingStep } from '../../core/report/analyze-options.js';
import type { Observation } from '../../core/report/report.js';
import { DEFERRED_DIGEST_PROMISE } from '../files/deferred-digest.js';
import { isolationLimits } from '../protocol/isolation-limits.js';
import { LANES, PROGRESS_FD, ProgressWriter } from '../protocol/progress-file.js';
import { PACK_FD, type PackItem, type PackTask, type ReaderMessage } from '../protocol/protocol.js';
import type { RecordMaker } from '../protocol/record-maker.js';

/** Maximum time for which an answer is held back to be written together with others. */
const MAX_HOLD_MILLIS = 50;
/** Maximum characters held back. */
const MAX_HELD_CHARACTERS = 256 * 1024;

const formatLine = (message: ReaderMessage): string => `${JSON.stringify(message)}\n`;

export interface PackReaderParts {
  /** Reads one file. Rejects with an unexpected error. */
  observe(asset: Asset, task: PackTask, onStep: (step: ReadingStep) => void): Promise<Observation>;
  recordMaker(): Promise<RecordMaker>;
  /** Writes lines, each with its line end. */
  write(lines: string): void;
}

interface Item {
  pack: OpenPack;
  number: number;
  item: PackItem;
}

interface OpenPack {
  task: PackTask;
  bytes: Buffer;
  left: number;
}

/**
 * Reads packs in the reading process. Two files are read at once: while an engine computes on its own thread, the other
 * file uses this thread.
 */
export class PackReader {
  readonly #parts: PackReaderParts;
  readonly #queue: Item[] = [];
  readonly #idle = Array.from({ length: LANES }, (_, lane) => new ProgressWriter(PROGRESS_FD, lane));
  /** Memory of packs, by position; reused, since new memory for each pack would keep the garbage collector busy. */
  readonly #memory = new Map<number, Buffer>();
  #held: string[] = [];
  #heldCharacters = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: PackReaderParts) {
    this.#parts = parts;
  }

  take(task: PackTask): void {
    const pack = { task, bytes: this.#read(task), left: task.items.length };
    for (const [at, item] of task.items.entries()) this.#queue.push({ pack, number: task.pack + at, item });
    for (const slate of this.#idle.splice(0)) void this.#run(slate);
  }

  #read({ place, bytes }: PackTask): Buffer {
    const before = this.#memory.get(place);
    const memory = before !== undefined && before.length >= bytes ? before : Buffer.allocUnsafeSlow(bytes);
    this.#memory.set(place, memory);
    for (let at = 0; at < bytes; ) {
      const read = readSync(PACK_FD, memory, at, bytes - at, place + at);
      if (read === 0) throw new Error('the pack is shorter than was said');
      at += read;
    }
    return memory.subarray(0, bytes);
  }

  async #run(slate: ProgressWriter): Promise<void> {
    for (let one = this.#queue.shift(); one !== undefined; one = this.#queue.shift()) {
      const { pack } = one;
      const line = await this.#answer(one, slate);
      // Otherwise the lane begins the next file at once.
      if (this.#queue.length === 0) slate.rest();
      pack.left -= 1;
      this.#say(line, pack.left === 0);
    }
    this.#idle.push(slate);
  }

  async #answer({ pack: { task, bytes }, number, item }: Item, slate: ProgressWriter): Promise<string> {
    // A death in a pack is not attributed to a file or step; each file is then read alone.
    if (task.steps) slate.begin(number);
    else slate.beginCoarse(number);
    slate.record({ step: 'open', state: 'start' });
    try {
      const content = bytes.subarray(item.at, item.at + item.bytes);
      const asset = await Asset.fromBytes(content, undefined, DEFERRED_DIGEST_PROMISE);
      slate.record({ step: 'open', state: 'end', continuesAtOnce: true });
      const observed = await this.#parts.observe(asset, task, (step) => slate.record(step));
      const steps = task.steps ? slate.ended() : [];
      const record = item.whole ? undefined : (await this.#parts.recordMaker())(observed, item.declared);
      const line = record === undefined ? '' : formatLine({ task: number, record, steps });
      const fits = record !== undefined && line.length <= isolationLimits.packRecordCharacters;
      return fits ? line : formatLine({ task: number, report: observed, steps });
    } catch {
      return formatLine({ task: number, error: { phase: 'exception', code: 'UNKNOWN' } });
    }
  }

  #say(line: string, isLast: boolean): void {
    this.#held.push(line);
    this.#heldCharacters += line.length;
    if (isLast || this.#heldCharacters > MAX_HELD_CHARACTERS) this.#flush();
    else this.#timer ??= setTimeout(() => this.#flush(), MAX_HOLD_MILLIS);
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#parts.write(this.#held.join(''));
    this.#held = [];
    this.#heldCharacters = 0;
  }
}

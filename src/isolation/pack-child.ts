import { readSync } from 'node:fs';
import { Asset } from '../core/media/asset.js';
import type { Step } from '../core/report/analyze-options.js';
import type { Observation } from '../core/report/report.js';
import { DIGEST_UNTOLD } from './digest-untold.js';
import { isolationLimits } from './isolation-limits.js';
import { type Message, PACK_FD, type PackItem, type PackTask } from './protocol.js';
import type { RecordMaker } from './record-maker.js';
import { LANES, SLATE_FD, SlateWriter } from './step-slate.js';

/** Answers are written together, but none waits for longer than this. */
const HELD_MILLIS = 50;
/** And no more than so many characters of them. */
const HELD_CHARACTERS = 256 * 1024;

const lineOf = (message: Message): string => `${JSON.stringify(message)}\n`;

export interface PackReaderParts {
  /** Reads one of them. Rejects with what nobody expected. */
  observe(asset: Asset, task: PackTask, onStep: (step: Step) => void): Promise<Observation>;
  recordMaker(): Promise<RecordMaker>;
  /** Lines, each with its end. */
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
 * The reading process's side of packs. Two files are read at once: while an engine computes on a thread of its own, the
 * other one has this thread.
 */
export class PackReader {
  readonly #parts: PackReaderParts;
  readonly #queue: Item[] = [];
  readonly #idle = Array.from({ length: LANES }, (_, lane) => new SlateWriter(SLATE_FD, lane));
  /** What packs stand in, by their place: kept, since memory of its own for each would keep the collector busy. */
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

  async #run(slate: SlateWriter): Promise<void> {
    for (let one = this.#queue.shift(); one !== undefined; one = this.#queue.shift()) {
      const { pack } = one;
      const line = await this.#answer(one, slate);
      // Otherwise the next one is begun on it at once.
      if (this.#queue.length === 0) slate.rest();
      pack.left -= 1;
      this.#say(line, pack.left === 0);
    }
    this.#idle.push(slate);
  }

  async #answer({ pack: { task, bytes }, number, item }: Item, slate: SlateWriter): Promise<string> {
    // A death in a pack is put down to no file and no step: each is read alone then.
    if (task.steps) slate.begin(number);
    else slate.beginCoarse(number);
    slate.take({ step: 'open', state: 'start' });
    try {
      const content = bytes.subarray(item.at, item.at + item.bytes);
      const asset = await Asset.ofBytes(content, undefined, DIGEST_UNTOLD);
      slate.take({ step: 'open', state: 'end', goesOn: true });
      const observed = await this.#parts.observe(asset, task, (step) => slate.take(step));
      const steps = task.steps ? slate.ended() : [];
      const record = item.whole ? undefined : (await this.#parts.recordMaker())(observed, item.declared);
      const line = record === undefined ? '' : lineOf({ task: number, record, steps });
      const fits = record !== undefined && line.length <= isolationLimits.packRecordCharacters;
      return fits ? line : lineOf({ task: number, report: observed, steps });
    } catch {
      return lineOf({ task: number, error: { phase: 'exception', code: 'UNKNOWN' } });
    }
  }

  #say(line: string, isLast: boolean): void {
    this.#held.push(line);
    this.#heldCharacters += line.length;
    if (isLast || this.#heldCharacters > HELD_CHARACTERS) this.#flush();
    else this.#timer ??= setTimeout(() => this.#flush(), HELD_MILLIS);
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#parts.write(this.#held.join(''));
    this.#held = [];
    this.#heldCharacters = 0;
  }
}

import { closeSync, readSync, writeSync } from 'node:fs';
import { ENGINE_NAMES } from '../core/c2pa/engine-names.js';
import type { Step } from '../core/report/analyze-options.js';
import { namelessFile } from './nameless-file.js';
import { type NamedStep, STEPS } from './steps.js';

/**
 * Where a reading process writes which steps it is in, and its parent looks when it wants to know: a file without a
 * name, written over each time. A message would wake the parent some forty times a file, for what it only asks when a
 * process has died or is late. What is written is there once the call returns: a step that kills the process in the
 * next instant has been told.
 */
export const SLATE_FD = 5;

/** At most so many at once are told; a file is in one of them at a time. */
const MOST_OPEN = 8;

/**
 * Little-endian. Task (u32), number of open steps (u32); then for each, in the order they began: step (u8, in
 * STEPS), engine (u8, 1 + in ENGINE_NAMES, 0 for none), six bytes unused, begin (f64): milliseconds of the machine's
 * monotonic clock.
 */
const HEAD_BYTES = 8;
/** Files of a pack that are read at once: each has a place of its own on the slate. */
export const LANES = 2;
const ENTRY_BYTES = 16;
/** A thousandth of the shortest time that a step may take. */
const COARSE_MILLIS = 5;
const BYTES = HEAD_BYTES + MOST_OPEN * ENTRY_BYTES;

export interface OpenStep {
  step: Step;
  begunAt: number;
}

export interface EndedStep extends NamedStep {
  millis: number;
}

/** Milliseconds of a clock that parent and child have in common. */
export const clockMillis = (): number => Number(process.hrtime.bigint()) / 1e6;

/** The reading process's side. */
export class SlateWriter {
  readonly #fd: number;
  readonly #at: number;
  readonly #bytes = Buffer.alloc(BYTES);
  #open: (NamedStep & { begunAt: number })[] = [];
  #ended: EndedStep[] = [];
  #isCoarse = false;
  /** When it was written to last, by both clocks; of what is not on it yet nothing is known there. */
  #written = { at: 0, date: 0 };

  /** `lane`: its place, where several files are read at once. */
  constructor(fd: number, lane = 0) {
    this.#fd = fd;
    this.#at = lane * BYTES;
  }

  /** Told with its first step. */
  begin(task: number): void {
    this.#begin(task, false);
  }

  /** Nothing is read. */
  rest(): void {
    this.#begin(0, false);
    this.#write();
  }

  /**
   * The same for a file of which nobody asks in which step it died, only whether one takes too long: a step that begins
   * within `COARSE_MILLIS` after the last that was written stands for it, and none is written for its end. Forty writes a
   * file take a twelfth of the time that a small one is read in.
   */
  beginCoarse(task: number): void {
    this.#begin(task, true);
    this.#written.date = 0;
  }

  #begin(task: number, isCoarse: boolean): void {
    this.#isCoarse = isCoarse;
    this.#open = [];
    this.#ended = [];
    this.#bytes.writeUInt32LE(task, 0);
  }

  take(one: Step): void {
    if (this.#isCoarse) {
      this.#takeCoarse(one);
      return;
    }
    const { step, engine, state, goesOn } = one;
    const now = clockMillis();
    const at = this.#open.findIndex((open) => open.step === step);
    const [before] = at === -1 ? [] : this.#open.splice(at, 1);
    if (state === 'start') this.#open.push({ step, begunAt: now, ...(engine && { engine }) });
    else if (before !== undefined)
      this.#ended.push({ step, engine: before.engine, millis: now - before.begunAt });
    // The begin of the next tells both: a system call takes as long as many a reader.
    if (goesOn !== true) this.#write();
  }

  #takeCoarse({ step, engine, state }: Step): void {
    let at = this.#open.length - 1;
    while (at >= 0 && this.#open[at]?.step !== step) at -= 1;
    if (at >= 0) this.#open.splice(at, 1);
    if (state === 'end') return;
    // Another clock than that of the slate, and asked in a tenth of the time; set back or forward, it only has more written.
    const date = Date.now();
    const isNear = Math.abs(date - this.#written.date) < COARSE_MILLIS;
    if (!isNear) this.#written = { at: clockMillis(), date };
    this.#open.push({ step, engine, begunAt: this.#written.at });
    if (!isNear) this.#write();
  }

  /** What has ended since the task began. */
  ended(): EndedStep[] {
    return this.#ended;
  }

  #write(): void {
    const count = Math.min(this.#open.length, MOST_OPEN);
    this.#bytes.writeUInt32LE(count, 4);
    for (let i = 0; i < count; i++) {
      const open = this.#open[i];
      if (open === undefined) break;
      const at = HEAD_BYTES + i * ENTRY_BYTES;
      this.#bytes.writeUInt8(STEPS.indexOf(open.step), at);
      this.#bytes.writeUInt8(open.engine === undefined ? 0 : 1 + ENGINE_NAMES.indexOf(open.engine), at + 1);
      this.#bytes.writeDoubleLE(open.begunAt, at + 8);
    }
    writeSync(this.#fd, this.#bytes, 0, HEAD_BYTES + count * ENTRY_BYTES, this.#at);
  }
}

/** The parent's side. Whatever stands there was written by a process that has read hostile bytes. */
export class Slate {
  /** Undefined where this machine has no place for a file: deaths are then put down to no step. */
  readonly fd: number | undefined;
  readonly #bytes = Buffer.alloc(BYTES);
  #closed = false;

  constructor() {
    this.fd = namelessFile('slate');
  }

  /** Undefined where nothing can be read there of this task, or of one of so `many` from it on. */
  look(task: number, lane = 0, many = 1): OpenStep[] | undefined {
    if (this.fd === undefined || this.#closed) return undefined;
    const bytes = this.#bytes.subarray(0, readSync(this.fd, this.#bytes, 0, BYTES, lane * BYTES));
    if (bytes.length < HEAD_BYTES) return undefined;
    const at = bytes.readUInt32LE(0);
    if (at < task || at >= task + many) return undefined;
    const count = bytes.readUInt32LE(4);
    if (count > MOST_OPEN || bytes.length < HEAD_BYTES + count * ENTRY_BYTES) return undefined;
    const open: OpenStep[] = [];
    for (let i = 0; i < count; i++) {
      const at = HEAD_BYTES + i * ENTRY_BYTES;
      const step = STEPS[bytes.readUInt8(at)];
      const engine = ENGINE_NAMES[bytes.readUInt8(at + 1) - 1];
      if (step === undefined) return undefined;
      open.push({
        step: { step, state: 'start', ...(engine && { engine }) },
        begunAt: bytes.readDoubleLE(at + 8),
      });
    }
    return open;
  }

  close(): void {
    if (this.#closed || this.fd === undefined) return;
    this.#closed = true;
    closeSync(this.fd);
  }
}

import { closeSync, readSync, writeSync } from 'node:fs';
import { openUnlinkedFile } from '../../base/files/anonymous-file.js';
import { ENGINE_NAMES } from '../../core/c2pa/engine-names.js';
import type { ReadingStep } from '../../core/report/analyze-options.js';
import { type NamedStep, STEPS } from './steps.js';

/**
 * Descriptor of the progress file: an unlinked file in which a reading process overwrites its current steps and which
 * its parent reads when it needs them. Messages would wake the parent some forty times per file for data it needs only
 * after a death or a delay. The data is complete once the write returns, even if the step kills the process in the next
 * instant.
 */
export const PROGRESS_FD = 5;

/** Maximum number of open steps recorded; a file is in one of them at a time. */
const MAX_OPEN_STEPS = 8;

/**
 * Layout, little-endian: task (u32), number of open steps (u32); then for each in order of beginning: step (u8, index
 * in STEPS), engine (u8, 1 + index in ENGINE_NAMES, 0 for none), six unused bytes, begin (f64): milliseconds of the
 * machine's monotonic clock.
 */
const HEAD_BYTES = 8;
/** Files of a pack that are read at once; each has its own region of the file. */
export const LANES = 2;
const ENTRY_BYTES = 16;
/** One thousandth of the shortest time limit of a step. */
const COARSE_MILLIS = 5;
const BYTES = HEAD_BYTES + MAX_OPEN_STEPS * ENTRY_BYTES;

export interface OpenStep {
  step: ReadingStep;
  begunAt: number;
}

export interface EndedStep extends NamedStep {
  millis: number;
}

/** Returns milliseconds of a clock that parent and child share. */
export const clockMillis = (): number => Number(process.hrtime.bigint()) / 1e6;

/** Writer in the reading process. */
export class ProgressWriter {
  readonly #fd: number;
  readonly #at: number;
  readonly #bytes = Buffer.alloc(BYTES);
  #open: (NamedStep & { begunAt: number })[] = [];
  #ended: EndedStep[] = [];
  #isCoarse = false;
  /** Time of the last write, by both clocks. */
  #written = { at: 0, date: 0 };

  /** `lane`: region to use if several files are read at once. */
  constructor(fd: number, lane = 0) {
    this.#fd = fd;
    this.#at = lane * BYTES;
  }

  /** Begins a task; written together with its first step. */
  begin(task: number): void {
    this.#begin(task, false);
  }

  /** Records that nothing is being read. */
  rest(): void {
    this.#begin(0, false);
    this.#write();
  }

  /**
   * Begins a file for which only slow steps matter, not the step of a death: a step that begins within `COARSE_MILLIS`
   * after the last written one is not written, nor is any end. Forty writes per file take a twelfth of the time needed
   * to read a small one.
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

  record(one: ReadingStep): void {
    if (this.#isCoarse) {
      this.#takeCoarse(one);
      return;
    }
    const { step, engine, state, continuesAtOnce: goesOn } = one;
    const now = clockMillis();
    const at = this.#open.findIndex((open) => open.step === step);
    const [before] = at === -1 ? [] : this.#open.splice(at, 1);
    if (state === 'start') this.#open.push({ step, begunAt: now, ...(engine && { engine }) });
    else if (before !== undefined)
      this.#ended.push({ step, engine: before.engine, millis: now - before.begunAt });
    // The begin of the next step implies this end: a system call takes as long as many a reader.
    if (goesOn !== true) this.#write();
  }

  #takeCoarse({ step, engine, state }: ReadingStep): void {
    let at = this.#open.length - 1;
    while (at >= 0 && this.#open[at]?.step !== step) at -= 1;
    if (at >= 0) this.#open.splice(at, 1);
    if (state === 'end') return;
    // Uses another clock that takes a tenth of the time; if it is adjusted, more steps are written.
    const date = Date.now();
    const isNear = Math.abs(date - this.#written.date) < COARSE_MILLIS;
    if (!isNear) this.#written = { at: clockMillis(), date };
    this.#open.push({ step, engine, begunAt: this.#written.at });
    if (!isNear) this.#write();
  }

  /** Returns the steps that have ended since the task began. */
  ended(): EndedStep[] {
    return this.#ended;
  }

  #write(): void {
    const count = Math.min(this.#open.length, MAX_OPEN_STEPS);
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

/** Reader in the parent. The content was written by a process that has read hostile bytes. */
export class ProgressFile {
  /** `undefined` if this machine has no folder for such a file: deaths are then attributed to no step. */
  readonly fd: number | undefined;
  readonly #bytes = Buffer.alloc(BYTES);
  #closed = false;

  constructor() {
    this.fd = openUnlinkedFile('slate');
  }

  /** Returns the open steps; `undefined` if the file has none for this task or the `many` tasks that start with it. */
  readOpenSteps(task: number, lane = 0, many = 1): OpenStep[] | undefined {
    if (this.fd === undefined || this.#closed) return undefined;
    const bytes = this.#bytes.subarray(0, readSync(this.fd, this.#bytes, 0, BYTES, lane * BYTES));
    if (bytes.length < HEAD_BYTES) return undefined;
    const at = bytes.readUInt32LE(0);
    if (at < task || at >= task + many) return undefined;
    const count = bytes.readUInt32LE(4);
    if (count > MAX_OPEN_STEPS || bytes.length < HEAD_BYTES + count * ENTRY_BYTES) return undefined;
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

import { setTimeout as delay } from 'node:timers/promises';
import type { Confinement } from './confinement.js';
import { InspectError } from './inspector.js';
import type { IsolationLimits } from './isolation-limits.js';
import { ReadingProcess } from './reading-process.js';

export type Size = 'small' | 'large';

/** A broken installation fails twice alike; a machine short of processes may have one to spare a moment later. */
const START_ATTEMPTS = 2;

/** Keeps reading processes for reuse, by the memory they may have. */
export class ProcessStock {
  readonly #entry: string;
  readonly #bounds: IsolationLimits;
  readonly #confinement: Confinement;
  readonly #idle: Record<Size, ReadingProcess[]> = { small: [], large: [] };
  readonly #all = new Set<ReadingProcess>();
  #closed = false;

  constructor(
    entry: string,
    bounds: IsolationLimits,
    confinement: Confinement,
    readonly trustDir?: string,
  ) {
    this.#entry = entry;
    this.#confinement = confinement;
    this.#bounds = bounds;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** A process that is ready, or undefined when none was by then. Rejects with an InspectError. */
  async take(size: Size, withinMillis: number): Promise<ReadingProcess | undefined> {
    const taking = this.#take(size);
    const late = new AbortController();
    const tooLate = delay(withinMillis, undefined, { signal: late.signal }).catch(() => undefined);
    const process = await Promise.race([taking, tooLate]).finally(() => late.abort());
    if (process === undefined) {
      taking.then(
        (ready) => this.giveBack(ready, size),
        () => {},
      );
    }
    return process;
  }

  async #take(size: Size): Promise<ReadingProcess> {
    for (let failures = 0; ; ) {
      if (this.#closed) throw stopped();
      const idle = this.#idle[size].pop();
      if (idle?.alive) return idle;
      if (idle !== undefined) continue;
      try {
        return await this.#start(size);
      } catch (error) {
        if (this.#closed) throw stopped();
        if (this.#confinement.fallBack()) continue;
        failures += 1;
        if (failures >= START_ATTEMPTS) {
          throw new InspectError('internal', 'no reading process could be started', { cause: error });
        }
      }
    }
  }

  /** Keeps it for the next file, unless it is worn. */
  giveBack(process: ReadingProcess, size: Size): void {
    if (this.#closed || !process.alive || process.filesTaken >= this.#bounds.filesPerProcess) {
      this.#retire(process);
      return;
    }
    this.#idle[size].push(process);
    process.onceIdle(this.#bounds.idleMillis, () => {
      this.#idle[size] = this.#idle[size].filter((other) => other !== process);
      this.#retire(process);
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#all].map((process) => process.kill()));
    this.#all.clear();
  }

  async #start(size: Size): Promise<ReadingProcess> {
    const memoryBytes =
      size === 'small' ? this.#bounds.smallProcessMemoryBytes : this.#bounds.largeProcessMemoryBytes;
    const process = new ReadingProcess(this.#entry, memoryBytes, this.#confinement, this.#bounds);
    this.#all.add(process);
    try {
      await process.ready;
    } catch (error) {
      this.#all.delete(process);
      throw error;
    }
    this.#confinement.prove();
    return process;
  }

  #retire(process: ReadingProcess): void {
    void process.kill().then(() => this.#all.delete(process));
  }
}

export function stopped(): InspectError {
  return new InspectError('internal', 'the inspection was stopped');
}

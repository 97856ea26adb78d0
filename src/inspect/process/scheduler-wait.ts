import { openSync, readSync } from 'node:fs';

const NANOS_PER_MILLI = 1e6;
const text = Buffer.alloc(128);
/** `undefined` if the system provides no such file. */
let file: number | undefined | null = null;

/**
 * Returns the milliseconds since the process began in which its main thread was runnable but other processes had the
 * cores (`schedstat` on Linux). Such delays say nothing about the disk. Returns 0 if the system does not provide it.
 */
export function readWaitedMillis(): number {
  if (file === null) file = openSchedstat();
  if (file === undefined) return 0;
  try {
    const [, waited] = text.toString('latin1', 0, readSync(file, text, 0, text.length, 0)).split(' ');
    return Number(waited ?? 0) / NANOS_PER_MILLI || 0;
  } catch {
    return 0;
  }
}

function openSchedstat(): number | undefined {
  try {
    return openSync('/proc/self/schedstat', 'r');
  } catch {
    return undefined;
  }
}

/**
 * Measures durations without the time spent waiting for a core; queried only for long durations, since the query takes
 * time too.
 */
export class OwnTimeMeter {
  #waited = readWaitedMillis();

  /** Restarts the measurement; otherwise it continues from the last query. */
  begin(): void {
    this.#waited = readWaitedMillis();
  }

  withoutWait(millis: number): number {
    const before = this.#waited;
    this.begin();
    return Math.max(0, millis - (this.#waited - before));
  }
}

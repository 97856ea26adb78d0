import { openSync, readSync } from 'node:fs';

const NANOS_PER_MILLI = 1e6;
const text = Buffer.alloc(128);
/** Undefined where the system does not tell. */
let file: number | undefined | null = null;

/**
 * Milliseconds, since it began, for which this process's main thread was ready to go on and others had the cores
 * (`schedstat` of Linux): that something took long for that says nothing of its disk. 0 where the system does not tell.
 */
export function waitedMillis(): number {
  if (file === null) file = opened();
  if (file === undefined) return 0;
  try {
    const [, waited] = text.toString('latin1', 0, readSync(file, text, 0, text.length, 0)).split(' ');
    return Number(waited ?? 0) / NANOS_PER_MILLI || 0;
  } catch {
    return 0;
  }
}

function opened(): number | undefined {
  try {
    return openSync('/proc/self/schedstat', 'r');
  } catch {
    return undefined;
  }
}

/** What of some time was none of waiting for others; asked only where it is long, for the question takes time too. */
export class OwnTime {
  #waited = waitedMillis();

  /** From here on; else since it was last asked. */
  begin(): void {
    this.#waited = waitedMillis();
  }

  of(millis: number): number {
    const before = this.#waited;
    this.begin();
    return Math.max(0, millis - (this.#waited - before));
  }
}

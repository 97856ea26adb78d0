import { closeSync, openSync, readdirSync, readSync } from 'node:fs';

/**
 * Looks at the resident memory of a process and of all it has started, where the kernel does not limit it, or not all
 * of it. Linux only; elsewhere V8's own limit must do.
 */
export class MemoryWatch {
  readonly #timer: NodeJS.Timeout;

  constructor(pid: number, mostBytes: number, everyMillis: number, onTooMuch: () => void) {
    this.#timer = setInterval(() => {
      if (residentBytes(pid) > mostBytes) onTooMuch();
    }, everyMillis);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}

/** More than a sandbox lets start. */
const MOST_PROCESSES = 1_024;

/** Of a process and all it has started, together; 0 where it cannot be told. */
export function residentBytes(root: number): number {
  const waiting = [root];
  let bytes = 0;
  for (let seen = 0; seen < MOST_PROCESSES; seen += 1) {
    const pid = waiting.pop();
    if (pid === undefined) break;
    bytes += ownBytes(pid);
    waiting.push(...children(pid));
  }
  return bytes;
}

/** From `status`, which counts in kB, not from `statm`, which counts in pages of a size Node does not know. */
function ownBytes(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(textOf(`/proc/${pid}/status`))?.[1] ?? 0) * 1024;
}

/** Any thread may have started them. Kernels built without this list name none. */
function children(pid: number): number[] {
  const lists = threads(pid).map((thread) => textOf(`/proc/${pid}/task/${thread}/children`));
  return lists.flatMap((list) => list.split(' ').map(Number)).filter((child) => child > 0);
}

function threads(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

/** The kernel answers from memory, at once; a buffer for each of some hundred answers a second would be garbage. */
const answer = Buffer.alloc(16 * 1024);

/** Empty where there is none any more. */
function textOf(path: string): string {
  try {
    const file = openSync(path, 'r');
    try {
      return answer.toString('latin1', 0, readSync(file, answer, 0, answer.length, 0));
    } finally {
      closeSync(file);
    }
  } catch {
    return '';
  }
}

import { closeSync, openSync, readdirSync, readSync } from 'node:fs';

/**
 * Checks the resident memory of a process and its descendants if the kernel does not limit all of it. Linux only;
 * elsewhere V8's own limit has to suffice.
 */
export class MemoryWatcher {
  readonly #timer: NodeJS.Timeout;

  constructor(pid: number, mostBytes: number, everyMillis: number, onTooMuch: () => void) {
    this.#timer = setInterval(() => {
      if (readResidentBytes(pid) > mostBytes) onTooMuch();
    }, everyMillis);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}

/** More processes than a sandbox allows. */
const MAX_PROCESSES = 1_024;

/** Returns the resident bytes of a process and all its descendants; 0 if unknown. */
export function readResidentBytes(root: number): number {
  const waiting = [root];
  let bytes = 0;
  for (let seen = 0; seen < MAX_PROCESSES; seen += 1) {
    const pid = waiting.pop();
    if (pid === undefined) break;
    bytes += readOwnBytes(pid);
    waiting.push(...listChildren(pid));
  }
  return bytes;
}

/** Reads `status`, which counts in kB, instead of `statm`, which counts in pages of a size unknown to Node. */
function readOwnBytes(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readText(`/proc/${pid}/status`))?.[1] ?? 0) * 1024;
}

/** Any thread may have started children. Kernels built without this list show none. */
function listChildren(pid: number): number[] {
  const lists = listThreads(pid).map((thread) => readText(`/proc/${pid}/task/${thread}/children`));
  return lists.flatMap((list) => list.split(' ').map(Number)).filter((child) => child > 0);
}

function listThreads(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

/**
 * Shared buffer: the kernel answers from memory at once, and a new buffer for each of some hundred reads per second
 * would be garbage.
 */
const buffer = Buffer.alloc(16 * 1024);

/** Returns empty text if the process is gone. */
function readText(path: string): string {
  try {
    const file = openSync(path, 'r');
    try {
      return buffer.toString('latin1', 0, readSync(file, buffer, 0, buffer.length, 0));
    } finally {
      closeSync(file);
    }
  } catch {
    return '';
  }
}

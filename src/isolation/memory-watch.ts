import { readFile } from 'node:fs/promises';

/** Looks at a process's resident memory where the kernel does not limit it. Linux only; elsewhere V8's own limit must do. */
export class MemoryWatch {
  readonly #timer: NodeJS.Timeout;

  constructor(pid: number, mostBytes: number, everyMillis: number, onTooMuch: () => void) {
    const look = async () => {
      if ((await residentBytes(pid)) > mostBytes) onTooMuch();
    };
    this.#timer = setInterval(() => void look(), everyMillis);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}

/** From `status`, which counts in kB, not from `statm`, which counts in pages of a size Node does not know. */
async function residentBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'latin1').catch(() => '');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
}

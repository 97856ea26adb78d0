import type { ChildProcess } from 'node:child_process';
import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * Detects the end of a process: it has exited and its pipes are drained, so that its last message counts. A descendant
 * outside the group may hold the pipes open, and a process in a blocked system call survives SIGKILL: the wait for
 * either is limited by a grace period.
 */
export class ProcessEnd {
  readonly gone: Promise<void>;
  #onKilled: () => void = () => {};

  /** `onExit` is called immediately, while the process group still has its number. */
  constructor(child: ChildProcess, channel: Duplex, graceMillis: number, onExit: () => void) {
    const grace = () => delay(graceMillis, undefined, { ref: false });
    const exited = new Promise<void>((resolve) => {
      child.once('error', () => resolve());
      child.once('exit', () => {
        onExit();
        resolve();
      });
    });
    const readOut = Promise.all([
      new Promise<void>((resolve) => child.once('close', () => resolve())),
      new Promise<void>((resolve) => channel.once('close', resolve)),
    ]);
    const killed = new Promise<void>((resolve) => {
      this.#onKilled = resolve;
    });
    this.gone = Promise.race([exited.then(() => Promise.race([readOut, grace()])), killed.then(grace)]).then(
      () => {
        channel.destroy();
        child.stderr?.destroy();
        child.unref();
      },
    );
  }

  /** Starts the grace period. */
  killed(): void {
    this.#onKilled();
  }
}

import type { ChildProcess } from 'node:child_process';
import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * Knows when a process is gone: it has exited and its pipes are read out, so that its last message counts.
 * A descendant that left the group may hold the pipes open, and a process in a system call that is never answered
 * outlives SIGKILL: neither is waited for beyond a grace.
 */
export class ProcessEnd {
  readonly gone: Promise<void>;
  #onKilled: () => void = () => {};

  /** `onExit`: called at once, while the process group still bears the number. */
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

  /** From now on the grace runs. */
  killed(): void {
    this.#onKilled();
  }
}

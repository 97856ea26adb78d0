import type { ReusedAnswer } from './naming.js';
import type { SharedRequest } from './stored-answer.js';

/**
 * Detects equal files with the same request at the same time, for example in a batch: one is read, and the others wait
 * for its answer, whatever their names.
 */
export class EqualFileOrder {
  readonly #beingRead = new Map<string, Promise<unknown>>();

  /**
   * Waits for an equal file. `known`: the other's answer. If absent, this file is to be read, and equal ones wait until
   * `ended` is called; if it gives no answer, the next one is read.
   */
  async waitForDuplicate({ key, find }: SharedRequest): Promise<{ known?: ReusedAnswer; ended: () => void }> {
    for (;;) {
      const other = this.#beingRead.get(key);
      if (other === undefined) return { ended: this.#begin(key) };
      await other;
      const known = await find();
      if (known !== undefined) return { known, ended: () => {} };
    }
  }

  #begin(key: string): () => void {
    let ended = () => {};
    const reading = new Promise<void>((resolve) => {
      ended = resolve;
    });
    this.#beingRead.set(key, reading);
    return () => {
      this.#beingRead.delete(key);
      ended();
    };
  }
}

import type { SameQuestion } from './kept-answer.js';
import type { OwnAnswer } from './naming.js';

/** Equal files that are asked the same at the same moment, as a batch may hold them: one is read, the others wait for it, whatever they are called. */
export class EqualFiles {
  readonly #beingRead = new Map<string, Promise<unknown>>();

  /**
   * `known`: the answer of another. Left out: this one is to be read, and those that wait for it do so until `ended`
   * is called. Where it came to no answer, the next one is read.
   */
  async turn({ key, find }: SameQuestion): Promise<{ known?: OwnAnswer; ended: () => void }> {
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

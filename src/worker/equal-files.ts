import type { InspectionRecord } from '../store/inspections.js';
import type { SameQuestion } from './kept-answer.js';

/** Equal files that are asked the same at the same moment, as a batch may hold them: one is read, the others wait for it. */
export class EqualFiles {
  readonly #beingRead = new Map<string, Promise<unknown>>();

  /**
   * `known`: the answer of another. Left out: this one is to be read, and those that wait for it do so until `ended`
   * is called. Where it came to no answer, the next one is read.
   */
  async turn({ name, find }: SameQuestion): Promise<{ known?: InspectionRecord; ended: () => void }> {
    for (;;) {
      const other = this.#beingRead.get(name);
      if (other === undefined) return { ended: this.#begin(name) };
      await other;
      const known = await find();
      if (known !== undefined) return { known, ended: () => {} };
    }
  }

  #begin(name: string): () => void {
    let ended = () => {};
    const reading = new Promise<void>((resolve) => {
      ended = resolve;
    });
    this.#beingRead.set(name, reading);
    return () => {
      this.#beingRead.delete(name);
      ended();
    };
  }
}

import { type Said, said } from '../../../say/said.js';

/** Where what a file says of its parts differs from what stands there: counted by what says so. */
export class IndexNotes {
  readonly #nothing = new Map<string, number>();
  readonly #length = new Map<string, number>();

  /** It names a part, and none stands there. */
  nothing(index: string): void {
    add(this.#nothing, index);
  }

  /** It gives a part another length than it has. */
  length(index: string): void {
    add(this.#length, index);
  }

  said(): Said[] {
    return [
      ...[...this.#nothing].map(([index, count]) => said('note.partIndex.nothing', { index, count })),
      ...[...this.#length].map(([index, count]) => said('note.partIndex.length', { index, count })),
    ];
  }
}

const add = (counts: Map<string, number>, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);

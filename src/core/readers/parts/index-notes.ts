import { type Message, message } from '../../../i18n/message.js';

/** Counts the differences between declared and actual parts by source of the declaration. */
export class IndexNotes {
  readonly #nothing = new Map<string, number>();
  readonly #length = new Map<string, number>();

  /** Counts a declared part that does not exist. */
  addMissing(index: string): void {
    add(this.#nothing, index);
  }

  /** Counts a part whose declared length is wrong. */
  addWrongLength(index: string): void {
    add(this.#length, index);
  }

  messages(): Message[] {
    return [
      ...[...this.#nothing].map(([index, count]) => message('note.partIndex.nothing', { index, count })),
      ...[...this.#length].map(([index, count]) => message('note.partIndex.length', { index, count })),
    ];
  }
}

const add = (counts: Map<string, number>, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);

import type { ContainerTag, Read } from '../evidence.js';
import { cut } from '../json-shape.js';
import { limits } from '../limits.js';
import { conclude, type WalkFault } from './conclude.js';
import { bounded } from './containers/walk.js';

/** The tags of one carrier as they are read: how many and how much text is bounded, and what is left out is told. */
export class TagList {
  readonly #tags: ContainerTag[] = [];
  #characters = 0;
  #shortened = 0;
  #fault: WalkFault | undefined;

  /** True where nothing more is taken: reading on would be for nothing. */
  get full(): boolean {
    return this.#fault?.kind === 'bounded';
  }

  get empty(): boolean {
    return this.#tags.length === 0;
  }

  /** `bytes`: how long the value is in the file, where it is known to have been read in part. */
  add(tag: ContainerTag, bytes = 0): void {
    if (this.full) return;
    if (this.#tags.length >= limits.tagsPerCarrier) {
      this.#fault = bounded(
        'bound.tags',
        `More than ${limits.tagsPerCarrier} tags; later ones were not read.`,
      );
      return;
    }
    const value = cut(tag.value, limits.tagValueBytes);
    if (this.#characters + value.length > limits.carrierTextCharacters) {
      this.#fault = bounded(
        'bound.tagText',
        `The tags hold more than ${limits.carrierTextCharacters} characters; later ones were not read.`,
      );
      return;
    }
    if (value !== tag.value || bytes > limits.tagValueBytes) this.#shortened += 1;
    this.#characters += value.length;
    this.#tags.push({ ...tag, key: cut(tag.key, limits.shownValueCharacters), value });
  }

  /** The first fault counts: it is what kept the walk from its end. */
  fault(fault: WalkFault | undefined): void {
    this.#fault ??= fault;
  }

  conclude(note?: string): Read<ContainerTag[]> {
    const read = conclude(this.#tags, this.empty, this.#fault);
    if (read.status !== 'found' && read.status !== 'absent') return read;
    const shortened =
      this.#shortened > 0
        ? `Values longer than ${limits.tagValueBytes} bytes were read up to there (${this.#shortened}).`
        : undefined;
    const notes = [note, shortened].filter((text) => text !== undefined);
    return notes.length === 0 ? read : { ...read, note: notes.join(' ') };
  }
}

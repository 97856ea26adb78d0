import type { Said } from '../../say/said.js';
import type { ContainerTag } from '../evidence/evidence.js';
import { fault, type ReadFault } from '../ground/fault.js';
import { cut } from '../ground/json-shape.js';
import { limits } from '../ground/limits.js';
import type { Read } from '../media/carrier.js';
import { conclude, type WalkFault } from './conclude.js';
import { bounded } from './containers/walk.js';
import { isBytesWords } from './tag-text.js';

/** The tags of one carrier as they are read: how many and how much text is bounded, and what is left out is told. */
export class TagList {
  readonly #tags: ContainerTag[] = [];
  #characters = 0;
  #shortened = 0;
  #shortNames = 0;
  #fault: WalkFault | undefined;

  /** True where nothing more is taken: reading on would be for nothing. */
  get full(): boolean {
    return this.#fault?.kind === 'bounded';
  }

  get empty(): boolean {
    return this.#tags.length === 0;
  }

  /**
   * `bytes`: how long the value is in the file, where it is known to have been read in part. What is no text is told by
   * its length, and nothing of it is wanted.
   */
  add(tag: ContainerTag, bytes = 0): void {
    if (this.full) return;
    if (this.#tags.length >= limits.tagsPerCarrier) {
      this.#fault = bounded('bound.tags', { most: limits.tagsPerCarrier, of: 'other' });
      return;
    }
    const value = cut(tag.value, limits.tagValueBytes);
    if (this.#characters + value.length > limits.carrierTextCharacters) {
      this.#fault = bounded('bound.tagText', { most: limits.carrierTextCharacters });
      return;
    }
    if (value !== tag.value || (bytes > limits.tagValueBytes && !isBytesWords(tag.value))) this.shortened();
    const key = cut(tag.key, limits.shownValueCharacters);
    if (key !== tag.key) this.#shortNames += 1;
    this.#characters += value.length;
    this.#tags.push({ ...tag, key, value });
  }

  /** A value was read up to the bound, and more of it stands there. */
  shortened(): void {
    this.#shortened += 1;
  }

  /** The first fault counts: it is what kept the walk from its end. */
  fault(fault: WalkFault | undefined): void {
    this.#fault ??= fault;
  }

  conclude(note?: Said): Read<ContainerTag[]> {
    const read = conclude(this.#tags, this.empty, this.#fault);
    if (read.status !== 'found' && read.status !== 'absent') return read;
    const noted = note === undefined ? read : { ...read, notes: [note] };
    const left = this.#left();
    return noted.status === 'found' && left ? { ...noted, ...left } : noted;
  }

  /** What stands past the bounds on one tag. */
  #left(): ReadFault | undefined {
    if (this.#shortened > 0)
      return fault('bound.tagValue', { most: limits.tagValueBytes, count: this.#shortened });
    if (this.#shortNames > 0)
      return fault('bound.tagName', { most: limits.shownValueCharacters, count: this.#shortNames });
    return undefined;
  }
}

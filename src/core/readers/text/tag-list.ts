import { fault, type ReadFault } from '../../../base/fault.js';
import { truncate } from '../../../base/json-shape.js';
import { limits } from '../../../base/limits.js';
import type { Message } from '../../../i18n/message.js';
import type { ContainerTag } from '../../evidence/evidence.js';
import type { Read } from '../../media/carrier.js';
import { conclude, type WalkFault } from '../conclude.js';
import { bounded } from '../containers/walk.js';
import { isByteCount } from './tag-text.js';

/** Collects the tags of one carrier. Their number and the amount of text are limited, and omissions are reported. */
export class TagList {
  readonly #tags: ContainerTag[] = [];
  #characters = 0;
  #shortened = 0;
  #shortNames = 0;
  #fault: WalkFault | undefined;

  /** Returns whether no more tags are accepted, so that reading on is useless. */
  get isFull(): boolean {
    return this.#fault?.kind === 'bounded';
  }

  get isEmpty(): boolean {
    return this.#tags.length === 0;
  }

  /**
   * Adds a tag. `bytes`: length of the value in the file, if only part of it was read. A binary value is shown by its
   * length, so its omitted bytes are not reported.
   */
  add(tag: ContainerTag, bytes = 0): void {
    if (this.isFull) return;
    if (this.#tags.length >= limits.tagsPerCarrier) {
      this.#fault = bounded('bound.tags', { most: limits.tagsPerCarrier, of: 'other' });
      return;
    }
    const value = truncate(tag.value, limits.tagValueBytes);
    if (this.#characters + value.length > limits.carrierTextCharacters) {
      this.#fault = bounded('bound.tagText', { most: limits.carrierTextCharacters });
      return;
    }
    if (value !== tag.value || (bytes > limits.tagValueBytes && !isByteCount(tag.value))) this.addShortened();
    const key = truncate(tag.key, limits.shownValueCharacters);
    if (key !== tag.key) this.#shortNames += 1;
    this.#characters += value.length;
    this.#tags.push({ ...tag, key, value });
  }

  /** Records that a value was truncated at the limit. */
  addShortened(): void {
    this.#shortened += 1;
  }

  /** Records a fault. The first one counts, because it ended the walk. */
  addFault(fault: WalkFault | undefined): void {
    this.#fault ??= fault;
  }

  conclude(note?: Message): Read<ContainerTag[]> {
    const read = conclude(this.#tags, this.isEmpty, this.#fault);
    if (read.status !== 'found' && read.status !== 'absent') return read;
    const noted = note === undefined ? read : { ...read, notes: [note] };
    const left = this.#left();
    return noted.status === 'found' && left ? { ...noted, ...left } : noted;
  }

  /** Returns the fault for tags that exceeded the limits of a single tag. */
  #left(): ReadFault | undefined {
    if (this.#shortened > 0)
      return fault('bound.shortened', { most: limits.tagValueBytes, count: this.#shortened });
    if (this.#shortNames > 0)
      return fault('bound.tagName', { most: limits.shownValueCharacters, count: this.#shortNames });
    return undefined;
  }
}

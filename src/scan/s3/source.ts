import type { Found } from '../entry.js';
import type { Scratch } from '../scratch.js';
import type { SourceOptions } from '../sources.js';
import type { Buckets, ObjectFacts, S3Settings } from './bucket.js';

/** The objects of a scan. What speaks to a store is loaded, and a connection made, only once a path asks for it. */
export class ObjectSource {
  readonly #settings: S3Settings;
  readonly #scratch: () => Scratch;
  readonly #interrupted: AbortSignal;
  #buckets: Buckets | undefined;

  /** Once `interrupted` aborts, nothing more is asked for. */
  constructor(settings: S3Settings, scratch: () => Scratch, interrupted: AbortSignal) {
    this.#interrupted = interrupted;
    this.#settings = settings;
    this.#scratch = scratch;
  }

  async *objectsAt(path: string, options: SourceOptions): AsyncGenerator<Found> {
    const { objects, parts } = await this.#loaded();
    yield* objects.objectsAt(path, options, parts);
  }

  /** One that was listed before. */
  async objectOf(path: string, facts: Omit<ObjectFacts, 'key'>): Promise<Found> {
    const { objects, parts } = await this.#loaded();
    return objects.objectOf(path, facts, parts);
  }

  /** One as it is now; undefined where the store has none. */
  async objectNow(path: string): Promise<Found | undefined> {
    const { objects, parts } = await this.#loaded();
    return objects.objectNow(path, parts);
  }

  /** What an inventory lists (inventory.ts); `path` is of its manifest, in a store or on this machine. */
  async *inventoryAt(path: string, options: SourceOptions): AsyncGenerator<Found> {
    const { parts } = await this.#loaded();
    yield* (await import('./inventory.js')).inventoryAt(path, options, parts);
  }

  /** All bytes of one object, in their order. */
  async *bytesAt(path: string): AsyncGenerator<Buffer> {
    const { objects, parts } = await this.#loaded();
    yield* objects.bytesAt(path, parts);
  }

  async #loaded() {
    const [{ Buckets: Opened }, objects] = await Promise.all([import('./bucket.js'), import('./objects.js')]);
    this.#buckets ??= new Opened(this.#settings, this.#interrupted);
    return { objects, parts: { buckets: this.#buckets, scratch: this.#scratch() } };
  }

  end(): void {
    this.#buckets?.close();
  }
}

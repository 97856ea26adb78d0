import type { FoundEntry } from '../entry.js';
import type { TempSpace } from '../scratch.js';
import type { SourceOptions } from '../sources.js';
import type { BucketClient, ObjectFacts, S3Settings } from './bucket.js';

/** Objects of a scan. The client library is loaded, and a connection made, only when the first path needs it. */
export class ObjectSource {
  readonly #settings: S3Settings;
  readonly #scratch: () => TempSpace;
  readonly #interrupted: AbortSignal;
  #buckets: BucketClient | undefined;

  /** Makes no further requests once `interrupted` aborts. */
  constructor(settings: S3Settings, scratch: () => TempSpace, interrupted: AbortSignal) {
    this.#interrupted = interrupted;
    this.#settings = settings;
    this.#scratch = scratch;
  }

  async *findObjects(path: string, options: SourceOptions): AsyncGenerator<FoundEntry> {
    const { objects, parts } = await this.#loaded();
    yield* objects.findObjects(path, options, parts);
  }

  /** Returns an object that was listed before. */
  async createObjectEntry(path: string, facts: Omit<ObjectFacts, 'key'>): Promise<FoundEntry> {
    const { objects, parts } = await this.#loaded();
    return objects.createObjectEntry(path, facts, parts);
  }

  /** Returns an object as it is now; `undefined` if it does not exist. */
  async currentObject(path: string): Promise<FoundEntry | undefined> {
    const { objects, parts } = await this.#loaded();
    return objects.currentObject(path, parts);
  }

  /** Yields the objects of an inventory (inventory.ts); `path` is its manifest, in a store or on this machine. */
  async *readInventory(path: string, options: SourceOptions): AsyncGenerator<FoundEntry> {
    const { parts } = await this.#loaded();
    yield* (await import('./inventory.js')).readInventory(path, options, parts);
  }

  /** Yields the bytes of one object in order. */
  async *readObjectBytes(path: string): AsyncGenerator<Buffer> {
    const { objects, parts } = await this.#loaded();
    yield* objects.readObjectBytes(path, parts);
  }

  async #loaded() {
    const [{ BucketClient: Opened }, objects] = await Promise.all([
      import('./bucket.js'),
      import('./objects.js'),
    ]);
    this.#buckets ??= new Opened(this.#settings, this.#interrupted);
    return { objects, parts: { buckets: this.#buckets, scratch: this.#scratch() } };
  }

  end(): void {
    this.#buckets?.close();
  }
}

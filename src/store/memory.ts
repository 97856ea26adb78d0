import { isInspectionId } from './inspection-id.js';
import { type InspectionRecord, type InspectionStore, StoreError } from './store.js';

/** For tests and for whoever wants nothing on disk: gone with the process. */
export class MemoryStore implements InspectionStore {
  readonly #keep: number;
  /** A Map remembers the order of insertion: the first is the oldest. */
  readonly #records = new Map<string, InspectionRecord>();

  constructor(keep: number) {
    this.#keep = keep;
  }

  async put(record: InspectionRecord): Promise<void> {
    if (!isInspectionId(record.id)) throw new StoreError('store.bad-id', 'The id is not one of ours.');
    this.#records.delete(record.id);
    this.#records.set(record.id, structuredClone(record));
    for (const id of this.#records.keys()) {
      if (this.#records.size <= this.#keep) break;
      this.#records.delete(id);
    }
  }

  async get(id: string): Promise<InspectionRecord | undefined> {
    return structuredClone(this.#records.get(id));
  }

  async delete(id: string): Promise<boolean> {
    return this.#records.delete(id);
  }
}

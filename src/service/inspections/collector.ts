import type { EventRepository } from '../../storage/events/kysely-events.js';
import type { CollectionRepository } from '../../storage/fingerprints/kysely-collections.js';
import type { FingerprintRepository } from '../../storage/fingerprints/kysely-fingerprints.js';
import type { ExchangeStore } from '../../storage/inspections/exchanges.js';
import type { BatchRepository } from '../../storage/inspections/kysely-batches.js';
import type { InspectionRepository } from '../../storage/inspections/kysely-inspections.js';
import type { UploadRepository } from '../../storage/inspections/uploads.js';
import type { RejudgementRepository } from '../../storage/law/kysely-rejudgements.js';
import type { JobUploads } from './upload-files.js';

export interface ExpiryCollectorParts {
  inspections: InspectionRepository;
  batches: Pick<BatchRepository, 'deleteExpired'>;
  rejudgements: Pick<RejudgementRepository, 'deleteExpired'>;
  fingerprints: Pick<FingerprintRepository, 'deleteExpired'>;
  collections: Pick<CollectionRepository, 'sweep'>;
  exchanges: Pick<ExchangeStore, 'deleteExpiredPages' | 'deleteSealed'>;
  events: EventRepository;
  files: JobUploads;
  incoming: UploadRepository;
  /** Files of `incoming`. */
  incomingFiles: JobUploads;
  /** Time for which uploads of finished inspections are stored. */
  keepUploadsMillis: number;
  /** A file without an inspection may still be arriving; this long after its last byte it counts as left over. */
  strayMillis: number;
  onError?(error: unknown): void;
}

const EVERY_MILLIS = 60_000;
const ROWS_AT_ONCE = 200;
/** Events without a webhook to receive them. */
const EVENTS_KEPT_MILLIS = 7 * 86_400_000;

/** Deletes expired data and files left by a crash. Several may run at once. */
export class ExpiryCollector {
  readonly #parts: ExpiryCollectorParts;
  #timer: NodeJS.Timeout | undefined;
  #sweeping: Promise<unknown> = Promise.resolve();

  constructor(parts: ExpiryCollectorParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.#sweeping = this.sweep().catch((error: unknown) => this.#parts.onError?.(error));
    }, EVERY_MILLIS);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#sweeping;
  }

  /** `strayMillis`: 0 at a start at which no other process can be receiving files. */
  async sweep(strayMillis = this.#parts.strayMillis): Promise<{ expired: number; files: number }> {
    const expired = await this.#expired();
    await this.#parts.batches.deleteExpired(new Date().toISOString());
    await this.#parts.rejudgements.deleteExpired(new Date().toISOString());
    while ((await this.#parts.fingerprints.deleteExpired(new Date().toISOString())) > 0);
    while ((await this.#parts.collections.sweep()) > 0);
    await this.#parts.exchanges.deleteExpiredPages(new Date().toISOString());
    await this.#parts.exchanges.deleteSealed(new Date().toISOString());
    const files = (await this.#files(strayMillis)) + (await this.#incoming());
    await this.#parts.events.deleteBefore(new Date(Date.now() - EVENTS_KEPT_MILLIS).toISOString());
    return { expired, files };
  }

  async #expired(): Promise<number> {
    const { inspections, files } = this.#parts;
    let count = 0;
    for (;;) {
      const some = await inspections.listExpired(new Date().toISOString(), ROWS_AT_ONCE);
      for (const { tenant, id } of some) {
        await inspections.expire(tenant, id, new Date().toISOString());
        await files.removeOf(id);
        count += 1;
      }
      if (some.length < ROWS_AT_ONCE) return count;
    }
  }

  /** Deletes expired uploads that were not completed or used, and files without a row. */
  async #incoming(): Promise<number> {
    const { incoming, incomingFiles } = this.#parts;
    for (;;) {
      const some = await incoming.expired(new Date().toISOString(), ROWS_AT_ONCE);
      for (const { tenant, id } of some) {
        await incoming.delete(tenant, id);
        await incomingFiles.removeOf(id);
      }
      if (some.length < ROWS_AT_ONCE) break;
    }
    const all = await incomingFiles.list();
    const known = await incoming.known(all.map(({ id }) => id));
    // The row is created before its file and deleted before it, so a file without a row is left over regardless of its
    // age.
    const stray = all.filter(({ id }) => !known.has(id));
    for (const { path } of stray) await incomingFiles.remove(path);
    return stray.length;
  }

  async #files(strayMillis: number): Promise<number> {
    const { inspections, files, keepUploadsMillis } = this.#parts;
    const all = await files.list();
    const needed = await inspections.needingUpload(
      [...new Set(all.map(({ id }) => id))],
      new Date().toISOString(),
    );
    const until = Date.now() - Math.max(strayMillis, keepUploadsMillis);
    const stray = all.filter(({ id, changedAtMillis }) => !needed.has(id) && changedAtMillis <= until);
    for (const { path } of stray) await files.remove(path);
    return stray.length;
  }
}

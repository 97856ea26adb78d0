import type { ExchangeStore } from '../store/exchanges.js';
import type { KyselyBatches } from '../store/kysely-batches.js';
import type { KyselyCollections } from '../store/kysely-collections.js';
import type { KyselyEvents } from '../store/kysely-events.js';
import type { KyselyFingerprints } from '../store/kysely-fingerprints.js';
import type { KyselyInspections } from '../store/kysely-inspections.js';
import type { KyselyRejudgements } from '../store/kysely-rejudgements.js';
import type { Uploads } from '../store/uploads.js';
import type { JobFiles } from './job-files.js';

export interface CollectorParts {
  inspections: KyselyInspections;
  batches: Pick<KyselyBatches, 'dropExpired'>;
  rejudgements: Pick<KyselyRejudgements, 'dropExpired'>;
  fingerprints: Pick<KyselyFingerprints, 'expire'>;
  collections: Pick<KyselyCollections, 'sweep'>;
  exchanges: Pick<ExchangeStore, 'dropPages' | 'dropSealed'>;
  events: KyselyEvents;
  files: JobFiles;
  incoming: Uploads;
  /** The files of `incoming`. */
  incomingFiles: JobFiles;
  /** Uploads of finished inspections stay so long. */
  keepUploadsMillis: number;
  /** A file that belongs to no inspection may still be coming in; past this since its last byte it is left over. */
  strayMillis: number;
  onError?(error: unknown): void;
}

const EVERY_MILLIS = 60_000;
const ROWS_AT_ONCE = 200;
/** Events that nobody took: there is no webhook to tell. */
const EVENTS_KEPT_MILLIS = 7 * 86_400_000;

/** Takes away what is past its day and what a crash left over. Several may run at once. */
export class Collector {
  readonly #parts: CollectorParts;
  #timer: NodeJS.Timeout | undefined;
  #sweeping: Promise<unknown> = Promise.resolve();

  constructor(parts: CollectorParts) {
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

  /** `strayMillis`: 0 at a start where nobody else can be receiving. */
  async sweep(strayMillis = this.#parts.strayMillis): Promise<{ expired: number; files: number }> {
    const expired = await this.#expired();
    await this.#parts.batches.dropExpired(new Date().toISOString());
    await this.#parts.rejudgements.dropExpired(new Date().toISOString());
    while ((await this.#parts.fingerprints.expire(new Date().toISOString())) > 0);
    while ((await this.#parts.collections.sweep()) > 0);
    await this.#parts.exchanges.dropPages(new Date().toISOString());
    await this.#parts.exchanges.dropSealed(new Date().toISOString());
    const files = (await this.#files(strayMillis)) + (await this.#incoming());
    await this.#parts.events.dropBefore(new Date(Date.now() - EVENTS_KEPT_MILLIS).toISOString());
    return { expired, files };
  }

  async #expired(): Promise<number> {
    const { inspections, files } = this.#parts;
    let count = 0;
    for (;;) {
      const some = await inspections.expired(new Date().toISOString(), ROWS_AT_ONCE);
      for (const { tenant, id } of some) {
        await inspections.expire(tenant, id, new Date().toISOString());
        await files.removeOf(id);
        count += 1;
      }
      if (some.length < ROWS_AT_ONCE) return count;
    }
  }

  /** Uploads that nobody finished or used in their time, and files whose row is gone. */
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
    // A row is there before its file and goes before it: a file without one is nobody's, however young.
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

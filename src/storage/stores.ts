import { CaseRepository } from './cases/kysely-cases.js';
import { type Database, type DatabaseLocation, openDatabase } from './engine/database.js';
import { EventRepository } from './events/kysely-events.js';
import { CollectionRepository } from './fingerprints/kysely-collections.js';
import { FingerprintRepository } from './fingerprints/kysely-fingerprints.js';
import { createEndedHandler } from './inspections/batch-progress.js';
import { ExchangeStore } from './inspections/exchanges.js';
import { BatchRepository } from './inspections/kysely-batches.js';
import { InspectionRepository } from './inspections/kysely-inspections.js';
import { UploadRepository } from './inspections/uploads.js';
import { RejudgementRepository } from './law/kysely-rejudgements.js';
import { EventLog } from './log/log.js';
import type { JobQueue } from './queue/job-queue.js';
import { PgBossQueue } from './queue/pg-boss-queue.js';
import { SqliteQueue } from './queue/sqlite-queue.js';

/** All stores on one database. */
export interface Stores {
  database: Database;
  inspections: InspectionRepository;
  batches: BatchRepository;
  rejudgements: RejudgementRepository;
  fingerprints: FingerprintRepository;
  collections: CollectionRepository;
  cases: CaseRepository;
  /** HTTP exchanges of fetched links. */
  exchanges: ExchangeStore;
  queue: JobQueue;
  events: EventRepository;
  log: EventLog;
  /** Resumable uploads, until an inspection takes them. */
  incoming: UploadRepository;
  close(): Promise<void>;
}

export interface StoreOptions {
  /** Whether this process handles expired leases (PostgreSQL). Default: true. */
  supervise?: boolean;
  /** Called for background errors; the work is retried. */
  onError?(error: Error): void;
}

export async function openStores(place: DatabaseLocation, options: StoreOptions = {}): Promise<Stores> {
  const database = await openDatabase(place);
  try {
    const queue =
      database.dialect === 'postgres'
        ? await database.withoutTimeout(() => PgBossQueue.open(database.query, options))
        : new SqliteQueue(database.query);
    return createStores(database, queue, options.onError);
  } catch (error) {
    await database.close();
    throw error;
  }
}

export function createStores(
  database: Database,
  queue: JobQueue,
  onError: StoreOptions['onError'] = () => undefined,
): Stores {
  const log = new EventLog(database, (error) =>
    onError(error instanceof Error ? error : new Error(String(error))),
  );
  const events = new EventRepository(database);
  const noteEnded = createEndedHandler(events);
  const inspections = new InspectionRepository({ database, queue, events, noteEnded, log });
  return {
    database,
    queue,
    events,
    log,
    incoming: new UploadRepository(database),
    inspections,
    batches: new BatchRepository(database, inspections),
    rejudgements: new RejudgementRepository(database, events),
    fingerprints: new FingerprintRepository(database),
    collections: new CollectionRepository(database),
    cases: new CaseRepository(database, log),
    exchanges: new ExchangeStore(database),
    close: async () => {
      await log.close();
      await queue.close();
      await database.close();
    },
  };
}

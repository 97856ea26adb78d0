import { noteEndedWith } from './batch-progress.js';
import { type Database, type DatabasePlace, openDatabase } from './database.js';
import { ExchangeStore } from './exchanges.js';
import { KyselyBatches } from './kysely-batches.js';
import { KyselyCases } from './kysely-cases.js';
import { KyselyCollections } from './kysely-collections.js';
import { KyselyEvents } from './kysely-events.js';
import { KyselyFingerprints } from './kysely-fingerprints.js';
import { KyselyInspections } from './kysely-inspections.js';
import { KyselyRejudgements } from './kysely-rejudgements.js';
import { EventLog } from './log.js';
import { PgBossQueue } from './pg-boss-queue.js';
import type { JobQueue } from './queue.js';
import { SqliteQueue } from './sqlite-queue.js';
import { Uploads } from './uploads.js';

/** Everything that is kept, on one database. */
export interface Stores {
  database: Database;
  inspections: KyselyInspections;
  batches: KyselyBatches;
  rejudgements: KyselyRejudgements;
  fingerprints: KyselyFingerprints;
  collections: KyselyCollections;
  cases: KyselyCases;
  /** What was exchanged to fetch what a link led to. */
  exchanges: ExchangeStore;
  queue: JobQueue;
  events: KyselyEvents;
  log: EventLog;
  /** Files that come in piece by piece, until an inspection takes them. */
  incoming: Uploads;
  close(): Promise<void>;
}

export interface StoreOptions {
  /** Whether this process looks after leases that ran out (PostgreSQL). Left out: it does. */
  supervise?: boolean;
  /** What went wrong in the background; it is tried again. */
  onError?(error: Error): void;
}

export async function openStores(place: DatabasePlace, options: StoreOptions = {}): Promise<Stores> {
  const database = await openDatabase(place);
  try {
    const queue =
      database.flavour === 'postgres'
        ? await database.unhurried(() => PgBossQueue.open(database.query, options))
        : new SqliteQueue(database.query);
    return storesOn(database, queue, options.onError);
  } catch (error) {
    await database.close();
    throw error;
  }
}

export function storesOn(
  database: Database,
  queue: JobQueue,
  onError: StoreOptions['onError'] = () => undefined,
): Stores {
  const log = new EventLog(database, (error) =>
    onError(error instanceof Error ? error : new Error(String(error))),
  );
  const events = new KyselyEvents(database);
  const noteEnded = noteEndedWith(events);
  const inspections = new KyselyInspections({ database, queue, events, noteEnded, log });
  return {
    database,
    queue,
    events,
    log,
    incoming: new Uploads(database),
    inspections,
    batches: new KyselyBatches(database, inspections),
    rejudgements: new KyselyRejudgements(database, events),
    fingerprints: new KyselyFingerprints(database),
    collections: new KyselyCollections(database),
    cases: new KyselyCases(database, log),
    exchanges: new ExchangeStore(database),
    close: async () => {
      await log.close();
      await queue.close();
      await database.close();
    },
  };
}

import { join } from 'node:path';
import { readConfig } from '../config.js';
import { said } from '../say/said.js';
import type { Header } from '../scan/header.js';
import type { Asked } from '../scan/redo.js';
import type { Results } from '../scan/results.js';
import { StoreResults } from '../scan/store-results.js';
import { Twins } from '../scan/twins.js';
import type { SecretKeys } from '../secrets/secret-keys.js';
import { type Database, openDatabase } from '../store/database.js';
import { KyselyScans } from '../store/kysely-scans.js';
import { ScanQueue } from '../store/scan-queue.js';
import type { KeptScan } from '../store/scans.js';
import { LOCAL_TENANT } from '../store/scopes.js';
import { UsageError } from './exit-codes.js';
import type { Io } from './io.js';
import type { ScanOptions } from './scan-asked.js';
import { headerOf } from './scan-header.js';
import { checkKeptQuestion } from './scan-question.js';

/** The database that keeps scans: PostgreSQL where DATABASE_URL is set, else one SQLite file in the data directory. */
export interface KeptScans {
  store: KyselyScans;
  /** Rejects where no queue can be had: one SQLite file is no place for many machines. */
  queue(onError: (error: Error) => void): Promise<ScanQueue>;
  /** For people. */
  place: string;
  close(): Promise<void>;
}

export async function openKeptScans(env: Io['env']): Promise<KeptScans> {
  const { dataDir, databaseUrl } = readConfig(env);
  const database: Database = await openDatabase({ dataDir, url: databaseUrl });
  let queue: Promise<ScanQueue> | undefined;
  return {
    store: new KyselyScans(database),
    place: databaseUrl === undefined ? join(dataDir, 'assay.sqlite') : 'PostgreSQL',
    queue: (onError) => {
      if (database.flavour !== 'postgres') {
        throw new UsageError(said('cli.scan.usage.needsServer'));
      }
      queue ??= database.unhurried(() => ScanQueue.open(database.query, { onError }));
      return queue;
    },
    close: async () => {
      await (await queue)?.close();
      await database.close();
    },
  };
}

/** The scan of that id; undefined where none was named. */
export async function namedScan(
  id: string | undefined,
  tenant: string,
  store: KyselyScans,
): Promise<{ scan: KeptScan; header: Header } | undefined> {
  if (id === undefined) return undefined;
  const scan = await store.get(id, tenant);
  if (scan === undefined) throw new UsageError(said('cli.scan.unknown', { scan: id }));
  return { scan, header: headerOf(scan) };
}

/** Records of this process go to the database; the scan is over with the last of them. */
export async function storedResults(
  { scan: id, tenant = LOCAL_TENANT, sniff = false }: Pick<ScanOptions, 'scan' | 'tenant' | 'sniff'>,
  asked: Asked,
  env: Io['env'],
  keys: SecretKeys | undefined,
): Promise<StoredScan> {
  const kept = await openKeptScans(env);
  const before = await begunBefore(id, tenant, asked, kept);
  let inner: StoreResults | undefined;
  const opened = (): StoreResults => {
    if (inner === undefined) throw new Error('a scan that has not begun has no results');
    return inner;
  };
  return {
    headers: before === undefined ? [] : [before.header],
    get tally() {
      return opened().tally;
    },
    begin: async (header) => {
      const { store } = kept;
      const now = new Date().toISOString();
      const scan =
        before === undefined
          ? await store.create({ id: header.scan, tenant, header: JSON.stringify(header) }, now)
          : { ...before.scan, run: await store.beginRun(before.scan.number) };
      await store.setStatus(scan.number, 'listing', now);
      inner = new StoreResults({
        store,
        scan,
        known: before === undefined ? 'none' : 'ask',
        twins: new Twins(),
        keys,
        leaves: sniff && before?.header.versions.assay === header.versions.assay,
        onEnd: async (end) => {
          const at = new Date().toISOString();
          if (end === 'finished') {
            await store.setStatus(scan.number, 'running', at);
            await store.setStatus(scan.number, 'done', at);
          }
          await kept.close();
        },
      });
    },
    due: (entry) => opened().due(entry),
    hasTurns: (bytes) => opened().hasTurns(bytes),
    sameContent: (entry, local, sha256) => opened().sameContent(entry, local, sha256),
    withFirst: (answer) => opened().withFirst(answer),
    write: (answer) => opened().write(answer),
    doubt: (paths) => opened().doubt(paths),
    again: (answer, before) => opened().again(answer, before),
    gone: (asked) => opened().gone(asked),
    get run() {
      return inner?.run;
    },
    get changes() {
      return inner?.changes;
    },
    finish: () => opened().finish(),
    leave: () => (inner === undefined ? kept.close() : inner.leave()),
  };
}

async function begunBefore(
  id: string | undefined,
  tenant: string,
  asked: Asked,
  kept: KeptScans,
): Promise<{ scan: KeptScan; header: Header } | undefined> {
  try {
    const before = await namedScan(id, tenant, kept.store);
    if (before !== undefined) checkKeptQuestion(before.header, asked);
    return before;
  } catch (error) {
    await kept.close();
    throw error;
  }
}

export interface StoredScan extends Results {
  headers: readonly Header[];
}

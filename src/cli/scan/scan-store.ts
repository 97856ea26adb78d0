import { join } from 'node:path';
import type { SecretKeys } from '../../base/secrets/secret-keys.js';
import { readConfig } from '../../config/settings.js';
import { message } from '../../i18n/message.js';
import { RecentFiles } from '../../scan/duplicates/recent-files.js';
import type { Header } from '../../scan/records/header.js';
import type { RunConditions } from '../../scan/results/redo.js';
import type { ScanResults } from '../../scan/results/results.js';
import { StoreResults } from '../../scan/results/store-results.js';
import { LOCAL_TENANT } from '../../storage/access/scopes.js';
import { type Database, openDatabase } from '../../storage/engine/database.js';
import { ScanRepository } from '../../storage/scans/kysely-scans.js';
import { ScanQueue } from '../../storage/scans/scan-queue.js';
import type { DatabaseScan } from '../../storage/scans/scans.js';
import { UsageError } from '../shared/exit-codes.js';
import type { Io } from '../shared/io.js';
import type { ScanOptions } from './scan-arguments.js';
import { headerOf } from './scan-header.js';
import { checkSameStoredOptions } from './scan-inspect-options.js';

/** Database that stores scans: PostgreSQL if DATABASE_URL is set, otherwise one SQLite file in the data directory. */
export interface StoredScans {
  store: ScanRepository;
  /** Rejects if there is no queue: machines cannot share a SQLite file. */
  queue(onError: (error: Error) => void): Promise<ScanQueue>;
  /** Name of the database shown to people. */
  label: string;
  close(): Promise<void>;
}

export async function openStoredScans(env: Io['env']): Promise<StoredScans> {
  const { dataDir, databaseUrl } = readConfig(env);
  const database: Database = await openDatabase({ dataDir, url: databaseUrl });
  let queue: Promise<ScanQueue> | undefined;
  return {
    store: new ScanRepository(database),
    label: databaseUrl === undefined ? join(dataDir, 'assay.sqlite') : 'PostgreSQL',
    queue: (onError) => {
      if (database.dialect !== 'postgres') {
        throw new UsageError(message('cli.scan.usage.needsServer'));
      }
      queue ??= database.withoutTimeout(() => ScanQueue.open(database.query, { onError }));
      return queue;
    },
    close: async () => {
      await (await queue)?.close();
      await database.close();
    },
  };
}

/** Returns the scan of that id; `undefined` if no id is given. Throws `UsageError` if it does not exist. */
export async function findNamedScan(
  id: string | undefined,
  tenant: string,
  store: ScanRepository,
): Promise<{ scan: DatabaseScan; header: Header } | undefined> {
  if (id === undefined) return undefined;
  const scan = await store.get(id, tenant);
  if (scan === undefined) throw new UsageError(message('cli.scan.unknown', { scan: id }));
  return { scan, header: headerOf(scan) };
}

/** Returns results that are written to the database. The scan ends with the last of them. */
export async function openStoredResults(
  { scan: id, tenant = LOCAL_TENANT }: Pick<ScanOptions, 'scan' | 'tenant'>,
  asked: RunConditions,
  env: Io['env'],
  keys: SecretKeys | undefined,
): Promise<StoredScanResults> {
  const kept = await openStoredScans(env);
  const before = await findEarlierRun(id, tenant, asked, kept);
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
        recentFiles: new RecentFiles(),
        keys,
        leaves: before?.header.versions.assay === header.versions.assay,
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
    hasDuplicateOrder: (bytes) => opened().hasDuplicateOrder(bytes),
    sameContent: (entry, local, sha256) => opened().sameContent(entry, local, sha256),
    addFirst: (answer) => opened().addFirst(answer),
    write: (answer) => opened().write(answer),
    doubt: (paths) => opened().doubt(paths),
    writeReread: (answer, before) => opened().writeReread(answer, before),
    handleGone: (asked) => opened().handleGone(asked),
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

async function findEarlierRun(
  id: string | undefined,
  tenant: string,
  asked: RunConditions,
  kept: StoredScans,
): Promise<{ scan: DatabaseScan; header: Header } | undefined> {
  try {
    const before = await findNamedScan(id, tenant, kept.store);
    if (before !== undefined) checkSameStoredOptions(before.header, asked);
    return before;
  } catch (error) {
    await kept.close();
    throw error;
  }
}

export interface StoredScanResults extends ScanResults {
  headers: readonly Header[];
}

import { join } from 'node:path';
import type { Config } from './config.js';
import type { Inspector } from './isolation/inspector.js';
import { closeMakers, type Makers } from './isolation/makers.js';
import { ScanWorker } from './scan/distributed/scan-worker.js';
import { Elsewhere } from './scan/elsewhere.js';
import { versionsNow } from './scan/versions.js';
import type { Database } from './store/database.js';
import { KyselyScans } from './store/kysely-scans.js';
import { ScanQueue } from './store/scan-queue.js';
import { openStores } from './store/stores.js';
import { JobFiles } from './worker/job-files.js';
import { workerSettings } from './worker/settings.js';
import { Worker } from './worker/worker.js';

/** A job that has not ended by then goes back to the queue. */
const GRACE_MILLIS = 10_000;

export interface RunningWorker {
  stop(): Promise<void>;
}

export interface WorkerSurroundings {
  /** What went wrong; the job goes back to the queue. */
  tell(error: unknown): void;
  env: Readonly<Record<string, string | undefined>>;
  /** Uploads are left to others: this machine need not see the data directory. */
  scansOnly: boolean;
  makers?: Makers;
}

/** The worker without a door. It shares the data directory with the server: uploads lie there. */
export async function startWorker(
  config: Config,
  inspector: Inspector,
  { tell, env, scansOnly, makers = {} }: WorkerSurroundings,
): Promise<RunningWorker> {
  // Loaded for those who asked for it alone.
  const tracing = config.tracing && (await (await import('./tracing/start.js')).startTracing(config.tracing));
  const stores = await openStores({ dataDir: config.dataDir, url: config.databaseUrl }, { onError: tell });
  const worker = new Worker({
    ...stores,
    ...workerSettings(config, { besideADoor: false }),
    inspector,
    files: new JobFiles(join(config.dataDir, 'uploads')),
    onError: tell,
    ...makers,
  });
  if (!scansOnly) worker.start();
  const scans =
    stores.database.flavour === 'postgres'
      ? await startScanWorker(stores.database, config, inspector, { tell, env })
      : undefined;
  return {
    stop: async () => {
      await Promise.all([worker.stop(GRACE_MILLIS), scans?.stop()]);
      await closeMakers(makers);
      await inspector.close();
      await stores.close();
      await tracing?.stop();
    },
  };
}

/** Jobs of scans that many machines share, beside the others. */
async function startScanWorker(
  database: Database,
  config: Config,
  inspector: Inspector,
  { tell, env }: Pick<WorkerSurroundings, 'tell' | 'env'>,
): Promise<RunningWorker> {
  const queue = await database.unhurried(() => ScanQueue.open(database.query, { onError: tell }));
  const stopping = new AbortController();
  const elsewhere = new Elsewhere({ env, interrupted: stopping.signal });
  const worker = new ScanWorker({
    store: new KyselyScans(database),
    queue,
    inspector,
    objects: elsewhere.source,
    scratch: () => elsewhere.scratch,
    versions: (rulebooks) => versionsNow(config.trustDir, rulebooks),
    jobs: config.jobs,
    leaseMillis: config.leaseSeconds * 1_000,
    tell,
  });
  worker.start();
  return {
    stop: async () => {
      stopping.abort();
      await worker.stop();
      await queue.close();
      elsewhere.end();
    },
  };
}

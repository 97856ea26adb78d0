import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Config } from './config.js';
import { followedLaw } from './followed-law.js';
import { Confinement } from './isolation/confinement.js';
import type { Inspector } from './isolation/inspector.js';
import { closeMakers, type Makers } from './isolation/makers.js';
import { createPictureMaker } from './isolation/pictures.js';
import { checkLawPresets } from './law-presets.js';
import type { Pulse } from './lease/pulse.js';
import { SaidError } from './say/said-error.js';
import { ScanWorker } from './scan/distributed/scan-worker.js';
import { Elsewhere, USUAL_PREFETCH } from './scan/elsewhere.js';
import { Hours } from './scan/hours.js';
import { versionsNow } from './scan/versions.js';
import { secretKeysThere } from './secrets/key-file.js';
import { startNotices } from './start-notices.js';
import type { Database } from './store/database.js';
import { KyselyScans } from './store/kysely-scans.js';
import { holdLeases } from './store/lease-owner.js';
import { ScanQueue } from './store/scan-queue.js';
import { openStores } from './store/stores.js';
import { JobFiles } from './worker/job-files.js';
import { Rejudger } from './worker/rejudger.js';
import { rejudgerSettings, workerSettings } from './worker/settings.js';
import type { FollowedLaw } from './worker/versions.js';
import { Worker } from './worker/worker.js';
import { showFigures } from './worker-figures.js';

/** A job that has not ended by then goes back to the queue. */
const GRACE_MILLIS = 10_000;

export interface RunningWorker {
  /** Address of figures and health; left out: they have none. */
  figures?: string;
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
  checkLawPresets(config);
  // Loaded for those who asked for it alone.
  const tracing = config.tracing && (await (await import('./tracing/start.js')).startTracing(config.tracing));
  const stores = await openStores({ dataDir: config.dataDir, url: config.databaseUrl }, { onError: tell });
  if (!scansOnly) for (const notice of startNotices(config)) tell(new SaidError(notice));
  const law = await followedLaw(config, stores.database, { tell: (what) => tell(new SaidError(what)) }).catch(
    async (error: unknown) => {
      await Promise.all([stores.close(), tracing?.stop()]);
      throw error;
    },
  );
  const leases =
    stores.database.flavour === 'sqlite'
      ? await holdLeases(stores.database, config.dataDir)
      : () => undefined;
  const files = new JobFiles(join(config.dataDir, 'uploads'));
  const worker = new Worker({
    ...stores,
    ...workerSettings(config, { besideADoor: false, law }),
    inspector,
    files,
    onError: tell,
    ...makers,
  });
  const rejudger = new Rejudger({ ...stores, ...rejudgerSettings(config, law), files, onError: tell });
  const scans =
    stores.database.flavour === 'postgres'
      ? await scanWorker(stores.database, config, inspector, { tell, env, law })
      : undefined;
  let stopping = false;
  const pulses = [
    ...(scansOnly ? [] : [worker.pulse, rejudger.pulse]),
    ...(scans === undefined ? [] : [scans.pulse]),
  ];
  const figures = await showFigures(config, { stores, inspector, pulses, stopping: () => stopping }).catch(
    async (error: unknown) => {
      await Promise.all([scans?.stop(), stores.close(), tracing?.stop()]);
      throw error;
    },
  );
  // Taken once all else has started: what was begun would have to be given back.
  stores.log.startPlacing();
  if (!scansOnly) worker.start();
  if (!scansOnly) rejudger.start();
  scans?.start();
  return {
    ...(figures && { figures: figures.address }),
    stop: async () => {
      stopping = true;
      await Promise.all([worker.stop(GRACE_MILLIS), rejudger.stop(GRACE_MILLIS), scans?.stop()]);
      law.stop();
      figures?.close();
      await closeMakers(makers);
      await inspector.close();
      leases();
      await stores.close();
      await tracing?.stop();
    },
  };
}

interface RunningScans {
  pulse: Pulse;
  start(): void;
  stop(): Promise<void>;
}

/** Jobs of scans that many machines share, beside the others. */
async function scanWorker(
  database: Database,
  config: Config,
  inspector: Inspector,
  { tell, env, law }: Pick<WorkerSurroundings, 'tell' | 'env'> & { law: FollowedLaw },
): Promise<RunningScans> {
  const queue = await database.unhurried(() => ScanQueue.open(database.query, { onError: tell }));
  const stopping = new AbortController();
  const elsewhere = new Elsewhere({
    env,
    interrupted: stopping.signal,
    bandwidth: config.scanBandwidth,
    mostBytes: config.scanPrefetchBytes,
    denied: config.fetch.denied,
  });
  let pictures: ReturnType<typeof createPictureMaker> | undefined;
  const worker = new ScanWorker({
    store: new KyselyScans(database),
    queue,
    inspector,
    objects: elsewhere.source,
    scratch: () => elsewhere.scratch,
    likeness: () => {
      pictures ??= createPictureMaker({
        confinement: new Confinement({ sandbox: config.sandbox }),
        jobs: config.jobs,
      });
      return pictures;
    },
    keys: () => secretKeysThere(config.secrets),
    sandbox: config.sandbox,
    versions: async (rulebooks, asked) => {
      await law.follow();
      return versionsNow(config.trustDir, rulebooks, asked);
    },
    name: config.workerName ?? `${hostname()}:${process.pid}`,
    jobs: config.jobs,
    prefetch: config.scanPrefetch ?? USUAL_PREFETCH,
    hours: config.scanHours === undefined ? undefined : Hours.of(config.scanHours),
    leaseMillis: config.leaseSeconds * 1_000,
    tell,
  });
  return {
    pulse: worker.answers,
    start: () => worker.start(),
    stop: async () => {
      stopping.abort();
      await worker.stop();
      await pictures?.close();
      await queue.close();
      elsewhere.end();
    },
  };
}

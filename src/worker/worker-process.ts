import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Heartbeat } from '../base/lease/pulse.js';
import { readSecretKeys } from '../base/secrets/key-file.js';
import { checkLawPresets } from '../config/law-presets.js';
import type { Config } from '../config/settings.js';
import { MessageError } from '../i18n/message-error.js';
import { closeResultMakers, type ResultMakers } from '../inspect/makers/makers.js';
import { createPictureMaker } from '../inspect/makers/pictures.js';
import type { Inspector } from '../inspect/pool/inspector.js';
import { Confinement } from '../inspect/sandbox/confinement.js';
import { currentVersions } from '../scan/compare/versions.js';
import { ScanWorker } from '../scan/distributed/scan-worker.js';
import { RemoteFiles } from '../scan/run/remote-files.js';
import { JobUploads } from '../service/inspections/upload-files.js';
import type { FollowedLaw } from '../service/inspections/versions.js';
import { openFollowedLaw } from '../service/ops/followed-law.js';
import { startupNotices } from '../service/ops/startup-notices.js';
import { Rejudger } from '../service/rejudging/rejudger.js';
import type { Database } from '../storage/engine/database.js';
import { holdLeases } from '../storage/engine/lease-owner.js';
import { ScanRepository } from '../storage/scans/kysely-scans.js';
import { ScanQueue } from '../storage/scans/scan-queue.js';
import { openStores } from '../storage/stores.js';
import { rejudgerSettings, workerSettings } from './settings.js';
import { Worker } from './worker.js';
import { startWorkerMetrics } from './worker-metrics.js';

/** Unfinished jobs return to the queue after this time. */
const GRACE_MILLIS = 10_000;

export interface RunningWorker {
  /** Address of metrics and health checks; absent if they are not served. */
  metricsAddress?: string;
  stop(): Promise<void>;
}

export interface WorkerContext {
  /** Reports an error; the job returns to the queue. */
  reportError(error: unknown): void;
  env: Readonly<Record<string, string | undefined>>;
  /** Processes only scans and no uploads, so this machine does not need access to the data directory. */
  isScansOnly: boolean;
  makers?: ResultMakers;
}

/**
 * Starts a worker process without an HTTP API. It must share the data directory with the server, because uploads are
 * stored there.
 */
export async function startWorker(
  config: Config,
  inspector: Inspector,
  { reportError: tell, env, isScansOnly: scansOnly, makers = {} }: WorkerContext,
): Promise<RunningWorker> {
  checkLawPresets(config);
  // Loaded only if tracing is configured.
  const tracing =
    config.tracing && (await (await import('../service/ops/start-tracing.js')).startTracing(config.tracing));
  const stores = await openStores({ dataDir: config.dataDir, url: config.databaseUrl }, { onError: tell });
  if (!scansOnly) for (const notice of startupNotices(config)) tell(new MessageError(notice));
  const law = await openFollowedLaw(config, stores.database, {
    log: (what) => tell(new MessageError(what)),
  }).catch(async (error: unknown) => {
    await Promise.all([stores.close(), tracing?.stop()]);
    throw error;
  });
  const leases =
    stores.database.dialect === 'sqlite'
      ? await holdLeases(stores.database, config.dataDir)
      : () => undefined;
  const files = new JobUploads(join(config.dataDir, 'uploads'));
  const worker = new Worker({
    ...stores,
    ...workerSettings(config, { sharesServer: false, law }),
    inspector,
    files,
    onError: tell,
    ...makers,
  });
  const rejudger = new Rejudger({ ...stores, ...rejudgerSettings(config, law), files, onError: tell });
  const scans =
    stores.database.dialect === 'postgres'
      ? await scanWorker(stores.database, config, inspector, { reportError: tell, env, law })
      : undefined;
  let stopping = false;
  const pulses = [
    ...(scansOnly ? [] : [worker.pulse, rejudger.pulse]),
    ...(scans === undefined ? [] : [scans.pulse]),
  ];
  const metricsServer = await startWorkerMetrics(config, {
    stores,
    inspector,
    pulses,
    stopping: () => stopping,
  }).catch(async (error: unknown) => {
    await Promise.all([scans?.stop(), stores.close(), tracing?.stop()]);
    throw error;
  });
  // Started last, because otherwise a failed start would have to undo it.
  stores.log.startPlacing();
  if (!scansOnly) worker.start();
  if (!scansOnly) rejudger.start();
  scans?.start();
  return {
    ...(metricsServer && { metricsAddress: metricsServer.address }),
    stop: async () => {
      stopping = true;
      await Promise.all([worker.stop(GRACE_MILLIS), rejudger.stop(GRACE_MILLIS), scans?.stop()]);
      law.stop();
      metricsServer?.close();
      await closeResultMakers(makers);
      await inspector.close();
      leases();
      await stores.close();
      await tracing?.stop();
    },
  };
}

interface RunningScans {
  pulse: Heartbeat;
  start(): void;
  stop(): Promise<void>;
}

/** Creates the worker for scan jobs that many machines share. */
async function scanWorker(
  database: Database,
  config: Config,
  inspector: Inspector,
  { reportError: tell, env, law }: Pick<WorkerContext, 'reportError' | 'env'> & { law: FollowedLaw },
): Promise<RunningScans> {
  const queue = await database.withoutTimeout(() => ScanQueue.open(database.query, { onError: tell }));
  const stopping = new AbortController();
  const elsewhere = new RemoteFiles({
    env,
    interrupted: stopping.signal,
    denied: config.fetch.denied,
  });
  let pictures: ReturnType<typeof createPictureMaker> | undefined;
  const worker = new ScanWorker({
    store: new ScanRepository(database),
    queue,
    inspector,
    objects: elsewhere.source,
    scratch: () => elsewhere.scratch,
    fingerprint: () => {
      pictures ??= createPictureMaker({
        confinement: new Confinement({ sandbox: config.sandbox }),
        jobs: config.jobs,
      });
      return pictures;
    },
    keys: () => readSecretKeys(config.secrets),
    sandbox: config.sandbox,
    versions: async (rulebooks, asked) => {
      await law.follow();
      return currentVersions(config.trustDir, rulebooks, asked);
    },
    name: `${hostname()}:${process.pid}`,
    jobs: config.jobs,
    leaseMillis: config.leaseSeconds * 1_000,
    report: tell,
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

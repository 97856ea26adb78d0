import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openSecretKeys } from '../base/secrets/key-file.js';
import { openLogKey } from '../base/secrets/log-key.js';
import { checkLawPresets } from '../config/law-presets.js';
import type { Config } from '../config/settings.js';
import { type Message, message } from '../i18n/message.js';
import { translatorFor } from '../i18n/translator.js';
import type { ResultMakers } from '../inspect/makers/makers.js';
import type { Inspector } from '../inspect/pool/inspector.js';
import { ExpiryCollector } from '../service/inspections/collector.js';
import { INCOMING_FOLDER, JobUploads } from '../service/inspections/upload-files.js';
import { openMatcher } from '../service/matches/in-process-matcher.js';
import { MatchWatcher } from '../service/matches/match-watcher.js';
import { openFollowedLaw } from '../service/ops/followed-law.js';
import { Metrics } from '../service/ops/metrics.js';
import { startMetricsServer } from '../service/ops/metrics-server.js';
import { manifestNotices, startupNotices } from '../service/ops/startup-notices.js';
import { Rejudger } from '../service/rejudging/rejudger.js';
import { readListAges } from '../service/trust/list-ages.js';
import { startWebhookDispatcher } from '../service/webhooks/start.js';
import { createFirstKey } from '../storage/access/first-key.js';
import { sealManifests } from '../storage/encryption/reencrypt-manifests.js';
import { sealSecrets } from '../storage/encryption/reencrypt-secrets.js';
import type { Database } from '../storage/engine/database.js';
import { holdLeases } from '../storage/engine/lease-owner.js';
import { lockDataFolder } from '../storage/engine/sole-server.js';
import { MatchWatchProgress } from '../storage/fingerprints/match-watch.js';
import { HeadsFile } from '../storage/log/log-heads-file.js';
import { openStores } from '../storage/stores.js';
import { startUpkeep } from '../storage/upkeep.js';
import { DeliveryRepository } from '../storage/webhooks/kysely-deliveries.js';
import { WebhookRepository } from '../storage/webhooks/kysely-webhooks.js';
import { collectorSettings, rejudgerSettings, workerSettings } from '../worker/settings.js';
import { Worker } from '../worker/worker.js';
import { buildApp } from './app.js';

export interface RunningServer {
  address: string;
  /** Newly created key, if keys are required and none existed. */
  firstKey: string | undefined;
  /**
   * Lets open requests finish for a while, then closes the inspector too. After a signal, returns the stop already in
   * progress.
   */
  stop(): Promise<void>;
}

/** Time until open connections are closed. Service managers usually wait longer before they kill. */
const GRACE_MILLIS = 10_000;
const SIGNALS = ['SIGTERM', 'SIGINT'] as const;
type Signal = (typeof SIGNALS)[number];

/**
 * With SQLite, locks the database for this server and releases leases of a killed one. Returns a function that releases
 * the locks.
 */
async function lockForOnlyServer(database: Database, dataDir: string): Promise<() => void> {
  if (database.dialect !== 'sqlite') return () => undefined;
  const releaseLock = lockDataFolder(dataDir);
  try {
    const releaseLeases = await holdLeases(database, dataDir);
    return () => {
      releaseLeases();
      releaseLock();
    };
  } catch (error) {
    releaseLock();
    throw error;
  }
}

/**
 * Assembles the server and listens. Rejects with the system's error if it cannot.
 * `makers`: absent makers disable what they make. They are closed with the server.
 * `print`: receives messages for the operator who starts it.
 * `first`: must resolve before requests are accepted; its rejection is passed on.
 */
export async function startServer(
  config: Config,
  inspector: Inspector,
  first: Promise<void> = Promise.resolve(),
  makers: ResultMakers = {},
  print: (what: Message) => void = () => undefined,
): Promise<RunningServer> {
  // Background failures are retried and are reported once the log exists.
  let reportError = (_error: unknown): void => undefined;
  const onError = (error: unknown) => reportError(error);
  checkLawPresets(config);
  // Loaded only if tracing is configured.
  const tracing =
    config.tracing && (await (await import('../service/ops/start-tracing.js')).startTracing(config.tracing));
  const stores = await openStores({ dataDir: config.dataDir, url: config.databaseUrl }, { onError });
  const release = await lockForOnlyServer(stores.database, config.dataDir);
  let reportLaw = print;
  const law = await openFollowedLaw(config, stores.database, {
    log: (what) => reportLaw(what),
    onChange: () => {
      if (!config.lawRejudge) reportLaw(message('rejudged.howTo'));
    },
  }).catch(async (error: unknown) => {
    release();
    await Promise.all([stores.close(), tracing?.stop()]);
    throw error;
  });
  // Loads in the background. Until it is complete, the API reports that it is loading.
  const matcher = config.fingerprints
    ? await openMatcher(stores.fingerprints, { onFault: onError })
    : undefined;
  const watcher =
    matcher &&
    new MatchWatcher({
      ...stores,
      watch: new MatchWatchProgress(stores.database, stores.events),
      matcher,
      onError,
    });
  const files = new JobUploads(join(config.dataDir, 'uploads'));
  const worker = config.embeddedWorker
    ? new Worker({
        ...stores,
        ...workerSettings(config, { sharesServer: true, law }),
        inspector,
        files,
        onError,
        ...makers,
      })
    : undefined;
  const rejudger = config.embeddedWorker
    ? new Rejudger({ ...stores, ...rejudgerSettings(config, law), files, onError })
    : undefined;
  const deliveries = new DeliveryRepository(stores.database, stores.events);
  const secretKeys = openSecretKeys(config.secrets);
  const sealed = await sealSecrets(stores.database, secretKeys);
  for (const notice of startupNotices(config, sealed)) print(notice);
  await deliveries.retrySigning({ keys: secretKeys.ids }, new Date().toISOString());
  const webhooks = new WebhookRepository(stores.database, secretKeys);
  const metrics = new Metrics({
    queue: () => stores.queue.depth(),
    oldestWaitingSeconds: () => stores.queue.oldestWaitingSeconds(),
    deliveries: () => deliveries.counts(),
    lists: () => readListAges(config.trustDir, new Date()),
    isolation: () => inspector.isolation,
  });
  const drainingSignal = new AbortController();
  const app = await buildApp({
    config,
    inspector,
    stores,
    webhooks,
    metrics,
    log: process.stderr,
    shuttingDown: drainingSignal.signal,
    law,
    matchIndex: matcher,
    ...makers,
    ...(worker === undefined ? {} : { wakeWorker: () => worker.wake() }),
    ...(rejudger === undefined ? {} : { wakeRejudger: () => rejudger.wake() }),
  });
  const collector = new ExpiryCollector({
    ...stores,
    ...collectorSettings(config),
    files,
    incomingFiles: new JobUploads(join(config.dataDir, INCOMING_FOLDER)),
    onError,
  });
  // If this is the only server, all present files were left by a crash.
  await collector.sweep(stores.database.dialect === 'sqlite' ? 0 : undefined);
  reportError = (err) => app.log.error({ err }, 'background work');
  reportLaw = (what) => app.log.warn(translatorFor('en').translate(what));
  const { origin, host: logHost, headsFile } = config.log;
  const heads = headsFile === undefined ? undefined : await HeadsFile.open(stores.database.query, headsFile);
  await stores.log.start({
    alone: stores.database.dialect === 'sqlite',
    signer: {
      privateKey: openLogKey(config.log),
      host: logHost,
      ...(origin === undefined ? {} : { origin }),
    },
    afterHeads: heads && (() => heads.add()),
  });
  await first;
  const firstKey = config.access.keysRequired ? await createFirstKey(stores.database) : undefined;
  const metricsServer = config.metrics && (await startMetricsServer(metrics, config.metrics));
  const address = await app.listen({ host: config.host, port: config.port });
  const dispatcher = startWebhookDispatcher(
    webhooks,
    deliveries,
    config.webhookAllowedHosts,
    config.fetch.denied,
    (err) => app.log.error({ err }, 'webhooks could not be looked after'),
  );

  worker?.start();
  rejudger?.start();
  watcher?.start();
  collector.start();
  const upkeep = startUpkeep(stores, config.access.auditDays, (err) =>
    app.log.error({ err }, 'old sessions and entries could not be dropped'),
  );

  // May take very long, so it is not awaited; the next start continues the work.
  const sealingAbort = new AbortController();
  const sealing = sealManifests(stores.database, secretKeys, sealingAbort.signal).then(
    (manifests) => {
      for (const notice of manifestNotices(manifests)) print(notice);
    },
    (err) => app.log.error({ err }, 'manifest stores could not be brought under the first key'),
  );

  const close = async (): Promise<void> => {
    sealingAbort.abort();
    const cut = setTimeout(() => app.server.closeAllConnections(), GRACE_MILLIS);
    await Promise.all([app.close(), worker?.stop(GRACE_MILLIS), rejudger?.stop(GRACE_MILLIS)]);
    clearTimeout(cut);
    metricsServer?.closeAllConnections();
    metricsServer?.close();
    clearInterval(upkeep);
    law.stop();
    await dispatcher.stop();
    await collector.stop();
    await sealing;
    await watcher?.stop();
    await matcher?.close();
    await inspector.close();
    await stores.close();
    await tracing?.stop();
    release();
  };
  /** Load balancers learn of it before the port is closed. Requests are served until then. */
  const drain = async (): Promise<void> => {
    drainingSignal.abort();
    if (config.drainSeconds > 0)
      app.log.info(`is not ready any more; the port closes in ${config.drainSeconds} s`);
    await delay(config.drainSeconds * 1000);
  };

  let stopping: Promise<void> | undefined;
  const end = (how: () => Promise<void>): Promise<void> => {
    // From here on signals have their default effect: a second one ends the process at once.
    for (const signal of SIGNALS) process.off(signal, onSignal);
    stopping ??= how();
    return stopping;
  };
  // Ctrl-C comes from an attending user, so it closes at once; SIGTERM comes from a manager that starts a replacement,
  // so it drains first.
  const onSignal = (signal: Signal) => void end(signal === 'SIGTERM' ? () => drain().then(close) : close);
  const stop = () => end(close);
  for (const signal of SIGNALS) process.on(signal, onSignal);

  if (firstKey !== undefined) print(message('start.firstKey'));
  return { address, firstKey, stop };
}

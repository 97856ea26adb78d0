import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Config } from './config.js';
import { followedLaw } from './followed-law.js';
import { buildApp } from './http/app.js';
import type { Inspector } from './isolation/inspector.js';
import type { Makers } from './isolation/makers.js';
import { checkLawPresets } from './law-presets.js';
import { openSeen } from './likeness/seen.js';
import { Metrics } from './metrics/metrics.js';
import { startMetricsServer } from './metrics/server.js';
import { type Said, said } from './say/said.js';
import { speechOf } from './say/speech.js';
import { openSecretKeys } from './secrets/key-file.js';
import { openLogKey } from './secrets/log-key.js';
import { manifestNotices, startNotices } from './start-notices.js';
import { keepUp } from './store/access-upkeep.js';
import type { Database } from './store/database.js';
import { makeFirstKey } from './store/first-key.js';
import { KyselyDeliveries } from './store/kysely-deliveries.js';
import { KyselyWebhooks } from './store/kysely-webhooks.js';
import { holdLeases } from './store/lease-owner.js';
import { HeadsFile } from './store/log-heads-file.js';
import { MatchWatch } from './store/match-watch.js';
import { sealManifests } from './store/seal-manifests.js';
import { sealSecrets } from './store/seal-secrets.js';
import { beSoleServer } from './store/sole-server.js';
import { openStores } from './store/stores.js';
import { listAges } from './trust-lists/list-ages.js';
import { startCourier } from './webhooks/start.js';
import { Collector } from './worker/collector.js';
import { INCOMING_FOLDER, JobFiles } from './worker/job-files.js';
import { Rejudger } from './worker/rejudger.js';
import { collectorSettings, rejudgerSettings, workerSettings } from './worker/settings.js';
import { Watcher } from './worker/watcher.js';
import { Worker } from './worker/worker.js';

export interface RunningServer {
  address: string;
  /** Where keys are required and there was none yet: the one that was made. */
  firstKey: string | undefined;
  /** Lets those inside finish for a while, then closes the inspector too. After a signal: as that asked for. */
  stop(): Promise<void>;
}

/** After this the connections still open are cut; service managers usually wait longer before they kill. */
const GRACE_MILLIS = 10_000;
const SIGNALS = ['SIGTERM', 'SIGINT'] as const;
type Signal = (typeof SIGNALS)[number];

/** Beside one SQLite file. What a server that was killed had begun is free at once. Returns what gives the locks back. */
async function asOnlyServer(database: Database, dataDir: string): Promise<() => void> {
  if (database.flavour !== 'sqlite') return () => undefined;
  const sole = beSoleServer(dataDir);
  try {
    const leases = await holdLeases(database, dataDir);
    return () => {
      leases();
      sole();
    };
  } catch (error) {
    sole();
    throw error;
  }
}

/**
 * Wires the door to the disk and listens. Rejects with the system's error where it cannot.
 * `makers`: of what is left out nothing is made. They are closed with the server.
 * `say`: to whoever starts it.
 * `first`: what must have gone well before anybody is let in; a rejection of it is this one's.
 */
export async function startServer(
  config: Config,
  inspector: Inspector,
  first: Promise<void> = Promise.resolve(),
  makers: Makers = {},
  say: (what: Said) => void = () => undefined,
): Promise<RunningServer> {
  // What goes wrong behind the scenes is tried again; it is told once there is a log.
  let tell = (_error: unknown): void => undefined;
  const onError = (error: unknown) => tell(error);
  checkLawPresets(config);
  // Loaded for those who asked for it alone.
  const tracing = config.tracing && (await (await import('./tracing/start.js')).startTracing(config.tracing));
  const stores = await openStores({ dataDir: config.dataDir, url: config.databaseUrl }, { onError });
  const sole = await asOnlyServer(stores.database, config.dataDir);
  let tellLaw = say;
  const law = await followedLaw(config, stores.database, {
    tell: (what) => tellLaw(what),
    changed: () => {
      if (!config.lawRejudge) tellLaw(said('rejudged.howTo'));
    },
  }).catch(async (error: unknown) => {
    sole();
    await Promise.all([stores.close(), tracing?.stop()]);
    throw error;
  });
  // Loads beside all else: until it has, whoever asks is told so.
  const { fingerprintMemoryBytes: mostBytes } = config;
  const memory = mostBytes === undefined ? {} : { mostBytes };
  const seen = config.fingerprints
    ? await openSeen(stores.fingerprints, { ...memory, onFault: onError })
    : undefined;
  const watcher =
    seen && new Watcher({ ...stores, watch: new MatchWatch(stores.database, stores.events), seen, onError });
  const files = new JobFiles(join(config.dataDir, 'uploads'));
  const worker = config.embeddedWorker
    ? new Worker({
        ...stores,
        ...workerSettings(config, { besideADoor: true, law }),
        inspector,
        files,
        onError,
        ...makers,
      })
    : undefined;
  const rejudger = config.embeddedWorker
    ? new Rejudger({ ...stores, ...rejudgerSettings(config, law), files, onError })
    : undefined;
  const deliveries = new KyselyDeliveries(stores.database, stores.events);
  const secretKeys = openSecretKeys(config.secrets);
  const sealed = await sealSecrets(stores.database, secretKeys);
  for (const notice of startNotices(config, sealed)) say(notice);
  await deliveries.signAgain({ keys: secretKeys.ids }, new Date().toISOString());
  const webhooks = new KyselyWebhooks(stores.database, secretKeys);
  const metrics = new Metrics({
    queue: () => stores.queue.depth(),
    oldestWaitingSeconds: () => stores.queue.oldestWaitingSeconds(),
    deliveries: () => deliveries.counts(),
    lists: () => listAges(config.trustDir, new Date()),
    isolation: () => inspector.isolation,
  });
  const leaving = new AbortController();
  const app = await buildApp({
    config,
    inspector,
    stores,
    webhooks,
    metrics,
    log: process.stderr,
    leaving: leaving.signal,
    law,
    seen,
    ...makers,
    ...(worker === undefined ? {} : { wake: () => worker.wake() }),
    ...(rejudger === undefined ? {} : { wakeRejudger: () => rejudger.wake() }),
  });
  const collector = new Collector({
    ...stores,
    ...collectorSettings(config),
    files,
    incomingFiles: new JobFiles(join(config.dataDir, INCOMING_FOLDER)),
    onError,
  });
  // Where this is the only server, what lies there now was left by a crash.
  await collector.sweep(stores.database.flavour === 'sqlite' ? 0 : undefined);
  tell = (err) => app.log.error({ err }, 'background work');
  tellLaw = (what) => app.log.warn(speechOf('en').say(what));
  const { origin, host: logHost, headsFile } = config.log;
  const heads = headsFile === undefined ? undefined : await HeadsFile.open(stores.database.query, headsFile);
  await stores.log.start({
    alone: stores.database.flavour === 'sqlite',
    signer: {
      privateKey: openLogKey(config.log),
      host: logHost,
      ...(origin === undefined ? {} : { origin }),
    },
    afterHeads: heads && (() => heads.add()),
  });
  await first;
  const firstKey = config.access.keysRequired ? await makeFirstKey(stores.database) : undefined;
  const { metricsHost: host, metricsPort: port } = config;
  const figures = port === undefined ? undefined : await startMetricsServer(metrics, { host, port });
  const address = await app.listen({ host: config.host, port: config.port });
  const courier = startCourier(webhooks, deliveries, config.webhookAllowedHosts, config.fetch.denied, (err) =>
    app.log.error({ err }, 'webhooks could not be looked after'),
  );

  worker?.start();
  rejudger?.start();
  watcher?.start();
  collector.start();
  const upkeep = keepUp(stores, config.access.auditDays, (err) =>
    app.log.error({ err }, 'old sessions and entries could not be dropped'),
  );

  // There may be very many: nobody waits for it, and what is left the next start goes on with.
  const enough = new AbortController();
  const sealing = sealManifests(stores.database, secretKeys, enough.signal).then(
    (manifests) => {
      for (const notice of manifestNotices(manifests)) say(notice);
    },
    (err) => app.log.error({ err }, 'manifest stores could not be brought under the first key'),
  );

  const close = async (): Promise<void> => {
    enough.abort();
    const cut = setTimeout(() => app.server.closeAllConnections(), GRACE_MILLIS);
    await Promise.all([app.close(), worker?.stop(GRACE_MILLIS), rejudger?.stop(GRACE_MILLIS)]);
    clearTimeout(cut);
    figures?.closeAllConnections();
    figures?.close();
    clearInterval(upkeep);
    law.stop();
    await courier.stop();
    await collector.stop();
    await sealing;
    await watcher?.stop();
    await seen?.close();
    await inspector.close();
    await stores.close();
    await tracing?.stop();
    sole();
  };
  /** Balancers hear of it before the port closes; whoever comes until then is served. */
  const drain = async (): Promise<void> => {
    leaving.abort();
    if (config.drainSeconds > 0)
      app.log.info(`is not ready any more; the port closes in ${config.drainSeconds} s`);
    await delay(config.drainSeconds * 1000);
  };

  let stopping: Promise<void> | undefined;
  const end = (how: () => Promise<void>): Promise<void> => {
    // From here on a signal does what it does by itself: a second one ends the process at once.
    for (const signal of SIGNALS) process.off(signal, onSignal);
    stopping ??= how();
    return stopping;
  };
  // Who presses Ctrl-C looks on; SIGTERM comes from what starts another in this one's place.
  const onSignal = (signal: Signal) => void end(signal === 'SIGTERM' ? () => drain().then(close) : close);
  const stop = () => end(close);
  for (const signal of SIGNALS) process.on(signal, onSignal);

  if (firstKey !== undefined) say(said('start.firstKey'));
  return { address, firstKey, stop };
}

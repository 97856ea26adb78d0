import { join } from 'node:path';
import { readSecretKeys } from '../../base/secrets/key-file.js';
import type { Config } from '../../config/settings.js';
import { loadRulebooks } from '../../core/law/rulebooks/index.js';
import type { CrJsonMaker } from '../../inspect/makers/cr-json.js';
import type { PictureMaker } from '../../inspect/makers/pictures.js';
import { createReportRejudger, type ReportRejudger } from '../../inspect/makers/recheck.js';
import type { Inspector } from '../../inspect/pool/inspector.js';
import { Confinement } from '../../inspect/sandbox/confinement.js';
import type { FetchLimits } from '../../service/fetching/fetch-limits.js';
import { AllowedPaths } from '../../service/inspections/allowed-paths.js';
import { fingerprintExpiry, reportExpiry } from '../../service/inspections/expiry.js';
import { InspectionService } from '../../service/inspections/inspection-service.js';
import { Rechecker } from '../../service/inspections/recheck.js';
import { UploadDirectory } from '../../service/inspections/upload-directory.js';
import { INCOMING_FOLDER, JobUploads } from '../../service/inspections/upload-files.js';
import { AnswerInputs, type FollowedLaw } from '../../service/inspections/versions.js';
import type { Matcher } from '../../service/matches/matcher.js';
import type { Metrics } from '../../service/ops/metrics.js';
import { Printer } from '../../service/pdf/printer.js';
import { WebhookSender } from '../../service/webhooks/send.js';
import { Idempotency } from '../../storage/access/idempotency.js';
import { KeyRepository } from '../../storage/access/kysely-keys.js';
import { SessionRepository } from '../../storage/access/sessions.js';
import { UsageRepository } from '../../storage/access/usage.js';
import { ShareRepository } from '../../storage/inspections/kysely-shares.js';
import { AuditRepository } from '../../storage/log/audit.js';
import { ScanRepository } from '../../storage/scans/kysely-scans.js';
import type { Stores } from '../../storage/stores.js';
import { DeliveryRepository } from '../../storage/webhooks/kysely-deliveries.js';
import type { WebhookRepository } from '../../storage/webhooks/kysely-webhooks.js';
import { Admission } from '../guards/admission.js';
import { BadKeys } from '../guards/bad-keys.js';
import { createDailyQuota } from '../guards/daily-quota.js';
import { SessionCookie } from '../guards/session-cookie.js';
import { DiskQuota } from './disk-quota.js';
import { HostFacts } from './host-facts.js';
import { LinkFetcher } from './link-fetcher.js';
import type { LogStream } from './logging.js';
import { MatchSearch } from './matches/matching.js';
import { SealService } from './sealing.js';
import type { Services } from './services.js';

export interface AppOptions {
  config: Config;
  inspector: Inspector;
  /** Already open; the code that opened them closes them. */
  stores: Stores;
  webhooks: WebhookRepository;
  /** Notifies the worker of this process that something was queued; left out: there is no worker. */
  wakeWorker?: () => void;
  /** Notifies the worker that rejudges stored reports. */
  wakeRejudger?: () => void;
  /** Left out: the law in force at the start is used. */
  law?: FollowedLaw | undefined;
  /** `YYYY-MM-DD`; left out: the day in UTC. */
  today?: () => string;
  /** Left out: the system clock. */
  now?: () => Date;
  /** Closed with the app; left out: no pictures are made. */
  pictureMaker?: PictureMaker;
  /** Closed with the app; left out: no fingerprints are stored. */
  fingerprintMaker?: PictureMaker;
  /** Left out: nothing is compared. The code that opened it closes it. */
  matchIndex?: Matcher | undefined;
  /** Closed with the app; left out: no crJSON is made. */
  crJsonMaker?: CrJsonMaker;
  /** Left out: the app creates its own. */
  rejudger?: ReportRejudger;
  /** Left out: a printer that uses the programs of this machine. */
  printer?: Services['printer'];
  /** Printer of the pages in bundles; left out: the PDF library alone. */
  bundlePrinter?: Services['printer'];
  /** Destination of log lines; left out: none. */
  log?: LogStream;
  /** Closed with the app; left out: nothing is measured. */
  metrics?: Metrics;
  /** Limits on following a link; absent: those of service/fetching/fetch-limits.ts. */
  linkLimits?: Partial<FetchLimits>;
  /**
   * Aborted a while before the app is closed, so that load balancers stop sending requests; left out: no notice is
   * given.
   */
  shuttingDown?: AbortSignal;
}

/** Creates the services that routes share, from the options of the app. `reportError` logs what fails after a response. */
export function createServices(
  {
    config,
    inspector,
    stores,
    webhooks,
    wakeWorker = () => undefined,
    wakeRejudger = () => undefined,
    law,
    today = utcDay,
    now = () => new Date(),
    pictureMaker,
    fingerprintMaker,
    matchIndex,
    crJsonMaker,
    rejudger = createReportRejudger(config.trustDir, new Confinement({ sandbox: config.sandbox })),
    printer = new Printer(config.programPath),
    bundlePrinter,
    shuttingDown = new AbortController().signal,
    linkLimits,
  }: AppOptions,
  reportError: (error: unknown) => void,
): Services {
  const uploads = new UploadDirectory(join(config.dataDir, 'uploads'));
  const allowedPaths = new AllowedPaths(config.allowedPaths);
  const versions = new AnswerInputs(config.trustDir, law);
  const { inspections, exchanges, fingerprints } = stores;
  const inspectionService = new InspectionService({
    ...{ inspections, fingerprints, inspector, allowedPaths, versions, wakeWorker },
    ...{ pictureMaker, fingerprintMaker, crJsonMaker, files: uploads, onError: reportError },
    keepUploads: config.keepUploadsHours > 0,
    fingerprintExpiryOf: (at) => fingerprintExpiry(config, at),
  });
  const matching = new MatchSearch({
    ...{ stores, index: matchIndex, now, tasks: inspectionService.afterResponse },
    scans: new ScanRepository(stores.database),
    keys: () => readSecretKeys(config.secrets),
  });
  return {
    config,
    inspector,
    database: stores.database,
    stores,
    keys: new KeyRepository(stores.database),
    shares: new ShareRepository(stores.database, stores.log),
    sessions: new SessionRepository(stores.database),
    sessionCookie: new SessionCookie(config.access),
    badKeys: new BadKeys(),
    versions,
    printer,
    matching,
    sealing: new SealService({
      ...{ config, stores, inspector, uploads, allowedPaths, matching, now, bundlePrinter },
    }),
    inspectionService,
    rechecker: new Rechecker({
      ...{ inspections, exchanges, versions, rejudger, today, files: uploads, service: inspectionService },
      expiry: () => reportExpiry(config),
    }),
    fingerprintMaker,
    wakeWorker,
    wakeRejudger,
    diskQuota: new DiskQuota(config),
    host: new HostFacts(config.trustDir, config.programPath),
    audit: new AuditRepository(stores.database, stores.log),
    log: stores.log,
    idempotency: new Idempotency(stores.database),
    secrets: webhooks.keys,
    today,
    now,
    webhooks,
    deliveries: new DeliveryRepository(stores.database, stores.events),
    sender: new WebhookSender(config.webhookAllowedHosts, config.fetch.denied),
    uploads,
    allowedPaths,
    quota: createDailyQuota({
      usage: new UsageRepository(stores.database),
      maxConcurrent: Math.ceil(config.uploadsAtOnce / 2),
      now,
    }),
    incomingFiles: new JobUploads(join(config.dataDir, INCOMING_FOLDER)),
    admission: new Admission(config.uploadsAtOnce),
    links: new LinkFetcher(config, linkLimits),
    shuttingDown,
    get rulebooks() {
      return loadRulebooks();
    },
  };
}

function utcDay(): string {
  return new Date().toISOString().slice(0, 10);
}

import type { SecretKeys } from '../../base/secrets/secret-keys.js';
import type { Config } from '../../config/settings.js';
import type { PictureMaker } from '../../inspect/makers/pictures.js';
import type { Inspector } from '../../inspect/pool/inspector.js';
import type { AllowedPaths } from '../../service/inspections/allowed-paths.js';
import type { InspectionService } from '../../service/inspections/inspection-service.js';
import type { Rechecker } from '../../service/inspections/recheck.js';
import type { UploadDirectory } from '../../service/inspections/upload-directory.js';
import type { JobUploads } from '../../service/inspections/upload-files.js';
import type { AnswerInputs } from '../../service/inspections/versions.js';
import type { Printer } from '../../service/pdf/printer.js';
import type { WebhookSender } from '../../service/webhooks/send.js';
import type { Idempotency } from '../../storage/access/idempotency.js';
import type { KeyRepository } from '../../storage/access/kysely-keys.js';
import type { SessionRepository } from '../../storage/access/sessions.js';
import type { Database } from '../../storage/engine/database.js';
import type { ShareRepository } from '../../storage/inspections/kysely-shares.js';
import type { AuditRepository } from '../../storage/log/audit.js';
import type { EventLog } from '../../storage/log/log.js';
import type { Stores } from '../../storage/stores.js';
import type { DeliveryRepository } from '../../storage/webhooks/kysely-deliveries.js';
import type { WebhookRepository } from '../../storage/webhooks/kysely-webhooks.js';
import type { Admission } from '../guards/admission.js';
import type { BadKeys } from '../guards/bad-keys.js';
import type { DailyQuota } from '../guards/daily-quota.js';
import type { SessionCookie } from '../guards/session-cookie.js';
import type { DiskQuota } from './disk-quota.js';
import type { HostFacts } from './host-facts.js';
import type { LinkFetcher } from './link-fetcher.js';
import type { MatchSearch } from './matches/matching.js';
import type { SealService } from './sealing.js';

/** Services that the routes use; app.ts creates them and passes them explicitly. */
export interface Services {
  config: Config;
  inspector: Inspector;
  database: Database;
  stores: Stores;
  keys: KeyRepository;
  webhooks: WebhookRepository;
  deliveries: DeliveryRepository;
  /** Sends test messages; the webhook dispatcher (server.ts) sends all others. */
  sender: Pick<WebhookSender, 'send' | 'close'>;
  shares: ShareRepository;
  sessions: SessionRepository;
  sessionCookie: SessionCookie;
  badKeys: BadKeys;
  versions: AnswerInputs;
  printer: Pick<Printer, 'print'>;
  matching: MatchSearch;
  sealing: SealService;
  inspectionService: InspectionService;
  rechecker: Rechecker;
  /** Fingerprints files that are searched with and not stored; absent: nothing is compared. */
  fingerprintMaker: Pick<PictureMaker, 'fingerprint' | 'make' | 'waiting'> | undefined;
  /** Notifies the worker of this process that something was queued. */
  wakeWorker: () => void;
  /** Notifies the worker that rejudges stored reports. */
  wakeRejudger: () => void;
  diskQuota: DiskQuota;
  host: HostFacts;
  /** Request log. */
  audit: AuditRepository;
  /** Tamper-evident log of events. */
  log: EventLog;
  idempotency: Idempotency;
  /** Keys of the server itself. */
  secrets: SecretKeys;
  uploads: UploadDirectory;
  /** Files of resumable uploads under way. */
  incomingFiles: JobUploads;
  allowedPaths: AllowedPaths;
  /** Charges what one request needs beyond its first inspection. */
  quota: DailyQuota;
  admission: Admission;
  /** Follows links that people give in place of files. */
  links: LinkFetcher;
  /** Aborted when the port is about to be closed. */
  shuttingDown: AbortSignal;
  /** Rulebooks that a client may select; the form offers them. */
  rulebooks: readonly { id: string; jurisdiction: string }[];
  /** `YYYY-MM-DD`, UTC. */
  today: () => string;
  now: () => Date;
}

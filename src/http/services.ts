import type { Config } from '../config.js';
import type { Inspector } from '../isolation/inspector.js';
import type { AgainJudge } from '../isolation/judge-again.js';
import type { Printer } from '../pdf/printer.js';
import type { SecretKeys } from '../secrets/secret-keys.js';
import type { Audit } from '../store/audit.js';
import type { Database } from '../store/database.js';
import type { Idempotency } from '../store/idempotency.js';
import type { KyselyDeliveries } from '../store/kysely-deliveries.js';
import type { KyselyKeys } from '../store/kysely-keys.js';
import type { KyselyShares } from '../store/kysely-shares.js';
import type { KyselyWebhooks } from '../store/kysely-webhooks.js';
import type { EventLog } from '../store/log.js';
import type { Sessions } from '../store/sessions.js';
import type { Stores } from '../store/stores.js';
import type { WebhookSender } from '../webhooks/send.js';
import type { AllowedPaths } from '../worker/allowed-paths.js';
import type { JobFiles } from '../worker/job-files.js';
import type { Versions } from '../worker/versions.js';
import type { Admission } from './admission.js';
import type { AfterAnswers } from './after-answers.js';
import type { CrJsonMaking } from './cr-json-making.js';
import type { BadKeys } from './guards/bad-keys.js';
import type { DailyQuota } from './guards/daily-quota.js';
import type { SessionCookie } from './guards/session-cookie.js';
import type { HostFacts } from './host-facts.js';
import type { LinkDoor } from './link-door.js';
import type { Matching } from './matching.js';
import type { PictureMaking } from './picture-making.js';
import type { Room } from './room.js';
import type { Sealing } from './sealing.js';
import type { UploadDirectory } from './upload-directory.js';

/** What the routes work with; put together in app.ts, handed over in sight. */
export interface Services {
  config: Config;
  inspector: Inspector;
  database: Database;
  stores: Stores;
  keys: KyselyKeys;
  webhooks: KyselyWebhooks;
  deliveries: KyselyDeliveries;
  /** For test messages; the rest goes through the courier (server.ts). */
  sender: Pick<WebhookSender, 'send'>;
  shares: KyselyShares;
  sessions: Sessions;
  sessionCookie: SessionCookie;
  badKeys: BadKeys;
  versions: Versions;
  printer: Pick<Printer, 'print'>;
  pictures: PictureMaking;
  matching: Matching;
  sealing: Sealing;
  crJson: CrJsonMaking;
  againJudge: Pick<AgainJudge, 'judge'>;
  /** Holds files of which something is still made. */
  afterAnswers: AfterAnswers;
  /** Tells the worker of this process that something was queued. */
  wake: () => void;
  /** The same of what asks kept reports again. */
  wakeRejudger: () => void;
  room: Room;
  host: HostFacts;
  /** What the log tells of requests. */
  audit: Audit;
  /** What happened, as leaves that nobody can rewrite unseen. */
  log: EventLog;
  idempotency: Idempotency;
  /** The server’s own keys. */
  secrets: SecretKeys;
  uploads: UploadDirectory;
  /** Files of uploads that come in piece by piece. */
  incomingFiles: JobFiles;
  allowedPaths: AllowedPaths;
  /** For what one request asks beyond its first inspection. */
  quota: DailyQuota;
  admission: Admission;
  /** Follows links that people give in place of files. */
  links: LinkDoor;
  /** Aborted when the port is about to be closed. */
  leaving: AbortSignal;
  /** What a client may ask about; the form offers them. */
  rulebooks: readonly { id: string; jurisdiction: string }[];
  /** `YYYY-MM-DD`, UTC. */
  today: () => string;
  now: () => Date;
}

import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { type AccessSettings, isLoopback, readAccess } from './access-settings.js';
import { ENGINE_CHOICES, type EngineChoice } from './core/c2pa/engine-names.js';
import { SANDBOX_CHOICES, type SandboxChoice } from './core/ground/isolation-level.js';
import { compact } from './core/ground/json-shape.js';
import { ROLES, type Role } from './core/report/rule-terms.js';
import {
  bytes,
  ConfigError,
  type Env,
  eachOf,
  folders,
  host,
  hosts,
  integer,
  list,
  networks,
  oneOf,
  path,
  text,
} from './env.js';
import { FETCH_MODES, type FetchSettings } from './fetching/fetch-settings.js';
import { type LogSettings, readLog } from './secrets/log-key.js';
import { readSecrets, type SecretSettings } from './secrets/settings.js';
import { readTracing, type TracingSettings } from './tracing-settings.js';

export type { AccessSettings } from './access-settings.js';
export { ConfigError } from './env.js';

/** What the operator may set. Read once, here; nobody else looks at the environment. */
export interface Config {
  host: string;
  /** 0: any free port. */
  port: number;
  dataDir: string;
  /** `postgres://…`; left out: one SQLite file in the data directory. */
  databaseUrl?: string;
  trustDir: string;
  /** Where law is that was installed; left out: the one that came with the program is in force. */
  lawDir?: string;
  /** File of the public keys whose law is taken; left out: none is. */
  lawKey?: string;
  /** Whether kept reports are asked again by themselves once other law is in force. */
  lawRejudge: boolean;
  /** Where programs that print are looked for, as in PATH. */
  programPath: string;
  maxUploadBytes: number;
  /** Files inspected at the same time. */
  jobs: number;
  /** Uploads that may be open at once, received or waiting for their turn; each may hold a file of the largest size. */
  uploadsAtOnce: number;
  /** Files that one reading process is given before a fresh one follows it. */
  filesPerReader: number;
  engine: EngineChoice;
  /** What of the law is asked where nobody says; codes are held against the rulebooks at the start (law-presets.ts). */
  lawDefaults: { jurisdictions?: string[]; roles?: Role[] };
  /** Uploads above this are accepted (202) and inspected by a worker; the others are answered at once. */
  syncUploadBytes: number;
  /** After so many days a report goes; 0: never. */
  retentionDays: number;
  /** Uploads stay so long after their report, for rechecks; 0: they go with it. */
  keepUploadsHours: number;
  /** Uploads of inspections that failed stay so long, to be tried again; 0: they go. */
  failedUploadHours: number;
  /** Uploads that come in piece by piece go after so long, finished or not, where no inspection took them. */
  incomingHours: number;
  /** How many of them a tenant may have, and of how many bytes together. */
  incomingUploads: number;
  incomingBytes: number;
  /** Folders whose files clients may name in a batch; none: clients send their files. */
  allowedPaths: readonly string[];
  /** What the data directory may hold; left out: the disk. */
  dataQuotaBytes?: number;
  /** Whether `serve` works through the queue itself. */
  embeddedWorker: boolean;
  /** A worker that is silent for so long has died, and its job goes to another. */
  leaseSeconds: number;
  /** Of workers of scans: objects fetched ahead, bytes of them, bytes a second, hours of the day as `22:00-06:00`. */
  scanPrefetch?: number;
  scanPrefetchBytes?: number;
  scanBandwidth?: number;
  scanHours?: string;
  /** What `scan status` calls a worker; left out: its machine and process. */
  workerName?: string;
  /** Whether clients may ask for personal data that is masked otherwise. */
  allowReveal: boolean;
  logLevel: LogLevel;
  /** A port of its own for /metrics; left out: on the service itself, for keys with the scope `metrics` and admins. */
  metricsPort?: number;
  metricsHost: string;
  /** Hosts (`host` or `host:port`) that webhooks may reach inside private networks and over plain http. */
  webhookAllowedHosts: ReadonlySet<string>;
  /** Where a person's link may lead. */
  fetch: FetchSettings;
  /** Whether `assay serve` puts files whose answer is known through each engine before it listens. */
  selfTest: boolean;
  /** Who is let in, from where, and how much. */
  access: AccessSettings;
  /** Whether small pictures are made of what is inspected, and kept with its report. */
  previews: boolean;
  /** Whether it is made and kept what files look and sound like, to find them again. */
  fingerprints: boolean;
  /** For so many days, whatever becomes of the report; 0: until somebody deletes it. Left out: as long as the report. */
  fingerprintDays?: number;
  /** Memory for the fingerprints that a process searches; left out: 4 GiB. */
  fingerprintMemoryBytes?: number;
  /** Whether links to reports can be made and hold. */
  shares: boolean;
  /** Where traces go; left out: there are none, and nothing is loaded for them. */
  tracing?: TracingSettings;
  /** Under which keys secrets are kept. Never shown, as little as the address of the database. */
  secrets: SecretSettings;
  /** How heads of the log are signed, and where they go. */
  log: LogSettings;
  /** How reading processes are held: `require` refuses to read where there is no sandbox. */
  sandbox: SandboxChoice;
  /** The same for `assay serve`: where others than this machine reach it, not to have one has to be chosen. */
  serveSandbox: SandboxChoice;
  /** What reports are sealed with over HTTP: files in PEM, and the address of a time-stamping authority. Left out: none are. */
  seal?: { key: string; certificate?: string; authority?: string };
  /** After SIGTERM, how long `assay serve` goes on while it says that it is not ready. */
  drainSeconds: number;
}

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** More jobs than this gain nothing: reading is then bound by the disk. */
const MOST_DEFAULT_JOBS = 16;
const MOST_JOBS = 256;
/** So many can wait while each place for reading has a file: enough for a burst, and still bounded on the disk. */
const UPLOADS_A_JOB = 4;
const LEAST_UPLOADS = 16;
/** Each holds a connection and a file that is open. */
const MOST_UPLOADS = 10_000;
/** Leaks of the media libraries end there, in a scan too. */
const MOST_FILES_PER_READER = 5_000;
/** A little more than a balancer needs that asks every second. */
const USUAL_DRAIN_SECONDS = 2;
const MOST_DRAIN_SECONDS = 600;

/** Some hundred thousand pictures: with less, a newsroom's own would not be searched. */
const LEAST_FINGERPRINT_BYTES = 64 * 1024 ** 2;

function readFingerprints(
  env: Env,
): Pick<Config, 'fingerprints' | 'fingerprintDays' | 'fingerprintMemoryBytes'> {
  const fingerprints = oneOf(env, 'ASSAY_FINGERPRINTS', ['on', 'off']) !== 'off';
  const fingerprintDays = integer(env, 'ASSAY_FINGERPRINT_DAYS', 0, 36_500);
  const memory = integer(env, 'ASSAY_FINGERPRINT_MEMORY_BYTES', LEAST_FINGERPRINT_BYTES, 1024 ** 4);
  return {
    fingerprints,
    ...compact({ fingerprintDays, fingerprintMemoryBytes: memory }),
  };
}

/** Checks everything and says the first thing that is wrong; a bad value never becomes a default. */
export function readConfig(env: Env, cores: number = availableParallelism()): Config {
  const dataDir = path(env, 'ASSAY_DATA_DIR') ?? './data';
  const databaseUrl = postgresUrl(env, 'DATABASE_URL');
  const listensOn = host(env, 'ASSAY_HOST') ?? '127.0.0.1';
  const metricsPort = integer(env, 'ASSAY_METRICS_PORT', 0, 65_535);
  const dataQuotaBytes = bytes(env, 'ASSAY_DATA_QUOTA');
  const maxUploadBytes = bytes(env, 'ASSAY_MAX_UPLOAD_BYTES') ?? 1024 ** 3;
  const sandbox = oneOf(env, 'ASSAY_SANDBOX', SANDBOX_CHOICES);
  const access = readAccess(env, listensOn);
  return {
    host: listensOn,
    port: integer(env, 'ASSAY_PORT', 0, 65_535) ?? 8080,
    dataDir,
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
    programPath: text(env, 'PATH') ?? '',
    trustDir: path(env, 'ASSAY_TRUST_DIR') ?? join(dataDir, 'trust'),
    ...readLaw(env),
    maxUploadBytes,
    allowedPaths: folders(env, 'ASSAY_ALLOWED_PATHS'),
    incomingHours: integer(env, 'ASSAY_INCOMING_HOURS', 1, 8_760) ?? 24,
    incomingUploads: integer(env, 'ASSAY_INCOMING_UPLOADS', 1, 1_000_000) ?? 1_000,
    incomingBytes: bytes(env, 'ASSAY_INCOMING_BYTES') ?? 20 * maxUploadBytes,
    ...readReading(env, cores),
    lawDefaults: readLawDefaults(env),
    syncUploadBytes: bytes(env, 'ASSAY_SYNC_UPLOAD_BYTES') ?? 32 * 1024 ** 2,
    retentionDays: integer(env, 'ASSAY_RETENTION_DAYS', 0, 36_500) ?? 30,
    keepUploadsHours: integer(env, 'ASSAY_KEEP_UPLOADS_HOURS', 0, 87_600) ?? 0,
    failedUploadHours: integer(env, 'ASSAY_FAILED_UPLOAD_HOURS', 0, 87_600) ?? 24,
    ...(dataQuotaBytes === undefined ? {} : { dataQuotaBytes }),
    embeddedWorker: oneOf(env, 'ASSAY_EMBEDDED_WORKER', ['0', '1']) !== '0',
    leaseSeconds: integer(env, 'ASSAY_LEASE_SECONDS', 1, 3600) ?? 30,
    ...readFetching(env),
    allowReveal: oneOf(env, 'ASSAY_ALLOW_REVEAL', ['0', '1']) === '1',
    logLevel: oneOf(env, 'ASSAY_LOG_LEVEL', LOG_LEVELS) ?? 'info',
    ...(metricsPort === undefined ? {} : { metricsPort }),
    metricsHost: host(env, 'ASSAY_METRICS_HOST') ?? '127.0.0.1',
    webhookAllowedHosts: hosts(env, 'ASSAY_WEBHOOK_ALLOWED_HOSTS'),
    fetch: {
      mode: oneOf(env, 'ASSAY_FETCH', FETCH_MODES) ?? 'off',
      hosts: hosts(env, 'ASSAY_FETCH_HOSTS', { anyPort: true }),
      denied: networks(env, 'ASSAY_FETCH_DENY'),
    },
    ...readFingerprints(env),
    previews: oneOf(env, 'ASSAY_PREVIEWS', ['on', 'off']) !== 'off',
    shares: oneOf(env, 'ASSAY_SHARES', ['on', 'off']) !== 'off',
    sandbox: sandbox ?? 'auto',
    serveSandbox: sandbox ?? (isLoopback(listensOn) ? 'auto' : 'require'),
    drainSeconds: integer(env, 'ASSAY_DRAIN_SECONDS', 0, MOST_DRAIN_SECONDS) ?? USUAL_DRAIN_SECONDS,
    selfTest: oneOf(env, 'ASSAY_SELF_TEST', ['run', 'skip']) !== 'skip',
    access,
    secrets: readSecrets(env, dataDir),
    ...readSeal(env),
    log: readLog(env, dataDir, access.publicUrl),
    ...readTracing(env),
  };
}

function readSeal(env: Env): Pick<Config, 'seal'> {
  const key = path(env, 'ASSAY_SEAL_KEY');
  const certificate = path(env, 'ASSAY_SEAL_CERT');
  const authority = text(env, 'ASSAY_SEAL_TSA');
  if (authority !== undefined && !(/^https?:\/\//.test(authority) && URL.canParse(authority)))
    throw new ConfigError('ASSAY_SEAL_TSA', 'config.address');
  if (key === undefined) {
    // Whoever set these believes that something is sealed.
    if (certificate !== undefined) throw new ConfigError('ASSAY_SEAL_CERT', 'config.sealKey');
    if (authority !== undefined) throw new ConfigError('ASSAY_SEAL_TSA', 'config.sealKey');
    return {};
  }
  return { seal: { key, ...(certificate && { certificate }), ...(authority && { authority }) } };
}

function readLaw(env: Env): Pick<Config, 'lawDir' | 'lawKey' | 'lawRejudge'> {
  const lawDir = path(env, 'ASSAY_LAW_DIR');
  const lawKey = path(env, 'ASSAY_LAW_KEY');
  return {
    ...compact({ lawDir, lawKey }),
    lawRejudge: oneOf(env, 'ASSAY_LAW_REJUDGE', ['0', '1']) === '1',
  };
}

const MOST_PREFETCH = 1_024;
/** Less than this a second, and a store takes the connection for dead. */
export const LEAST_BANDWIDTH = 64 * 1024;

/** `22:00-06:00`; with a length: where both ends are the same, nobody knows whether all day is meant or none of it. */
const HOURS = /^(?!(.{5})-\1$)([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/;

/** How workers of scans bring what lies in a store. */
function readFetching(
  env: Env,
): Pick<Config, 'scanPrefetch' | 'scanPrefetchBytes' | 'scanBandwidth' | 'scanHours' | 'workerName'> {
  const workerName = text(env, 'ASSAY_WORKER_NAME');
  if (workerName !== undefined && !/^[A-Za-z0-9._:-]{1,64}$/.test(workerName))
    throw new ConfigError('ASSAY_WORKER_NAME', 'config.workerName');
  const scanPrefetch = integer(env, 'ASSAY_SCAN_PREFETCH', 1, MOST_PREFETCH);
  const scanPrefetchBytes = bytes(env, 'ASSAY_SCAN_PREFETCH_BYTES');
  const scanBandwidth = bytes(env, 'ASSAY_SCAN_BANDWIDTH');
  if (scanBandwidth !== undefined && scanBandwidth < LEAST_BANDWIDTH)
    throw new ConfigError('ASSAY_SCAN_BANDWIDTH', 'config.bandwidth');
  const scanHours = text(env, 'ASSAY_SCAN_HOURS');
  if (scanHours !== undefined && !HOURS.test(scanHours))
    throw new ConfigError('ASSAY_SCAN_HOURS', 'config.hours');
  return compact({ scanPrefetch, scanPrefetchBytes, scanBandwidth, scanHours, workerName });
}

/** How much is read at the same time, and by what. */
function readReading(
  env: Env,
  cores: number,
): Pick<Config, 'jobs' | 'uploadsAtOnce' | 'filesPerReader' | 'engine'> {
  const jobs = integer(env, 'ASSAY_JOBS', 1, MOST_JOBS) ?? Math.min(Math.max(cores, 1), MOST_DEFAULT_JOBS);
  return {
    jobs,
    uploadsAtOnce:
      integer(env, 'ASSAY_UPLOADS_AT_ONCE', 1, MOST_UPLOADS) ?? Math.max(LEAST_UPLOADS, UPLOADS_A_JOB * jobs),
    filesPerReader: integer(env, 'ASSAY_FILES_PER_READER', 1, MOST_FILES_PER_READER) ?? 100,
    engine: oneOf(env, 'ASSAY_ENGINE', ENGINE_CHOICES) ?? 'auto',
  };
}

function readLawDefaults(env: Env): Config['lawDefaults'] {
  const jurisdictions = list(env, 'ASSAY_JURISDICTIONS');
  const roles = eachOf(env, 'ASSAY_ROLES', ROLES);
  return { ...(jurisdictions && { jurisdictions }), ...(roles && { roles }) };
}

/** Never repeated in a message: it holds a password. */
function postgresUrl(env: Env, variable: string): string | undefined {
  const value = text(env, variable);
  if (value === undefined) return undefined;
  if (!/^postgres(ql)?:\/\//.test(value) || !URL.canParse(value)) {
    throw new ConfigError(variable, 'config.postgres');
  }
  return value;
}

import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import {
  ConfigError,
  type Env,
  readByteCount,
  readEachOf,
  readFolders,
  readHost,
  readHosts,
  readInteger,
  readList,
  readNetworks,
  readOneOf,
  readPath,
  readText,
} from '../base/env.js';
import { SANDBOX_CHOICES, type SandboxChoice } from '../base/isolation-level.js';
import { compact } from '../base/json-shape.js';
import { type LogSettings, readLogSettings } from '../base/secrets/log-key.js';
import { readSecretSettings, type SecretSettings } from '../base/secrets/settings.js';
import { ENGINE_CHOICES, type EngineChoice } from '../core/c2pa/engine-names.js';
import { ROLES, type Role } from '../core/report/rule-terms.js';
import { type AccessSettings, isLoopback, readAccess } from './access-settings.js';
import type { FetchSettings } from './fetch-settings.js';
import { readTracingSettings, type TracingSettings } from './tracing-settings.js';

export { ConfigError } from '../base/env.js';
export type { AccessSettings } from './access-settings.js';

/** Settings of the operator. They are read here once; no other module reads the environment. */
export interface Config {
  host: string;
  /** 0 selects any free port. */
  port: number;
  dataDir: string;
  /** `postgres://…`; if undefined, one SQLite file in the data directory is used. */
  databaseUrl?: string;
  trustDir: string;
  /** Folder of installed law; if undefined, the law shipped with the program is used. */
  lawDir?: string;
  /** File of the public keys that law updates must be signed with; if undefined, no update is accepted. */
  lawKey?: string;
  /** Whether stored reports are re-evaluated automatically when other law takes effect. */
  lawRejudge: boolean;
  /** Search path of external programs (PDF printing, PostgreSQL backups), in the format of PATH. */
  programPath: string;
  maxUploadBytes: number;
  /** Files inspected at the same time. */
  jobs: number;
  /**
   * Uploads that may be open at once, whether they are being received or wait in the queue; each may hold a file of the
   * largest size.
   */
  uploadsAtOnce: number;
  /** Files that one reading process handles before it is replaced. */
  filesPerReader: number;
  engine: EngineChoice;
  /**
   * Jurisdictions and roles used when a request names none. Codes are checked against the rulebooks at startup
   * (law-presets.ts).
   */
  lawDefaults: { jurisdictions?: string[]; roles?: Role[] };
  /** Whether the service reads words and marks in every picture and video for which a request does not say so. */
  visible: boolean;
  /** Larger uploads are accepted (202) and inspected by a worker; smaller ones are answered synchronously. */
  syncUploadBytes: number;
  /** Reports are deleted after this many days; 0: never. */
  retentionDays: number;
  /** Uploads are retained this long after their report, for rechecks; 0: not at all. */
  keepUploadsHours: number;
  /** Uploads of failed inspections are retained this long for a retry; 0: they are deleted at once. */
  failedUploadHours: number;
  /** Resumable uploads that no inspection used are deleted after this time, complete or not. */
  incomingHours: number;
  /** Resumable uploads that a tenant may have at once; their total size is `incomingBytes`. */
  incomingUploads: number;
  incomingBytes: number;
  /** Folders whose files clients may name in a batch; if empty, clients have to upload their files. */
  allowedPaths: readonly string[];
  /** Maximum size of the data directory; limited only by the disk if undefined. */
  dataQuotaBytes?: number;
  /** Whether `serve` also runs a worker for the queue. */
  embeddedWorker: boolean;
  /** A worker that renews no lease for this long is considered dead, and its job goes to another. */
  leaseSeconds: number;
  /** Whether clients may request personal data that is masked by default. */
  allowReveal: boolean;
  logLevel: LogLevel;
  /**
   * Separate address for `/metrics`. If undefined, the service itself serves it to admins and keys with the scope
   * `metrics`.
   */
  metrics?: { host: string; port: number };
  /** Hosts (`host` or `host:port`) that webhooks may reach inside private networks and over plain http. */
  webhookAllowedHosts: ReadonlySet<string>;
  /** Hosts that links submitted by users may lead to. */
  fetch: FetchSettings;
  /** Whether `assay serve` checks each engine with files of known result before it listens. */
  selfTest: boolean;
  /** Access control and quotas. */
  access: AccessSettings;
  /** Whether thumbnails of inspected files are made and stored with the report. */
  previews: boolean;
  /** Whether fingerprints of pictures, videos and sounds are made and stored for the match search. */
  fingerprints: boolean;
  /**
   * Days that fingerprints are retained, independent of the report; 0: until they are deleted. If undefined, they live
   * as long as the report.
   */
  fingerprintDays?: number;
  /** Whether share links to reports can be created and opened. */
  shares: boolean;
  /** Destination of traces. If undefined, none are made and no tracing library is loaded. */
  tracing?: TracingSettings;
  /** Keys that encrypt stored secrets. Never printed, like the database address. */
  secrets: SecretSettings;
  /** Signing key and destinations of the checkpoints of the transparency log. */
  log: LogSettings;
  /** Sandbox of reading processes; `require` refuses to read files without one. */
  sandbox: SandboxChoice;
  /**
   * Sandbox choice for `assay serve`: if other machines can reach it, running without a sandbox has to be chosen
   * explicitly.
   */
  serveSandbox: SandboxChoice;
  /**
   * PEM files and the address of the time-stamping authority used to seal reports over HTTP. If undefined, reports are
   * not sealed.
   */
  seal?: { key: string; certificate?: string; authority?: string };
  /** Seconds that `assay serve` keeps serving after SIGTERM while it reports that it is not ready. */
  drainSeconds: number;
}

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** More parallel jobs bring nothing, because reading is then limited by the disk. */
const MAX_DEFAULT_JOBS = 16;
const MAX_JOBS = 256;
/** Allows a burst while every reading slot is busy, and still bounds the disk space. */
const UPLOADS_PER_JOB = 4;
const MIN_UPLOADS = 16;
/** Bounds the memory leaked by media libraries, in scans too. */
const MAX_FILES_PER_READER = 5_000;
/** Slightly longer than a load balancer needs that checks readiness every second. */
const DEFAULT_DRAIN_SECONDS = 2;
const MAX_DRAIN_SECONDS = 600;
const MAX_FINGERPRINT_DAYS = 36_500;

/** Resumable uploads that a tenant may have at once. */
const INCOMING_UPLOADS = 1_000;
const INCOMING_HOURS = 24;

/** `on`, `off`, or the days for which fingerprints are retained. */
function readFingerprints(env: Env): Pick<Config, 'fingerprints' | 'fingerprintDays'> {
  const value = readText(env, 'ASSAY_FINGERPRINTS');
  if (value !== undefined && /^\d{1,5}$/.test(value))
    return {
      fingerprints: true,
      fingerprintDays: readInteger(env, 'ASSAY_FINGERPRINTS', 0, MAX_FINGERPRINT_DAYS) ?? 0,
    };
  if (value !== undefined && value !== 'on' && value !== 'off')
    throw new ConfigError('ASSAY_FINGERPRINTS', 'config.oneOf', {
      names: ['on', 'off', `0–${MAX_FINGERPRINT_DAYS}`],
    });
  return { fingerprints: value !== 'off' };
}

/** Reads `port` or `host:port`. */
function readMetrics(env: Env): Pick<Config, 'metrics'> {
  const value = readText(env, 'ASSAY_METRICS');
  if (value === undefined) return {};
  const [, host = '127.0.0.1', digits] =
    /^(?:(\[[0-9A-Fa-f:.%]+\]|[A-Za-z0-9._-]+):)?(\d{1,5})$/.exec(value) ?? [];
  const port = Number(digits);
  if (!(port <= 65_535)) throw new ConfigError('ASSAY_METRICS', 'config.listenAddress');
  return { metrics: { host: host.replace(/^\[|\]$/g, ''), port } };
}

/** Reads `off`, or a list of hosts and the word `all` for public addresses. */
function readFetch(env: Env): FetchSettings {
  const denied = readNetworks(env, 'ASSAY_FETCH_DENY');
  const words = readList(env, 'ASSAY_FETCH') ?? ['off'];
  if (words.length === 1 && words[0] === 'off') return { mode: 'off', hosts: new Set(), denied };
  if (words.includes('off')) throw new ConfigError('ASSAY_FETCH', 'config.hosts');
  const named = words.filter((word) => word !== 'all').join(',');
  return {
    mode: words.includes('all') ? 'all' : 'hosts',
    hosts: readHosts({ ASSAY_FETCH: named }, 'ASSAY_FETCH', { anyPort: true }),
    denied,
  };
}

/**
 * Reads and checks the configuration. Throws `ConfigError` for the first invalid value; an invalid value never falls
 * back to a default.
 */
export function readConfig(env: Env, cores: number = availableParallelism()): Config {
  const dataDir = readPath(env, 'ASSAY_DATA_DIR') ?? './data';
  const databaseUrl = postgresUrl(env, 'DATABASE_URL');
  const listensOn = readHost(env, 'ASSAY_HOST') ?? '127.0.0.1';
  const dataQuotaBytes = readByteCount(env, 'ASSAY_DATA_QUOTA');
  const maxUploadBytes = readByteCount(env, 'ASSAY_MAX_UPLOAD_BYTES') ?? 1024 ** 3;
  const sandbox = readOneOf(env, 'ASSAY_SANDBOX', SANDBOX_CHOICES);
  const access = readAccess(env, listensOn);
  return {
    host: listensOn,
    port: readInteger(env, 'ASSAY_PORT', 0, 65_535) ?? 8080,
    dataDir,
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
    programPath: readText(env, 'PATH') ?? '',
    trustDir: readPath(env, 'ASSAY_TRUST_DIR') ?? join(dataDir, 'trust'),
    ...readLaw(env),
    maxUploadBytes,
    allowedPaths: readFolders(env, 'ASSAY_ALLOWED_PATHS'),
    incomingHours: INCOMING_HOURS,
    incomingUploads: INCOMING_UPLOADS,
    incomingBytes: 20 * maxUploadBytes,
    ...readReadingSettings(env, cores),
    lawDefaults: readLawDefaults(env),
    visible: readOneOf(env, 'ASSAY_VISIBLE', ['0', '1']) === '1',
    syncUploadBytes: readByteCount(env, 'ASSAY_SYNC_UPLOAD_BYTES') ?? 32 * 1024 ** 2,
    retentionDays: readInteger(env, 'ASSAY_RETENTION_DAYS', 0, 36_500) ?? 30,
    keepUploadsHours: readInteger(env, 'ASSAY_KEEP_UPLOADS_HOURS', 0, 87_600) ?? 0,
    failedUploadHours: readInteger(env, 'ASSAY_FAILED_UPLOAD_HOURS', 0, 87_600) ?? 24,
    ...(dataQuotaBytes === undefined ? {} : { dataQuotaBytes }),
    embeddedWorker: readOneOf(env, 'ASSAY_EMBEDDED_WORKER', ['0', '1']) !== '0',
    leaseSeconds: readInteger(env, 'ASSAY_LEASE_SECONDS', 1, 3600) ?? 30,
    allowReveal: readOneOf(env, 'ASSAY_ALLOW_REVEAL', ['0', '1']) === '1',
    logLevel: readOneOf(env, 'ASSAY_LOG_LEVEL', LOG_LEVELS) ?? 'info',
    ...readMetrics(env),
    webhookAllowedHosts: readHosts(env, 'ASSAY_WEBHOOK_ALLOWED_HOSTS'),
    fetch: readFetch(env),
    ...readFingerprints(env),
    previews: readOneOf(env, 'ASSAY_PREVIEWS', ['on', 'off']) !== 'off',
    shares: readOneOf(env, 'ASSAY_SHARES', ['on', 'off']) !== 'off',
    sandbox: sandbox ?? 'auto',
    serveSandbox: sandbox ?? (isLoopback(listensOn) ? 'auto' : 'require'),
    drainSeconds: readInteger(env, 'ASSAY_DRAIN_SECONDS', 0, MAX_DRAIN_SECONDS) ?? DEFAULT_DRAIN_SECONDS,
    selfTest: readOneOf(env, 'ASSAY_SELF_TEST', ['run', 'skip']) !== 'skip',
    access,
    secrets: readSecretSettings(env, dataDir),
    ...readSeal(env),
    log: readLogSettings(env, dataDir, access.publicUrl),
    ...readTracingSettings(env),
  };
}

function readSeal(env: Env): Pick<Config, 'seal'> {
  const key = readPath(env, 'ASSAY_SEAL_KEY');
  const certificate = readPath(env, 'ASSAY_SEAL_CERT');
  const authority = readText(env, 'ASSAY_SEAL_TSA');
  if (authority !== undefined && !(/^https?:\/\//.test(authority) && URL.canParse(authority)))
    throw new ConfigError('ASSAY_SEAL_TSA', 'config.address');
  if (key === undefined) {
    // An operator who sets these expects reports to be sealed, so a missing key must not be ignored.
    if (certificate !== undefined) throw new ConfigError('ASSAY_SEAL_CERT', 'config.sealKey');
    if (authority !== undefined) throw new ConfigError('ASSAY_SEAL_TSA', 'config.sealKey');
    return {};
  }
  return { seal: { key, ...(certificate && { certificate }), ...(authority && { authority }) } };
}

function readLaw(env: Env): Pick<Config, 'lawDir' | 'lawKey' | 'lawRejudge'> {
  const lawDir = readPath(env, 'ASSAY_LAW_DIR');
  const lawKey = readPath(env, 'ASSAY_LAW_KEY');
  return {
    ...compact({ lawDir, lawKey }),
    lawRejudge: readOneOf(env, 'ASSAY_LAW_REJUDGE', ['0', '1']) === '1',
  };
}

/** Reads how many files are read at once, and by which engine. */
function readReadingSettings(
  env: Env,
  cores: number,
): Pick<Config, 'jobs' | 'uploadsAtOnce' | 'filesPerReader' | 'engine'> {
  const jobs = readInteger(env, 'ASSAY_JOBS', 1, MAX_JOBS) ?? Math.min(Math.max(cores, 1), MAX_DEFAULT_JOBS);
  return {
    jobs,
    uploadsAtOnce: Math.max(MIN_UPLOADS, UPLOADS_PER_JOB * jobs),
    filesPerReader: readInteger(env, 'ASSAY_FILES_PER_READER', 1, MAX_FILES_PER_READER) ?? 100,
    engine: readOneOf(env, 'ASSAY_ENGINE', ENGINE_CHOICES) ?? 'auto',
  };
}

function readLawDefaults(env: Env): Config['lawDefaults'] {
  const jurisdictions = readList(env, 'ASSAY_JURISDICTIONS');
  const roles = readEachOf(env, 'ASSAY_ROLES', ROLES);
  return { ...(jurisdictions && { jurisdictions }), ...(roles && { roles }) };
}

/** The value never appears in an error message, because it holds a password. */
function postgresUrl(env: Env, variable: string): string | undefined {
  const value = readText(env, variable);
  if (value === undefined) return undefined;
  if (!/^postgres(ql)?:\/\//.test(value) || !URL.canParse(value)) {
    throw new ConfigError(variable, 'config.postgres');
  }
  return value;
}

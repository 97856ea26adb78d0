import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { ENGINE_CHOICES, type EngineChoice } from './core/c2pa/engine.js';

/** What the operator may set. Read once, here; nobody else looks at the environment. */
export interface Config {
  host: string;
  /** 0: any free port. */
  port: number;
  dataDir: string;
  trustDir: string;
  maxUploadBytes: number;
  /** Files inspected at the same time. */
  jobs: number;
  engine: EngineChoice;
  /** Finished reports the store keeps; the oldest go first. */
  keepInspections: number;
  logLevel: LogLevel;
}

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export class ConfigError extends Error {
  override name = 'ConfigError';
  readonly code = 'config.invalid';
  constructor(
    /** The environment variable at fault. */
    readonly variable: string,
    problem: string,
  ) {
    super(`${variable} ${problem}`);
  }
}

/** More jobs than this gain nothing: reading is then bound by the disk. */
const MOST_DEFAULT_JOBS = 16;
const MOST_JOBS = 256;

type Env = Readonly<Record<string, string | undefined>>;

/** Checks everything and says the first thing that is wrong; a bad value never becomes a default. */
export function readConfig(env: Env, cores: number = availableParallelism()): Config {
  const dataDir = text(env, 'ASSAY_DATA_DIR') ?? './data';
  return {
    host: host(env, 'ASSAY_HOST') ?? '127.0.0.1',
    port: integer(env, 'ASSAY_PORT', 0, 65_535) ?? 8080,
    dataDir,
    trustDir: text(env, 'ASSAY_TRUST_DIR') ?? join(dataDir, 'trust'),
    maxUploadBytes: bytes(env, 'ASSAY_MAX_UPLOAD_BYTES') ?? 1024 ** 3,
    jobs: integer(env, 'ASSAY_JOBS', 1, MOST_JOBS) ?? Math.min(Math.max(cores, 1), MOST_DEFAULT_JOBS),
    engine: oneOf(env, 'ASSAY_ENGINE', ENGINE_CHOICES) ?? 'auto',
    keepInspections: integer(env, 'ASSAY_KEEP_INSPECTIONS', 1, 1_000_000) ?? 1000,
    logLevel: oneOf(env, 'ASSAY_LOG_LEVEL', LOG_LEVELS) ?? 'info',
  };
}

/** An empty value counts as unset: that is what `ASSAY_PORT=` in a service file means. */
function text(env: Env, variable: string): string | undefined {
  const value = env[variable]?.trim();
  if (value?.includes('\0')) throw new ConfigError(variable, 'must not contain a NUL character.');
  return value === '' ? undefined : value;
}

function host(env: Env, variable: string): string | undefined {
  const value = text(env, variable);
  if (value !== undefined && !/^[A-Za-z0-9.:_%-]+$/.test(value)) {
    throw new ConfigError(variable, 'must be an address or a host name, as 127.0.0.1 or ::1.');
  }
  return value;
}

function integer(env: Env, variable: string, least: number, most: number): number | undefined {
  const value = text(env, variable);
  if (value === undefined) return undefined;
  const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
  if (!(number >= least && number <= most)) {
    throw new ConfigError(variable, `must be a whole number from ${least} to ${most}.`);
  }
  return number;
}

const BYTE_UNITS: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  kib: 1024,
  mib: 1024 ** 2,
  gib: 1024 ** 3,
};

function bytes(env: Env, variable: string): number | undefined {
  const value = text(env, variable);
  if (value === undefined) return undefined;
  const [, digits, unit] = /^(\d{1,15})\s*([a-z]*)$/i.exec(value) ?? [];
  const factor = BYTE_UNITS[unit?.toLowerCase() ?? 'none'];
  const number = Number(digits) * (factor ?? Number.NaN);
  if (!Number.isSafeInteger(number) || number < 1) {
    throw new ConfigError(
      variable,
      'must be a number of bytes of at least 1, with or without kB, MB, GB, KiB, MiB or GiB, as 500 MB.',
    );
  }
  return number;
}

function oneOf<const T extends string>(env: Env, variable: string, choices: readonly T[]): T | undefined {
  const value = text(env, variable);
  if (value === undefined) return undefined;
  const choice = choices.find((candidate) => candidate === value);
  if (choice === undefined) throw new ConfigError(variable, `must be one of ${choices.join(', ')}.`);
  return choice;
}

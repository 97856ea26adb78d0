import { isAbsolute } from 'node:path';

export type Env = Readonly<Record<string, string | undefined>>;

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

/** An empty value counts as unset: that is what `ASSAY_PORT=` in a service file means. */
export function text(env: Env, variable: string): string | undefined {
  const value = env[variable]?.trim();
  if (value?.includes('\0')) throw new ConfigError(variable, 'must not contain a NUL character.');
  return value === '' ? undefined : value;
}

export function host(env: Env, variable: string): string | undefined {
  const value = text(env, variable);
  if (value !== undefined && !/^[A-Za-z0-9.:_%-]+$/.test(value)) {
    throw new ConfigError(variable, 'must be an address or a host name, as 127.0.0.1 or ::1.');
  }
  return value;
}

export function integer(env: Env, variable: string, least: number, most: number): number | undefined {
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

export function bytes(env: Env, variable: string): number | undefined {
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

export function oneOf<const T extends string>(
  env: Env,
  variable: string,
  choices: readonly T[],
): T | undefined {
  const value = text(env, variable);
  if (value === undefined) return undefined;
  const choice = choices.find((candidate) => candidate === value);
  if (choice === undefined) throw new ConfigError(variable, `must be one of ${choices.join(', ')}.`);
  return choice;
}

/** With commas between them; an empty list counts as unset. */
export function list(env: Env, variable: string): string[] | undefined {
  const items = text(env, variable)
    ?.split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
  return items?.length === 0 ? undefined : items;
}

/** Folders by their whole path. */
export function folders(env: Env, variable: string): string[] {
  const named = list(env, variable) ?? [];
  const wrong = named.find((folder) => !isAbsolute(folder));
  if (wrong !== undefined) throw new ConfigError(variable, `takes whole paths, and “${wrong}” is none.`);
  return named;
}

/** As they stand in an address: lower case, a port only where it is not the usual one. */
export function hosts(env: Env, variable: string): ReadonlySet<string> {
  const words = (text(env, variable) ?? '').split(',').map((word) => word.trim().toLowerCase());
  const named = words.filter((word) => word !== '');
  const wrong = named.find(
    (word) => !URL.canParse(`http://${word}/`) || new URL(`http://${word}/`).host !== word,
  );
  if (wrong !== undefined) {
    throw new ConfigError(
      variable,
      'must be hosts with commas between them, as hooks.internal,10.0.0.5:9000.',
    );
  }
  return new Set(named);
}

import { isAbsolute } from 'node:path';
import ipaddr from 'ipaddr.js';
import type { MessageId, Messages } from './say/said.js';
import { SaidError } from './say/said-error.js';

export type Env = Readonly<Record<string, string | undefined>>;

type Id = MessageId & `config.${string}`;
type Beside<K extends Id> = Omit<Messages[K], 'variable'>;

export class ConfigError<K extends Id = Id> extends SaidError {
  override name = 'ConfigError';
  readonly code = 'config.invalid';
  constructor(
    /** The environment variable at fault. */
    readonly variable: string,
    id: K,
    ...[params]: keyof Beside<K> extends never ? [] : [params: Beside<K>]
  ) {
    super({ id, params: { variable, ...params } });
  }
}

/** An empty value counts as unset: that is what `ASSAY_PORT=` in a service file means. */
export function text(env: Env, variable: string): string | undefined {
  const value = env[variable]?.trim();
  if (value?.includes('\0')) throw new ConfigError(variable, 'config.nul');
  return value === '' ? undefined : value;
}

/**
 * The name of a file or folder. Node makes U+FFFD of each byte that is not UTF-8, and tells them nowhere: a folder of such a
 * name would be another one.
 */
export function path(env: Env, variable: string): string | undefined {
  const value = text(env, variable);
  if (value?.includes('\ufffd')) throw new ConfigError(variable, 'config.notText');
  return value;
}

export function host(env: Env, variable: string): string | undefined {
  const value = text(env, variable);
  if (value !== undefined && !/^[A-Za-z0-9.:_%-]+$/.test(value)) {
    throw new ConfigError(variable, 'config.host');
  }
  return value;
}

export function integer(env: Env, variable: string, least: number, most: number): number | undefined {
  const value = text(env, variable);
  if (value === undefined) return undefined;
  const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
  if (!(number >= least && number <= most)) {
    throw new ConfigError(variable, 'config.number', { least: String(least), most: String(most) });
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
    throw new ConfigError(variable, 'config.bytes');
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
  if (choice === undefined) throw new ConfigError(variable, 'config.oneOf', { names: choices });
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

/** The same of words that are known, in their order. */
export function eachOf<const T extends string>(
  env: Env,
  variable: string,
  choices: readonly T[],
): T[] | undefined {
  const items = list(env, variable);
  if (items?.some((item) => !choices.some((choice) => choice === item)))
    throw new ConfigError(variable, 'config.eachOf', { names: choices });
  return items && choices.filter((choice) => items.includes(choice));
}

/** Addresses and networks, as `127.0.0.1` or `10.0.0.0/8`. */
export function networks(env: Env, variable: string): string[] {
  const named = list(env, variable) ?? [];
  for (const one of named) {
    const [address = '', bits, ...more] = one.split('/');
    const valid = ipaddr.IPv4.isValidFourPartDecimal(address) || ipaddr.IPv6.isValid(address);
    if (!valid || more.length > 0 || (bits !== undefined && !ipaddr.isValidCIDR(one)))
      throw new ConfigError(variable, 'config.networks');
  }
  return named;
}

/** Folders by their whole path. */
export function folders(env: Env, variable: string): string[] {
  path(env, variable);
  const named = list(env, variable) ?? [];
  const wrong = named.find((folder) => !isAbsolute(folder));
  if (wrong !== undefined) throw new ConfigError(variable, 'config.folders', { path: wrong });
  return named;
}

/**
 * As they stand in an address: lower case, a port only where it is not the usual one. `anyPort`: for whoever compares the
 * port that is meant, where an address names none.
 */
export function hosts(env: Env, variable: string, { anyPort = false } = {}): ReadonlySet<string> {
  const words = (text(env, variable) ?? '').split(',').map((word) => word.trim().toLowerCase());
  const named = words.filter((word) => word !== '');
  const wrong = named.find((word) => {
    if (!URL.canParse(`http://${word}/`)) return true;
    const { host, hostname } = new URL(`http://${word}/`);
    return host !== word && !(anyPort && `${hostname}:80` === word);
  });
  if (wrong !== undefined) {
    throw new ConfigError(variable, 'config.hosts');
  }
  return new Set(named);
}

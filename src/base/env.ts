import { isAbsolute } from 'node:path';
import ipaddr from 'ipaddr.js';
import type { MessageId, Messages } from '../i18n/message.js';
import { MessageError } from '../i18n/message-error.js';

export type Env = Readonly<Record<string, string | undefined>>;

type Id = MessageId & `config.${string}`;
type ExtraParams<K extends Id> = Omit<Messages[K], 'variable'>;

export class ConfigError<K extends Id = Id> extends MessageError {
  override name = 'ConfigError';
  readonly code = 'config.invalid';
  constructor(
    /** Environment variable with the invalid value. */
    readonly variable: string,
    id: K,
    ...[params]: keyof ExtraParams<K> extends never ? [] : [params: ExtraParams<K>]
  ) {
    super({ id, params: { variable, ...params } });
  }
}

/** Returns a variable's value. An empty value counts as unset, which is what `ASSAY_PORT=` in a service file means. */
export function readText(env: Env, variable: string): string | undefined {
  const value = env[variable]?.trim();
  if (value?.includes('\0')) throw new ConfigError(variable, 'config.nul');
  return value === '' ? undefined : value;
}

/**
 * Returns the path of a file or folder. Throws if it contains U+FFFD: Node silently decodes every byte that is not
 * UTF-8 as U+FFFD, so a different folder would be opened.
 */
export function readPath(env: Env, variable: string): string | undefined {
  const value = readText(env, variable);
  if (value?.includes('\ufffd')) throw new ConfigError(variable, 'config.notText');
  return value;
}

export function readHost(env: Env, variable: string): string | undefined {
  const value = readText(env, variable);
  if (value !== undefined && !/^[A-Za-z0-9.:_%-]+$/.test(value)) {
    throw new ConfigError(variable, 'config.host');
  }
  return value;
}

export function readInteger(env: Env, variable: string, min: number, max: number): number | undefined {
  const value = readText(env, variable);
  if (value === undefined) return undefined;
  const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
  if (!(number >= min && number <= max)) {
    throw new ConfigError(variable, 'config.number', { least: String(min), most: String(max) });
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

export function readByteCount(env: Env, variable: string): number | undefined {
  const value = readText(env, variable);
  if (value === undefined) return undefined;
  const [, digits, unit] = /^(\d{1,15})\s*([a-z]*)$/i.exec(value) ?? [];
  const factor = BYTE_UNITS[unit?.toLowerCase() ?? 'none'];
  const number = Number(digits) * (factor ?? Number.NaN);
  if (!Number.isSafeInteger(number) || number < 1) {
    throw new ConfigError(variable, 'config.bytes');
  }
  return number;
}

export function readOneOf<const T extends string>(
  env: Env,
  variable: string,
  choices: readonly T[],
): T | undefined {
  const value = readText(env, variable);
  if (value === undefined) return undefined;
  const choice = choices.find((candidate) => candidate === value);
  if (choice === undefined) throw new ConfigError(variable, 'config.oneOf', { names: choices });
  return choice;
}

/** Returns the comma-separated entries; an empty list counts as unset. */
export function readList(env: Env, variable: string): string[] | undefined {
  const items = readText(env, variable)
    ?.split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
  return items?.length === 0 ? undefined : items;
}

/** Returns the comma-separated entries, which must be known words, in the order of those words. */
export function readEachOf<const T extends string>(
  env: Env,
  variable: string,
  choices: readonly T[],
): T[] | undefined {
  const items = readList(env, variable);
  if (items?.some((item) => !choices.some((choice) => choice === item)))
    throw new ConfigError(variable, 'config.eachOf', { names: choices });
  return items && choices.filter((choice) => items.includes(choice));
}

/** Returns addresses and networks such as `127.0.0.1` or `10.0.0.0/8`. */
export function readNetworks(env: Env, variable: string): string[] {
  const named = readList(env, variable) ?? [];
  for (const one of named) {
    const [address = '', bits, ...more] = one.split('/');
    const valid = ipaddr.IPv4.isValidFourPartDecimal(address) || ipaddr.IPv6.isValid(address);
    if (!valid || more.length > 0 || (bits !== undefined && !ipaddr.isValidCIDR(one)))
      throw new ConfigError(variable, 'config.networks');
  }
  return named;
}

/** Returns absolute paths of folders. */
export function readFolders(env: Env, variable: string): string[] {
  readPath(env, variable);
  const named = readList(env, variable) ?? [];
  const wrong = named.find((folder) => !isAbsolute(folder));
  if (wrong !== undefined) throw new ConfigError(variable, 'config.folders', { path: wrong });
  return named;
}

/**
 * Returns hosts in the form of a URL: lower case, with a port only if it is not the default. `anyPort`: also accepts
 * entries without a port, for callers that compare the effective port.
 */
export function readHosts(env: Env, variable: string, { anyPort = false } = {}): ReadonlySet<string> {
  const words = (readText(env, variable) ?? '').split(',').map((word) => word.trim().toLowerCase());
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

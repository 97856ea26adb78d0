import ipaddr from 'ipaddr.js';
import { compact } from './core/ground/json-shape.js';
import { bytes, ConfigError, type Env, integer, list, networks, oneOf, text } from './env.js';

/** Who is let in, from where, and how much: the part of the configuration that the door's guards read. */
export interface AccessSettings {
  /** False only on loopback, with nothing in front. */
  keysRequired: boolean;
  /** Addresses and networks whose `X-Forwarded-*` is believed, as `10.0.0.0/8`. */
  trustedProxies: readonly string[];
  /** Where people reach it, without a slash at the end; left out: where it is asked. */
  publicUrl?: string;
  /** Before every path, as `/assay`; empty: none. */
  basePath: string;
  /** Names in `Host` that are answered, lower case, with or without a port; left out: every one. */
  allowedHosts?: readonly string[];
  /** Origins whose pages may ask with a key, as `https://desk.example`. */
  corsOrigins: readonly string[];
  requestsPerMinute: number;
  /** Left out: as many as one likes. */
  dailyInspections?: number;
  dailyBytes?: number;
  /** Uploads of one key that may be under way at once; left out: half of all places. */
  uploadsPerKey?: number;
  sessionHours: number;
  auditDays: number;
}

const MOST_REQUESTS = 1_000_000;
const MOST_A_DAY = 100_000_000;
const MOST_DAYS = 3_650;

export function readAccess(env: Env, host: string): AccessSettings {
  const trustedProxies = networks(env, 'ASSAY_TRUSTED_PROXIES');
  const publicUrl = publicAddress(env, 'ASSAY_PUBLIC_URL');
  const required = oneOf(env, 'ASSAY_KEYS', ['auto', 'required']) === 'required';
  const local = isLoopback(host) && (publicUrl === undefined || isLoopback(publicUrl.hostname));
  const allowedHosts = hosts(env, 'ASSAY_ALLOWED_HOSTS');
  const reachedAs = publicUrl === undefined ? [] : [publicUrl.host, publicUrl.hostname];
  const dailyInspections = integer(env, 'ASSAY_DAILY_INSPECTIONS', 1, MOST_A_DAY);
  const dailyBytes = bytes(env, 'ASSAY_DAILY_BYTES');
  const uploadsPerKey = integer(env, 'ASSAY_UPLOADS_PER_KEY', 1, MOST_REQUESTS);
  return {
    keysRequired: required || !local || trustedProxies.length > 0,
    trustedProxies,
    ...(publicUrl === undefined ? {} : { publicUrl: publicUrl.href.replace(/\/+$/, '') }),
    basePath: basePath(env, publicUrl),
    // A page of anybody's can have its name lead to this machine; only names that are ours are answered.
    ...(allowedHosts === undefined && publicUrl === undefined && !local
      ? {}
      : { allowedHosts: [...LOOPBACK_NAMES, host.toLowerCase(), ...reachedAs, ...(allowedHosts ?? [])] }),
    corsOrigins: (list(env, 'ASSAY_CORS_ORIGINS') ?? []).map(origin),
    requestsPerMinute: integer(env, 'ASSAY_REQUESTS_PER_MINUTE', 1, MOST_REQUESTS) ?? 600,
    ...compact({ dailyInspections, dailyBytes, uploadsPerKey }),
    sessionHours: integer(env, 'ASSAY_SESSION_HOURS', 1, 24 * 30) ?? 12,
    auditDays: integer(env, 'ASSAY_AUDIT_DAYS', 1, MOST_DAYS) ?? 90,
  };
}

const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '[::1]'];

/** Whether only this machine can reach it. A name other than `localhost` may lead anywhere. */
export function isLoopback(host: string): boolean {
  const bare = host.toLowerCase().replace(/^\[|\]$/g, '');
  if (bare === 'localhost') return true;
  return ipaddr.isValid(bare) && ipaddr.process(bare).range() === 'loopback';
}

function publicAddress(env: Env, variable: string): URL | undefined {
  const value = text(env, variable);
  if (value === undefined) return undefined;
  const url = URL.canParse(value) ? new URL(value) : undefined;
  const plain = url?.search === '' && url.hash === '' && url.username === '' && url.password === '';
  if (url === undefined || !plain || !/^https?:$/.test(url.protocol)) {
    throw new ConfigError(variable, 'config.address');
  }
  return url;
}

function basePath(env: Env, publicUrl: URL | undefined): string {
  const inUrl = publicUrl?.pathname.replace(/\/+$/, '');
  const value = text(env, 'ASSAY_BASE_PATH')?.replace(/\/+$/, '');
  if (value !== undefined && !/^(\/[A-Za-z0-9._~-]+)*$/.test(value)) {
    throw new ConfigError('ASSAY_BASE_PATH', 'config.path');
  }
  if (value !== undefined && inUrl !== undefined && value !== inUrl) {
    throw new ConfigError('ASSAY_BASE_PATH', 'config.samePath');
  }
  const path = value ?? inUrl ?? '';
  if (!/^(\/[A-Za-z0-9._~-]+)*$/.test(path)) {
    throw new ConfigError('ASSAY_PUBLIC_URL', 'config.plainPath');
  }
  return path;
}

function hosts(env: Env, variable: string): string[] | undefined {
  return list(env, variable)?.map((item) => {
    if (!/^(\[[0-9a-fA-F:]+\]|[A-Za-z0-9._-]+)(:\d{1,5})?$/.test(item)) {
      throw new ConfigError(variable, 'config.hostNames');
    }
    return item.toLowerCase();
  });
}

function origin(item: string): string {
  if (!URL.canParse(item) || new URL(item).origin !== item) {
    throw new ConfigError('ASSAY_CORS_ORIGINS', 'config.origins');
  }
  return item;
}

import ipaddr from 'ipaddr.js';
import {
  ConfigError,
  type Env,
  readInteger,
  readList,
  readNetworks,
  readOneOf,
  readText,
} from '../base/env.js';

/** Access settings of the service: who may use it, from where, and how much. Read by the HTTP guards. */
export interface AccessSettings {
  /** False only if the server listens on loopback and no proxy is in front of it. */
  keysRequired: boolean;
  /** Addresses and networks (such as `10.0.0.0/8`) whose `X-Forwarded-*` headers are trusted. */
  trustedProxies: readonly string[];
  /** Public address of the service, without a trailing slash. Defaults to the address of each request. */
  publicUrl?: string;
  /** Prefix of every path, such as `/assay`; empty if there is none. */
  basePath: string;
  /** Accepted values of the `Host` header in lower case, with or without a port. Every host is accepted if undefined. */
  allowedHosts?: readonly string[];
  /** Origins whose pages may send requests with an API key, such as `https://desk.example`. */
  corsOrigins: readonly string[];
  requestsPerMinute: number;
  auditDays: number;
}

const MAX_REQUESTS = 1_000_000;
const MAX_DAYS = 3_650;

export function readAccess(env: Env, host: string): AccessSettings {
  const trustedProxies = readNetworks(env, 'ASSAY_TRUSTED_PROXIES');
  const publicUrl = readPublicUrl(env, 'ASSAY_PUBLIC_URL');
  const required = readOneOf(env, 'ASSAY_KEYS', ['auto', 'required']) === 'required';
  const isLocal = isLoopback(host) && (publicUrl === undefined || isLoopback(publicUrl.hostname));
  const allowedHosts = readAllowedHosts(env, 'ASSAY_ALLOWED_HOSTS');
  const publicNames = publicUrl === undefined ? [] : [publicUrl.host, publicUrl.hostname];
  return {
    keysRequired: required || !isLocal || trustedProxies.length > 0,
    trustedProxies,
    ...(publicUrl === undefined ? {} : { publicUrl: publicUrl.href.replace(/\/+$/, '') }),
    basePath: readBasePath(publicUrl),
    // Guards against DNS rebinding: any site can point its own name at this machine, so only the service's own names
    // are accepted.
    ...(allowedHosts === undefined && publicUrl === undefined && !isLocal
      ? {}
      : { allowedHosts: [...LOOPBACK_NAMES, host.toLowerCase(), ...publicNames, ...(allowedHosts ?? [])] }),
    corsOrigins: (readList(env, 'ASSAY_CORS_ORIGINS') ?? []).map(parseOrigin),
    requestsPerMinute: readInteger(env, 'ASSAY_REQUESTS_PER_MINUTE', 1, MAX_REQUESTS) ?? 600,
    auditDays: readInteger(env, 'ASSAY_AUDIT_DAYS', 1, MAX_DAYS) ?? 90,
  };
}

const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Returns whether only this machine can reach `host`. Names other than `localhost` do not count, because they may
 * resolve to any address.
 */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[|\]$/g, '');
  if (name === 'localhost') return true;
  return ipaddr.isValid(name) && ipaddr.process(name).range() === 'loopback';
}

function readPublicUrl(env: Env, variable: string): URL | undefined {
  const value = readText(env, variable);
  if (value === undefined) return undefined;
  const url = URL.canParse(value) ? new URL(value) : undefined;
  const plain = url?.search === '' && url.hash === '' && url.username === '' && url.password === '';
  if (url === undefined || !plain || !/^https?:$/.test(url.protocol)) {
    throw new ConfigError(variable, 'config.address');
  }
  return url;
}

function readBasePath(publicUrl: URL | undefined): string {
  const path = publicUrl?.pathname.replace(/\/+$/, '') ?? '';
  if (!/^(\/[A-Za-z0-9._~-]+)*$/.test(path)) {
    throw new ConfigError('ASSAY_PUBLIC_URL', 'config.plainPath');
  }
  return path;
}

function readAllowedHosts(env: Env, variable: string): string[] | undefined {
  return readList(env, variable)?.map((item) => {
    if (!/^(\[[0-9a-fA-F:]+\]|[A-Za-z0-9._-]+)(:\d{1,5})?$/.test(item)) {
      throw new ConfigError(variable, 'config.hostNames');
    }
    return item.toLowerCase();
  });
}

function parseOrigin(item: string): string {
  if (!URL.canParse(item) || new URL(item).origin !== item) {
    throw new ConfigError('ASSAY_CORS_ORIGINS', 'config.origins');
  }
  return item;
}

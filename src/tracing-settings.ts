import { ConfigError, type Env, networks, text } from './env.js';

/** Where spans go. The names of these settings are OpenTelemetry's own. */
export interface TracingSettings {
  /** Of OTLP over HTTP, with its path. */
  endpoint: string;
  /** Sent along, as a collector's key. */
  headers: Readonly<Record<string, string>>;
  serviceName: string;
  /** Networks that not even the endpoint may be in. */
  denied: readonly string[];
}

/** Nothing is traced unless an endpoint is named. */
export function readTracing(env: Env): { tracing?: TracingSettings } {
  const traces = url(env, 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT');
  // The specification: the one for all signals is a base, the one for traces is used as it stands.
  const base = url(env, 'OTEL_EXPORTER_OTLP_ENDPOINT')?.replace(/\/*$/, '/v1/traces');
  const endpoint = traces ?? base;
  if (endpoint === undefined) return {};
  const serviceName = text(env, 'OTEL_SERVICE_NAME') ?? 'assay';
  const denied = networks(env, 'ASSAY_FETCH_DENY');
  return { tracing: { endpoint, headers: headers(env, 'OTEL_EXPORTER_OTLP_HEADERS'), serviceName, denied } };
}

function url(env: Env, variable: string): string | undefined {
  const value = text(env, variable);
  if (value === undefined) return undefined;
  if (!/^https?:\/\//.test(value) || !URL.canParse(value)) {
    throw new ConfigError(variable, 'config.otlp');
  }
  return value;
}

/** `name=value,name=value`, values as in addresses. Never repeated in a message: they may hold a key. */
function headers(env: Env, variable: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const pair of (text(env, variable) ?? '').split(',').filter((one) => one.trim() !== '')) {
    const [, name, value] = /^\s*([A-Za-z0-9-]+)\s*=\s*([!-~]*)\s*$/.exec(pair) ?? [];
    if (name === undefined || value === undefined) {
      throw new ConfigError(variable, 'config.pairs');
    }
    found[name] = decoded(value, variable);
  }
  return found;
}

function decoded(value: string, variable: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    throw new ConfigError(variable, 'config.percent');
  }
}

import { ConfigError, type Env, readNetworks, readText } from '../base/env.js';

/** Destination of spans. The names of these settings are OpenTelemetry's own. */
export interface TracingSettings {
  /** OTLP/HTTP address, including its path. */
  endpoint: string;
  /** Headers sent along, such as a collector's key. */
  headers: Readonly<Record<string, string>>;
  serviceName: string;
  /** Networks that even the endpoint must not be in. */
  denied: readonly string[];
}

/** Reads the settings. Nothing is traced unless an endpoint is set. */
export function readTracingSettings(env: Env): { tracing?: TracingSettings } {
  const traces = readUrl(env, 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT');
  // By the specification, the general endpoint is a base address, while the one for traces is used unchanged.
  const base = readUrl(env, 'OTEL_EXPORTER_OTLP_ENDPOINT')?.replace(/\/*$/, '/v1/traces');
  const endpoint = traces ?? base;
  if (endpoint === undefined) return {};
  const serviceName = readText(env, 'OTEL_SERVICE_NAME') ?? 'assay';
  const denied = readNetworks(env, 'ASSAY_FETCH_DENY');
  return {
    tracing: { endpoint, headers: readHeaders(env, 'OTEL_EXPORTER_OTLP_HEADERS'), serviceName, denied },
  };
}

function readUrl(env: Env, variable: string): string | undefined {
  const value = readText(env, variable);
  if (value === undefined) return undefined;
  if (!/^https?:\/\//.test(value) || !URL.canParse(value)) {
    throw new ConfigError(variable, 'config.otlp');
  }
  return value;
}

/**
 * Reads `name=value,name=value` with percent-encoded values. Never repeated in an error message, because they may
 * contain a key.
 */
function readHeaders(env: Env, variable: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const pair of (readText(env, variable) ?? '').split(',').filter((one) => one.trim() !== '')) {
    const [, name, value] = /^\s*([A-Za-z0-9-]+)\s*=\s*([!-~]*)\s*$/.exec(pair) ?? [];
    if (name === undefined || value === undefined) {
      throw new ConfigError(variable, 'config.pairs');
    }
    found[name] = decodeValue(value, variable);
  }
  return found;
}

function decodeValue(value: string, variable: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    throw new ConfigError(variable, 'config.percent');
  }
}

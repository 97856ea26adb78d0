import { trace } from '@opentelemetry/api';
import { AddressPolicy } from '../../base/net/address-check.js';
import { guardedAgent } from '../../base/net/guarded-connect.js';
import { VERSION } from '../../base/version.js';
import type { TracingSettings } from '../../config/tracing-settings.js';
import { diagnostics } from '../../inspect/protocol/diagnostics.js';

export interface Tracing {
  /** Exports remaining spans within a time limit. */
  stop(): Promise<void>;
}

const MAX_STOP_MS = 5_000;
const EXPORT_INTERVAL_MS = 10_000;

/** Loads the SDK and passes all spans to it from now on. If the collector is unavailable, only spans are lost. */
export async function startTracing({
  endpoint,
  headers,
  serviceName,
  denied,
}: TracingSettings): Promise<Tracing> {
  const [{ NodeTracerProvider, BatchSpanProcessor }, { OTLPTraceExporter }, { resourceFromAttributes }] =
    await Promise.all([
      import('@opentelemetry/sdk-trace-node'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/resources'),
    ]);
  const check = new AddressPolicy(denied);
  const exporter = new OTLPTraceExporter({
    url: endpoint,
    headers: { ...headers },
    timeoutMillis: EXPORT_INTERVAL_MS,
    httpAgentOptions: (protocol) =>
      guardedAgent(protocol, (host) => check.guardForNamed(host), { keepAlive: true }),
  });
  const provider = new NodeTracerProvider({
    // Resource detectors are disabled: no host name, no user, no command line.
    resource: resourceFromAttributes({ 'service.name': serviceName, 'service.version': VERSION }),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  provider.register();
  // Adds the diagnostics of reading processes to the span of their inspection.
  const end = diagnostics.stepEnded.subscribe(({ step, engine, millis }) => {
    const attributes = {
      'assay.step': step,
      'assay.millis': millis,
      ...(engine && { 'assay.engine': engine }),
    };
    trace.getActiveSpan()?.addEvent('step ended', attributes);
  });
  return {
    stop: async () => {
      end();
      const late = new Promise<void>((resolve) => setTimeout(resolve, MAX_STOP_MS).unref());
      await Promise.race([provider.shutdown().catch(() => undefined), late]);
    },
  };
}

import { trace } from '@opentelemetry/api';
import { VERSION } from '../core/ground/version.js';
import { AddressCheck } from '../guarded/address-check.js';
import { guardedAgent } from '../guarded/guarded-connect.js';
import { diagnostics } from '../isolation/diagnostics.js';
import type { TracingSettings } from '../tracing-settings.js';

export interface Tracing {
  /** Sends what is left, for so long at most. */
  stop(): Promise<void>;
}

const MOST_STOP_MILLIS = 5_000;
const SEND_MILLIS = 10_000;

/** Loads the SDK and hands it every span from now on. A collector that is away costs spans and nothing else. */
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
  const check = new AddressCheck(denied);
  const exporter = new OTLPTraceExporter({
    url: endpoint,
    headers: { ...headers },
    timeoutMillis: SEND_MILLIS,
    httpAgentOptions: (protocol) => guardedAgent(protocol, (host) => check.named(host), { keepAlive: true }),
  });
  const provider = new NodeTracerProvider({
    // Nothing of the machine is looked up: no host name, no user, no command line.
    resource: resourceFromAttributes({ 'service.name': serviceName, 'service.version': VERSION }),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  provider.register();
  // What reading tells about itself, at the inspection it belongs to.
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
      const late = new Promise<void>((resolve) => setTimeout(resolve, MOST_STOP_MILLIS).unref());
      await Promise.race([provider.shutdown().catch(() => undefined), late]);
    },
  };
}

import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { VERSION } from '../../base/version.js';
import { diagnostics } from '../../inspect/protocol/diagnostics.js';
import { type MetricSources, registerGauges } from './gauges.js';
import { registerSandboxMetrics } from './sandbox-metrics.js';

/** One answered request. `route` is the pattern, never the URL. */
export interface RequestMetrics {
  method: string;
  route: string;
  status: number;
  seconds: number;
  /** Problem code of the response. */
  problem?: string | undefined;
}

const REQUEST_SECONDS = [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120];
const STEP_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
/** Gauges of prom-client whose names end like counters. Those without the suffix have the same counts by type. */
const MISNAMED_GAUGES = [
  'nodejs_active_handles_total',
  'nodejs_active_requests_total',
  'nodejs_active_resources_total',
];
const METHODS: readonly string[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/**
 * Prometheus metrics for operators. All label values come from closed lists (routes, steps, codes), never from clients
 * or files; no names and no addresses.
 */
export class Metrics {
  readonly #registry = new Registry();
  readonly #ends: (() => void)[];
  readonly #requests: Histogram<'method' | 'route' | 'status'>;
  readonly #problems: Counter<'code'>;

  constructor(gauges: MetricSources) {
    const registers = [this.#registry];
    collectDefaultMetrics({ register: this.#registry });
    for (const name of MISNAMED_GAUGES) this.#registry.removeSingleMetric(name);
    new Gauge({ name: 'assay_build_info', help: 'Always 1.', labelNames: ['version'], registers })
      .labels(VERSION)
      .set(1);
    this.#requests = new Histogram({
      name: 'assay_http_request_seconds',
      help: 'From the first byte of a request to the last of its answer, uploads included.',
      labelNames: ['method', 'route', 'status'],
      buckets: REQUEST_SECONDS,
      registers,
    });
    this.#problems = new Counter({
      name: 'assay_http_problems_total',
      help: 'Requests that were answered with a problem, by its code.',
      labelNames: ['code'],
      registers,
    });
    this.#ends = [
      ...registerReadingMetrics(registers),
      registerSandboxMetrics(() => gauges.isolation?.(), registers),
    ];
    registerGauges(gauges, registers);
  }

  /** Registers metrics of a server's uploads: the number of slots, and the slots in use at the time of the scrape. */
  registerUploads({ taken, places }: { taken: () => number; places: number }): void {
    const registers = [this.#registry];
    new Gauge({
      name: 'assay_uploads_open',
      help: 'Uploads that are being received or wait for their turn.',
      registers,
      collect() {
        this.set(taken());
      },
    });
    new Gauge({
      name: 'assay_upload_places',
      help: 'Uploads that may be open at once (four for each of ASSAY_JOBS, 16 at least); the next is told to come back.',
      registers,
    }).set(places);
  }

  /** Registers the remaining data quota. Not exported if the operator sets no quota (ASSAY_DATA_QUOTA). */
  registerQuota(left: () => number | undefined): void {
    if (left() === undefined) return;
    new Gauge({
      name: 'assay_data_quota_left_bytes',
      help: 'What the data directory may still take (ASSAY_DATA_QUOTA).',
      registers: [this.#registry],
      collect() {
        this.set(left() ?? 0);
      },
    });
  }

  observeRequest({ method, route, status, seconds, problem }: RequestMetrics): void {
    const known = METHODS.includes(method) ? method : 'other';
    this.#requests.labels(known, route, `${Math.floor(status / 100)}xx`).observe(seconds);
    if (problem !== undefined) this.#problems.labels(problem).inc();
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }

  close(): void {
    for (const end of this.#ends) end();
    this.#registry.clear();
  }
}

function registerReadingMetrics(registers: Registry[]): (() => void)[] {
  const steps = new Histogram({
    name: 'assay_step_seconds',
    help: 'One step of reading one file: a carrier’s reader, the hash, the detectors.',
    labelNames: ['step', 'engine'],
    buckets: STEP_SECONDS,
    registers,
  });
  const files = new Histogram({
    name: 'assay_file_seconds',
    help: 'One file from its turn to its Report. “unread”: a Report that says that nothing could be read.',
    labelNames: ['outcome'],
    buckets: REQUEST_SECONDS,
    registers,
  });
  const started = new Counter({
    name: 'assay_reading_processes_started_total',
    help: 'Reading processes that were started.',
    registers,
  });
  const died = new Counter({
    name: 'assay_reading_process_deaths_total',
    help: 'Reading processes that a file took down, by the code of the fault.',
    labelNames: ['code'],
    registers,
  });
  const givenUp = new Counter({
    name: 'assay_engine_fallbacks_total',
    help: 'Files that were read again without an engine that took a process down.',
    labelNames: ['engine'],
    registers,
  });
  const failed = new Counter({
    name: 'assay_inspections_failed_total',
    help: 'Inspections of the queue that ended without a Report, by the code of their error.',
    labelNames: ['code'],
    registers,
  });
  return [
    diagnostics.inspectionFailed.subscribe(({ code }) => failed.labels(code).inc()),
    diagnostics.stepEnded.subscribe(({ step, engine = '', millis }) =>
      steps.labels(step, engine).observe(millis / 1000),
    ),
    diagnostics.fileInspected.subscribe(({ code, millis }) => files.labels(code).observe(millis / 1000)),
    diagnostics.processStarted.subscribe(() => started.inc()),
    diagnostics.readerDied.subscribe(({ code }) => died.labels(code).inc()),
    diagnostics.engineGivenUp.subscribe(({ engine }) => givenUp.labels(engine).inc()),
  ];
}

import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { VERSION } from '../core/version.js';
import { diagnostics } from '../isolation/diagnostics.js';

/** Asked when the figures are read, not kept up to date in between. */
export interface Gauges {
  /** Inspections that wait for a worker and that are being done. */
  queue(): Promise<{ waiting: number; running: number }>;
  deliveries(): Promise<Record<string, number>>;
}

/** One answered request. `route` is the pattern, never the address. */
export interface AnsweredRequest {
  method: string;
  route: string;
  status: number;
  seconds: number;
}

const REQUEST_SECONDS = [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120];
const STEP_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
const METHODS: readonly string[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/**
 * What operators watch, in Prometheus' words. Every label takes its values from a closed list (routes, steps, codes):
 * nothing that a client or file can choose, no names, no addresses.
 */
export class Metrics {
  readonly #registry = new Registry();
  readonly #ends: (() => void)[];
  readonly #requests: Histogram<'method' | 'route' | 'status'>;

  constructor(gauges: Gauges) {
    const registers = [this.#registry];
    collectDefaultMetrics({ register: this.#registry });
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
    this.#ends = watchReading(registers);
    watchGauges(gauges, registers);
  }

  /** Places for uploads that are taken; asked when the figures are read. */
  watchUploads(taken: () => number): void {
    new Gauge({
      name: 'assay_uploads_open',
      help: 'Uploads that are being received or wait for their turn.',
      registers: [this.#registry],
      collect() {
        this.set(taken());
      },
    });
  }

  answered({ method, route, status, seconds }: AnsweredRequest): void {
    const known = METHODS.includes(method) ? method : 'other';
    this.#requests.labels(known, route, `${Math.floor(status / 100)}xx`).observe(seconds);
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

function watchReading(registers: Registry[]): (() => void)[] {
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
  return [
    diagnostics.stepEnded.subscribe(({ step, engine = '', millis }) =>
      steps.labels(step, engine).observe(millis / 1000),
    ),
    diagnostics.fileInspected.subscribe(({ code, millis }) => files.labels(code).observe(millis / 1000)),
    diagnostics.processStarted.subscribe(() => started.inc()),
    diagnostics.readerDied.subscribe(({ code }) => died.labels(code).inc()),
    diagnostics.engineGivenUp.subscribe(({ engine }) => givenUp.labels(engine).inc()),
  ];
}

/**
 * A database that is away must not take the other figures along: its own are left out then, which is not 0, and one
 * figure says why.
 */
function watchGauges(gauges: Gauges, registers: Registry[]): void {
  const failures = new Counter({
    name: 'assay_gauge_failures_total',
    help: 'Figures that could not be had, as the database did not answer; they are left out then.',
    labelNames: ['figure'],
    registers,
  });
  const orLeftOut = async (figure: Gauge<string>, name: string, read: () => Promise<void>) => {
    figure.reset();
    await read().catch(() => failures.labels(name).inc());
  };
  new Gauge({
    name: 'assay_queue_jobs',
    help: 'Inspections that wait for a worker, and that are being done.',
    labelNames: ['state'],
    registers,
    collect() {
      return orLeftOut(this, 'assay_queue_jobs', async () => {
        const { waiting, running } = await gauges.queue();
        this.labels('waiting').set(waiting);
        this.labels('running').set(running);
      });
    },
  });
  new Gauge({
    name: 'assay_webhook_deliveries',
    help: 'Webhook deliveries that are kept, by status.',
    labelNames: ['status'],
    registers,
    collect() {
      return orLeftOut(this, 'assay_webhook_deliveries', async () => {
        for (const [status, count] of Object.entries(await gauges.deliveries()))
          this.labels(status).set(count);
      });
    },
  });
}

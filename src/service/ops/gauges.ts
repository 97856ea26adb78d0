import { Counter, Gauge, type Registry } from 'prom-client';
import type { Isolation } from '../../base/isolation-level.js';

/**
 * Sources of metrics that are queried on every scrape rather than kept up to date. An absent value is not exported,
 * which differs from 0.
 */
export interface MetricSources {
  /** Numbers of inspections that wait for a worker and that are in progress. */
  queue(): Promise<{ waiting: number; running: number }>;
  /** Waiting time of the oldest inspection in the queue; undefined if none waits. */
  oldestWaitingSeconds(): Promise<number | undefined>;
  deliveries?(): Promise<Record<string, number>>;
  /** Installed trust lists, with the time since each was fetched or imported. */
  lists(): Promise<readonly { name: string; ageSeconds: number }[]>;
  /** Current isolation of readers; undefined if unknown. */
  isolation?(): Isolation | undefined;
}

/**
 * Registers the gauges. If the database is unavailable, only its own metrics are left out (rather than reported as 0),
 * and a counter records the failure.
 */
export function registerGauges(gauges: MetricSources, registers: Registry[]): void {
  const failures = new Counter({
    name: 'assay_gauge_failures_total',
    help: 'Figures that could not be had, as the database did not answer; they are left out then.',
    labelNames: ['figure'],
    registers,
  });
  const gauge = (
    name: string,
    help: string,
    labelNames: string[],
    read: (figure: Gauge<string>) => Promise<void>,
  ) =>
    new Gauge({
      name,
      help,
      labelNames,
      registers,
      async collect() {
        this.reset();
        // After a reset, a gauge without labels would report 0.
        if (labelNames.length === 0) this.remove();
        await read(this).catch(() => failures.labels(name).inc());
      },
    });
  gauge(
    'assay_queue_jobs',
    'Inspections that wait for a worker, and that are being done.',
    ['state'],
    async (figure) => {
      const { waiting, running } = await gauges.queue();
      figure.labels('waiting').set(waiting);
      figure.labels('running').set(running);
    },
  );
  gauge(
    'assay_queue_oldest_waiting_seconds',
    'How long the inspection that has waited longest for a worker has waited since it was accepted; 0: none waits.',
    [],
    async (figure) => figure.set((await gauges.oldestWaitingSeconds()) ?? 0),
  );
  gauge(
    'assay_trust_list_age_seconds',
    'Since this list was fetched or imported. Lists that are not installed are left out.',
    ['list'],
    async (figure) => {
      for (const { name, ageSeconds } of await gauges.lists()) figure.labels(name).set(ageSeconds);
    },
  );
  const { deliveries } = gauges;
  if (deliveries === undefined) return;
  gauge(
    'assay_webhook_deliveries',
    'Webhook deliveries that are kept, by status.',
    ['status'],
    async (figure) => {
      for (const [status, count] of Object.entries(await deliveries())) figure.labels(status).set(count);
    },
  );
}

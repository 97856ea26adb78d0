import { Counter, Gauge, type Registry } from 'prom-client';
import type { Isolation } from '../core/ground/isolation-level.js';

/** Asked when the figures are read, not kept up to date in between. What is left out is not shown, which is not 0. */
export interface Gauges {
  /** Inspections that wait for a worker and that are being done. */
  queue(): Promise<{ waiting: number; running: number }>;
  /** How long the one that has waited longest has waited; undefined: none waits. */
  oldestWaitingSeconds(): Promise<number | undefined>;
  deliveries?(): Promise<Record<string, number>>;
  /** Trust lists that are installed, and how long ago each was fetched or imported. */
  lists(): Promise<readonly { name: string; ageSeconds: number }[]>;
  /** How files are read; undefined: nobody tells. */
  isolation?(): Isolation | undefined;
}

/**
 * A database that is away must not take the other figures along: its own are left out then, which is not 0, and one
 * figure says why.
 */
export function watchGauges(gauges: Gauges, registers: Registry[]): void {
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
        // One without labels is 0 after that, which would be a figure.
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

import type { Heartbeat } from '../base/lease/pulse.js';
import type { Config } from '../config/settings.js';
import type { Inspector } from '../inspect/pool/inspector.js';
import { Metrics } from '../service/ops/metrics.js';
import { startMetricsServer } from '../service/ops/metrics-server.js';
import { readListAges } from '../service/trust/list-ages.js';
import type { Stores } from '../storage/stores.js';
import { WorkerHealth } from './worker-health.js';

interface WorkerMetricsSources {
  stores: Stores;
  inspector: Inspector;
  pulses: readonly Heartbeat[];
  stopping(): boolean;
}

/** Serves metrics and health checks of a worker if the operator sets an address. */
export async function startWorkerMetrics(
  { metrics: address, trustDir }: Config,
  { stores, inspector, pulses, stopping }: WorkerMetricsSources,
): Promise<{ address: string; close(): void } | undefined> {
  if (address === undefined) return undefined;
  const metrics = new Metrics({
    queue: () => stores.queue.depth(),
    oldestWaitingSeconds: () => stores.queue.oldestWaitingSeconds(),
    lists: () => readListAges(trustDir, new Date()),
    isolation: () => inspector.isolation,
  });
  const health = new WorkerHealth({ database: stores.database, inspector, pulses, stopping });
  const server = await startMetricsServer(metrics, address, health);
  const at = server.address();
  return {
    address:
      typeof at === 'object' && at !== null
        ? `http://${at.family === 'IPv6' ? `[${at.address}]` : at.address}:${at.port}`
        : '',
    close: () => {
      server.closeAllConnections();
      server.close();
      metrics.close();
    },
  };
}

import type { Config } from './config.js';
import type { Inspector } from './isolation/inspector.js';
import type { Pulse } from './lease/pulse.js';
import { Metrics } from './metrics/metrics.js';
import { startMetricsServer } from './metrics/server.js';
import type { Stores } from './store/stores.js';
import { listAges } from './trust-lists/list-ages.js';
import { WorkerHealth } from './worker/worker-health.js';

interface Shown {
  stores: Stores;
  inspector: Inspector;
  pulses: readonly Pulse[];
  stopping(): boolean;
}

/** Figures and health of a worker, where the operator gave them a port. */
export async function showFigures(
  { metricsPort: port, metricsHost: host, trustDir }: Config,
  { stores, inspector, pulses, stopping }: Shown,
): Promise<{ address: string; close(): void } | undefined> {
  if (port === undefined) return undefined;
  const metrics = new Metrics({
    queue: () => stores.queue.depth(),
    oldestWaitingSeconds: () => stores.queue.oldestWaitingSeconds(),
    lists: () => listAges(trustDir, new Date()),
    isolation: () => inspector.isolation,
  });
  const health = new WorkerHealth({ database: stores.database, inspector, pulses, stopping });
  const server = await startMetricsServer(metrics, { host, port }, health);
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

import { Counter, Gauge, type Registry } from 'prom-client';
import { ISOLATION_LEVELS, type Isolation } from '../../base/isolation-level.js';
import { diagnostics } from '../../inspect/protocol/diagnostics.js';

/** Returns a function that ends the subscription. */
export function registerSandboxMetrics(
  isolation: () => Isolation | undefined,
  registers: Registry[],
): () => void {
  new Gauge({
    name: 'assay_isolation_level',
    help: 'How files are read: 1 for the level that holds, 0 for the other. “process”: without a sandbox.',
    labelNames: ['level'],
    registers,
    collect() {
      const now = isolation();
      this.reset();
      if (now === undefined) return;
      for (const level of ISOLATION_LEVELS) this.labels(level).set(level === now.isolation ? 1 : 0);
    },
  });
  const givenUp = new Counter({
    name: 'assay_sandbox_fallbacks_total',
    help: 'How often a sandbox that is there did not work, so that files were read on without it.',
    labelNames: ['reason'],
    registers,
  });
  // The fallback may have happened before this subscription.
  const { isolationReason: reason } = isolation() ?? {};
  if (reason === 'refused' || reason === 'too-slow') givenUp.labels(reason).inc();
  return diagnostics.sandboxGivenUp.subscribe(({ reason }) => givenUp.labels(reason).inc());
}

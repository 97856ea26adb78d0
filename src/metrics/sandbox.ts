import { Counter, Gauge, type Registry } from 'prom-client';
import { ISOLATION_LEVELS, type Isolation } from '../core/ground/isolation-level.js';
import { diagnostics } from '../isolation/diagnostics.js';

/** Gives back what ends it. */
export function watchSandbox(isolation: () => Isolation | undefined, registers: Registry[]): () => void {
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
  // Before anybody counted.
  const { isolationBecause: because } = isolation() ?? {};
  if (because === 'refused' || because === 'too-slow') givenUp.labels(because).inc();
  return diagnostics.sandboxGivenUp.subscribe(({ because }) => givenUp.labels(because).inc());
}

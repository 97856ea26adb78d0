import { onTestFinished } from 'vitest';
import { JobFiles } from '../../src/worker/job-files.js';
import { workerSettings } from '../../src/worker/settings.js';
import { Worker, type WorkerParts } from '../../src/worker/worker.js';
import type { TestApp } from './harness.js';

/** The worker that `assay serve` and `assay worker` run, beside a test's door. */
export function startWorker(
  { config, stores, inspector }: Pick<TestApp, 'config' | 'stores'> & Pick<WorkerParts, 'inspector'>,
  onError = (error: unknown): void => {
    throw error;
  },
  makers: Pick<WorkerParts, 'pictures' | 'likenesses'> = {},
): void {
  const worker = new Worker({
    ...stores,
    ...workerSettings(config, { besideADoor: true }),
    inspector,
    files: new JobFiles(`${config.dataDir}/uploads`),
    onError,
    ...makers,
  });
  worker.start();
  onTestFinished(() => worker.stop(1000));
}

import { onTestFinished } from 'vitest';
import { JobUploads } from '../../src/service/inspections/upload-files.js';
import { workerSettings } from '../../src/worker/settings.js';
import { Worker, type WorkerParts } from '../../src/worker/worker.js';
import type { TestApp } from './harness.js';

/** Starts the worker of `assay serve` and `assay worker` next to a test's service. */
export function startWorker(
  { config, stores, inspector }: Pick<TestApp, 'config' | 'stores'> & Pick<WorkerParts, 'inspector'>,
  onError = (error: unknown): void => {
    throw error;
  },
  makers: Pick<WorkerParts, 'pictureMaker' | 'fingerprintMaker'> = {},
): void {
  const worker = new Worker({
    ...stores,
    ...workerSettings(config, { sharesServer: true }),
    inspector,
    files: new JobUploads(`${config.dataDir}/uploads`),
    onError,
    ...makers,
  });
  worker.start();
  onTestFinished(() => worker.stop(1000));
}

import type { Command } from 'commander';
import { cannotListen } from './cannot-listen.js';
import { EXIT, type ExitCode, UsageError } from './exit-codes.js';
import { type Io, say } from './io.js';

interface WorkerOptions {
  scans?: boolean;
}

export function addWorkerCommand(program: Command, io: Io, finish: (code: ExitCode) => void): void {
  program
    .command('worker')
    .description('inspect what servers and scans have put into the queue (DATABASE_URL, ASSAY_DATA_DIR)')
    .option('--scans', 'only files that assay scan --distributed hands out (DATABASE_URL)')
    .action(async (options: WorkerOptions) => finish(await work(options, io)));
}

/** Until it is interrupted. */
async function work({ scans: scansOnly = false }: WorkerOptions, io: Io): Promise<ExitCode> {
  const [
    { readConfig },
    { startWorker },
    { createInspector },
    { serviceBounds },
    { createMakers, closeMakers },
    { Confinement },
    { startNotes },
    { tellHeld },
    { proveSandbox },
  ] = await Promise.all([
    import('../config.js'),
    import('../worker-process.js'),
    import('../isolation/pool.js'),
    import('../isolation/service-bounds.js'),
    import('../isolation/makers.js'),
    import('../isolation/confinement.js'),
    import('../start-notes.js'),
    import('./held-told.js'),
    import('./prove-sandbox.js'),
  ]);
  const config = readConfig(io.env);
  const { dataDir, ...beside } = config;
  // Scans keep nothing there.
  for (const note of startNotes(io.env, scansOnly ? beside : { ...beside, dataDir }))
    say(io, `assay: ${note}`);
  if (scansOnly && config.databaseUrl === undefined) {
    throw new UsageError('--scans needs PostgreSQL: set DATABASE_URL to what the scan uses too');
  }
  const tellNoMore = tellHeld(io, { always: true });
  const confinement = new Confinement({ sandbox: config.sandbox });
  const { jobs, trustDir } = config;
  const inspector = createInspector({ jobs, trustDir, confinement, bounds: serviceBounds(config) });
  const makers = createMakers({ confinement, previews: config.previews, jobs: config.jobs });
  try {
    const tell = (error: unknown) =>
      say(io, `assay worker: ${error instanceof Error ? error.message : String(error)}`);
    await proveSandbox(confinement, config);
    const worker = await startWorker(config, inspector, { tell, env: io.env, scansOnly, makers });
    const at = worker.figures === undefined ? '' : `; figures and health at ${worker.figures}`;
    say(io, `assay worker takes up to ${config.jobs} jobs at a time${at}`);
    await interruption(io.interrupted);
    await worker.stop();
    return EXIT.done;
  } catch (error) {
    const why = cannotListen(error);
    if (why === undefined) throw error;
    throw new UsageError(`cannot listen on ${config.metricsHost}:${config.metricsPort}: ${why}`, {
      cause: error,
    });
  } finally {
    tellNoMore();
    await closeMakers(makers);
    await inspector.close();
  }
}

function interruption(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) resolve();
    signal?.addEventListener('abort', () => resolve(), { once: true });
  });
}

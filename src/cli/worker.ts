import type { Command } from 'commander';
import { said } from '../say/said.js';
import { errorSaid } from '../say/said-error.js';
import { cannotListen } from './cannot-listen.js';
import { EXIT, type ExitCode, UsageError } from './exit-codes.js';
import { described } from './help.js';
import { type Io, tell, tellMore } from './io.js';
import { interruption } from './unless-interrupted.js';

interface WorkerOptions {
  scans?: boolean;
}

export function addWorkerCommand(program: Command, io: Io, finish: (code: ExitCode) => void): void {
  program
    .command('worker')
    .description(described('cli.worker.about'))
    .option('--scans', described('cli.worker.scans'))
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
  for (const note of startNotes(io.env, scansOnly ? beside : { ...beside, dataDir })) tell(io, note);
  if (scansOnly && config.databaseUrl === undefined) {
    throw new UsageError(said('cli.worker.needsServer'));
  }
  const tellNoMore = tellHeld(io, { always: true });
  const confinement = new Confinement({ sandbox: config.sandbox });
  const { jobs, trustDir } = config;
  const inspector = createInspector({
    jobs,
    trustDir,
    confinement,
    packs: true,
    bounds: serviceBounds(config),
  });
  const makers = createMakers({
    confinement,
    previews: config.previews,
    fingerprints: config.fingerprints,
    jobs: config.jobs,
  });
  try {
    const onError = (error: unknown) => tellMore(io, said('cli.worker.says', { what: errorSaid(error) }));
    await proveSandbox(confinement, config);
    const worker = await startWorker(config, inspector, { tell: onError, env: io.env, scansOnly, makers });
    const begun = said('start.worker', { jobs: config.jobs });
    const { figures } = worker;
    tellMore(io, figures === undefined ? begun : said('start.worker.figures', { begun, address: figures }));
    await interruption(io.interrupted);
    await worker.stop();
    return EXIT.done;
  } catch (error) {
    const cannot = cannotListen(error, config.metricsHost, config.metricsPort);
    throw cannot === undefined ? error : new UsageError(cannot, { cause: error });
  } finally {
    tellNoMore();
    await closeMakers(makers);
    await inspector.close();
  }
}

import type { Command } from 'commander';
import { message } from '../../i18n/message.js';
import { messageOf } from '../../i18n/message-error.js';
import { listenErrorMessage } from '../shared/cannot-listen.js';
import { EXIT, type ExitCode, UsageError } from '../shared/exit-codes.js';
import { encodeDescription } from '../shared/help.js';
import { type Io, printDetail, printMessage } from '../shared/io.js';
import { untilInterrupted } from '../shared/unless-interrupted.js';

interface WorkerOptions {
  scans?: boolean;
}

export function addWorkerCommand(program: Command, io: Io, finish: (code: ExitCode) => void): void {
  program
    .command('worker')
    .description(encodeDescription('cli.worker.about'))
    .option('--scans', encodeDescription('cli.worker.scans'))
    .action(async (options: WorkerOptions) => finish(await runWorker(options, io)));
}

/** Runs the worker until interrupted. */
async function runWorker({ scans: scansOnly = false }: WorkerOptions, io: Io): Promise<ExitCode> {
  const [
    { readConfig },
    { startWorker },
    { createInspector },
    { serviceIsolationLimits: serviceBounds },
    { createResultMakers: createMakers, closeResultMakers: closeMakers },
    { Confinement },
    { startupWarnings: startNotes },
    { printIsolationStatus: tellHeld },
    { checkSandbox: proveSandbox },
  ] = await Promise.all([
    import('../../config/settings.js'),
    import('../../worker/worker-process.js'),
    import('../../inspect/pool/create-inspector.js'),
    import('../../inspect/protocol/service-bounds.js'),
    import('../../inspect/makers/makers.js'),
    import('../../inspect/sandbox/confinement.js'),
    import('../../config/startup-messages.js'),
    import('../shared/isolation-message.js'),
    import('./check-sandbox.js'),
  ]);
  const config = readConfig(io.env);
  const { dataDir, ...rest } = config;
  // A worker for scans stores nothing in the data directory.
  for (const note of startNotes(io.env, scansOnly ? rest : { ...rest, dataDir })) printMessage(io, note);
  if (scansOnly && config.databaseUrl === undefined) {
    throw new UsageError(message('cli.worker.needsServer'));
  }
  const stopPrinting = tellHeld(io, { always: true });
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
    const onError = (error: unknown) =>
      printDetail(io, message('cli.worker.says', { what: messageOf(error) }));
    await proveSandbox(confinement, config);
    const worker = await startWorker(config, inspector, {
      reportError: onError,
      env: io.env,
      isScansOnly: scansOnly,
      makers,
    });
    const begun = message('start.worker', { jobs: config.jobs });
    const { metricsAddress: figures } = worker;
    printDetail(
      io,
      figures === undefined ? begun : message('start.worker.figures', { begun, address: figures }),
    );
    await untilInterrupted(io.interrupted);
    await worker.stop();
    return EXIT.done;
  } catch (error) {
    const listenMessage = listenErrorMessage(error, config.metrics?.host ?? '', config.metrics?.port);
    throw listenMessage === undefined ? error : new UsageError(listenMessage, { cause: error });
  } finally {
    stopPrinting();
    await closeMakers(makers);
    await inspector.close();
  }
}

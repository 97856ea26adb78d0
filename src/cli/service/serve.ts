import { readConfig } from '../../config/settings.js';
import { startupWarnings } from '../../config/startup-messages.js';
import { startServer } from '../../http/server.js';
import { message } from '../../i18n/message.js';
import { closeResultMakers, createResultMakers } from '../../inspect/makers/makers.js';
import { createInspector } from '../../inspect/pool/create-inspector.js';
import { serviceIsolationLimits } from '../../inspect/protocol/service-bounds.js';
import { Confinement } from '../../inspect/sandbox/confinement.js';
import { listenErrorMessage } from '../shared/cannot-listen.js';
import { EXIT, type ExitCode, UsageError } from '../shared/exit-codes.js';
import { type Io, printDetail, printLine, printMessage } from '../shared/io.js';
import { printIsolationStatus } from '../shared/isolation-message.js';
import { untilInterrupted } from '../shared/unless-interrupted.js';
import { checkSandbox } from './check-sandbox.js';

export interface ServeOptions {
  host?: string;
  port?: number;
}

/** Runs the server until interrupted. */
export async function serve(options: ServeOptions, io: Io): Promise<ExitCode> {
  const read = readConfig({
    ...io.env,
    ...(options.host !== undefined && { ASSAY_HOST: options.host }),
    ...(options.port !== undefined && { ASSAY_PORT: String(options.port) }),
  });
  const config = { ...read, sandbox: read.serveSandbox };
  for (const note of startupWarnings(io.env, config)) printMessage(io, note);
  const reachedOn = read.sandbox === 'require' ? undefined : config.host;
  const stopPrinting = printIsolationStatus(io, { always: true });
  const confinement = new Confinement({ sandbox: config.sandbox });
  const { jobs, trustDir } = config;
  const inspector = createInspector({ jobs, trustDir, confinement, bounds: serviceIsolationLimits(config) });
  const makers = createResultMakers({
    // Makers have lower priority than answering requests. One process would fall behind when the server answers half of
    // what it can.
    jobs: Math.min(2, config.jobs),
    confinement,
    previews: config.previews,
    fingerprints: config.fingerprints,
    trustDir,
  });
  try {
    const selfTest = checkSandbox(confinement, { sandbox: config.sandbox, reachedOn }).then(() =>
      config.selfTest ? checkSelfTest(confinement) : printSelfTestSkipped(io),
    );
    // If the server fails for another reason first, nobody awaits this promise.
    selfTest.catch(() => undefined);
    const server = await startServer(config, inspector, selfTest, makers, (what) => printMessage(io, what));
    printDetail(io, message('start.listens', { address: server.address }));
    // The key is printed alone on its line, so that it can be copied whole.
    if (server.firstKey !== undefined) printLine(io, server.firstKey);
    await untilInterrupted(io.interrupted);
    await server.stop();
    return EXIT.done;
  } catch (error) {
    const listenMessage = listenErrorMessage(error, config.host, config.port);
    throw listenMessage === undefined ? error : new UsageError(listenMessage, { cause: error });
  } finally {
    stopPrinting();
    await closeResultMakers(makers);
    await inspector.close();
  }
}

/**
 * Throws `UsageError` if the self-test fails, and the server then accepts no requests: no answer is better than a wrong
 * one.
 */
async function checkSelfTest(confinement: Confinement): Promise<void> {
  const { runSelfTest, selfTestFaults } = await import('../../service/doctor/diagnose.js');
  const tested = await runSelfTest(confinement);
  if (tested.passed) return;
  const { findUnknownCallFaults: unknownCallFaults } = await import(
    '../../service/doctor/parts/system-calls.js'
  );
  throw new UsageError(message('start.selfTest.failed'), {
    more: [...selfTestFaults(tested), ...(await unknownCallFaults()), message('start.selfTest.more')],
  });
}

async function printSelfTestSkipped(io: Io): Promise<void> {
  printMessage(io, message('start.selfTest.skipped'));
}

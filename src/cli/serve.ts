import { readConfig } from '../config.js';
import { Confinement } from '../isolation/confinement.js';
import { closeMakers, createMakers } from '../isolation/makers.js';
import { createInspector } from '../isolation/pool.js';
import { serviceBounds } from '../isolation/service-bounds.js';
import { said } from '../say/said.js';
import { startServer } from '../server.js';
import { startNotes } from '../start-notes.js';
import { cannotListen } from './cannot-listen.js';
import { EXIT, type ExitCode, UsageError } from './exit-codes.js';
import { tellHeld } from './held-told.js';
import { type Io, tell, tellMore, writeLine } from './io.js';
import { proveSandbox } from './prove-sandbox.js';
import { interruption } from './unless-interrupted.js';

export interface ServeOptions {
  host?: string;
  port?: number;
}

/** Until it is interrupted. */
export async function serve(options: ServeOptions, io: Io): Promise<ExitCode> {
  const read = readConfig({
    ...io.env,
    ...(options.host !== undefined && { ASSAY_HOST: options.host }),
    ...(options.port !== undefined && { ASSAY_PORT: String(options.port) }),
  });
  const config = { ...read, sandbox: read.serveSandbox };
  for (const note of startNotes(io.env, config)) tell(io, note);
  const reachedOn = read.sandbox === 'require' ? undefined : config.host;
  const tellNoMore = tellHeld(io, { always: true });
  const confinement = new Confinement({ sandbox: config.sandbox });
  const { jobs, trustDir } = config;
  const inspector = createInspector({ jobs, trustDir, confinement, bounds: serviceBounds(config) });
  const makers = createMakers({
    // They yield to all that is answered; one alone is behind where half of what can be answered is.
    jobs: Math.min(2, config.jobs),
    confinement,
    previews: config.previews,
    fingerprints: config.fingerprints,
    trustDir,
  });
  try {
    const known = proveSandbox(confinement, { sandbox: config.sandbox, reachedOn }).then(() =>
      config.selfTest ? knownAnswers(confinement) : skipped(io),
    );
    // Where the server fails for another reason first, this one has nobody to tell.
    known.catch(() => undefined);
    const server = await startServer(config, inspector, known, makers, (what) => tell(io, what));
    tellMore(io, said('start.listens', { address: server.address }));
    // Never put into words, so that it can be copied whole.
    if (server.firstKey !== undefined) writeLine(io, server.firstKey);
    await interruption(io.interrupted);
    await server.stop();
    return EXIT.done;
  } catch (error) {
    const cannot = cannotListen(error, config.host, config.port);
    throw cannot === undefined ? error : new UsageError(cannot, { cause: error });
  } finally {
    tellNoMore();
    await closeMakers(makers);
    await inspector.close();
  }
}

/** Whoever would be told wrong things is better told nothing: rejects, and then nobody is let in. */
async function knownAnswers(confinement: Confinement): Promise<void> {
  const { runSelfTest, selfTestFaults } = await import('../doctor/diagnose.js');
  const tested = await runSelfTest(confinement);
  if (tested.passed) return;
  const { unknownCallFaults } = await import('../doctor/parts/system-calls.js');
  throw new UsageError(said('start.selfTest.failed'), {
    more: [...selfTestFaults(tested), ...(await unknownCallFaults()), said('start.selfTest.more')],
  });
}

async function skipped(io: Io): Promise<void> {
  tell(io, said('start.selfTest.skipped'));
}

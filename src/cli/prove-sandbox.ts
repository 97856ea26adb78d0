import type { SandboxChoice } from '../core/ground/isolation-level.js';
import type { Confinement } from '../isolation/confinement.js';
import { InspectError } from '../isolation/inspect-error.js';
import { proveHeld } from '../isolation/prove.js';
import { said } from '../say/said.js';
import { errorSaid } from '../say/said-error.js';
import { UsageError } from './exit-codes.js';

interface Asked {
  /** As it holds. */
  sandbox: SandboxChoice;
  /** Required for this alone, that others reach it; left out: it was asked for. */
  reachedOn?: string | undefined;
}

/**
 * Rejects where a sandbox is required and none works: nothing is begun then. Where it is not required, that no process
 * starts at all is told by whatever wants one next.
 */
export async function proveSandbox(confinement: Confinement, { sandbox, reachedOn }: Asked): Promise<void> {
  try {
    await proveHeld(confinement);
  } catch (error) {
    if (!(error instanceof InspectError)) throw error;
    if (sandbox === 'require') throw refused(error, reachedOn);
  }
}

function refused(error: InspectError, reachedOn: string | undefined): UsageError {
  const because =
    reachedOn === undefined
      ? said('start.sandbox.asked')
      : said('start.sandbox.reached', { host: reachedOn });
  return new UsageError(said('start.sandbox.none', { why: errorSaid(error.cause ?? error) }), {
    more: [because, said('start.sandbox.install'), said('start.sandbox.auto')],
    cause: error,
  });
}

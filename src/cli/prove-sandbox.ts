import type { SandboxChoice } from '../core/isolation-level.js';
import type { Confinement } from '../isolation/confinement.js';
import { InspectError } from '../isolation/inspector.js';
import { proveHeld } from '../isolation/prove.js';
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
  const why = error.cause instanceof Error ? error.cause.message : error.message;
  const because =
    reachedOn === undefined
      ? '  ASSAY_SANDBOX=require asks for one.'
      : `  Others than this machine reach ${reachedOn}, so one is required there unless ASSAY_SANDBOX says otherwise.`;
  return new UsageError(
    [
      `no sandbox works here (${why}), so nothing is read.`,
      because,
      '  Install the packages bubblewrap and util-linux; in a container, allow user namespaces (docs/operations.md).',
      '  With ASSAY_SANDBOX=auto it starts all the same: a file that takes over its reader could then read other files.',
    ].join('\n'),
    { cause: error },
  );
}

import type { SandboxChoice } from '../../base/isolation-level.js';
import { message } from '../../i18n/message.js';
import { messageOf } from '../../i18n/message-error.js';
import { detectIsolation } from '../../inspect/pool/isolation-check.js';
import { InspectError } from '../../inspect/protocol/inspect-error.js';
import type { Confinement } from '../../inspect/sandbox/confinement.js';
import { UsageError } from '../shared/exit-codes.js';

interface SandboxCheck {
  /** Sandbox setting in force. */
  sandbox: SandboxChoice;
  /**
   * Host at which others can reach the server, if that is why the sandbox is required; `undefined` if the operator
   * required it.
   */
  reachedOn?: string | undefined;
}

/**
 * Throws `UsageError` if a sandbox is required and none works, so that nothing is started. If it is not required, a
 * failure to start processes is reported when one is needed.
 */
export async function checkSandbox(
  confinement: Confinement,
  { sandbox, reachedOn }: SandboxCheck,
): Promise<void> {
  try {
    await detectIsolation(confinement);
  } catch (error) {
    if (!(error instanceof InspectError)) throw error;
    if (sandbox === 'require') throw sandboxError(error, reachedOn);
  }
}

function sandboxError(error: InspectError, reachedOn: string | undefined): UsageError {
  const reason =
    reachedOn === undefined
      ? message('start.sandbox.requested')
      : message('start.sandbox.reached', { host: reachedOn });
  return new UsageError(message('start.sandbox.none', { why: messageOf(error.cause ?? error) }), {
    more: [reason, message('start.sandbox.install'), message('start.sandbox.auto')],
    cause: error,
  });
}

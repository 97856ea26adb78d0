import type { Isolation, IsolationLevel, IsolationReason } from '../../base/isolation-level.js';
import { type Message, message } from '../../i18n/message.js';

/** Readiness check of the isolation; it never fails, unless a sandbox was required. */
export interface SandboxCheck {
  status: 'ok';
  message: Message;
  level: IsolationLevel;
  because?: IsolationReason;
}

export function checkSandbox({ isolation: level, isolationBecause: because }: Isolation): SandboxCheck {
  return {
    status: 'ok',
    message: message(`held.ready.${because ?? 'sandbox'}`),
    level,
    ...(because && { because }),
  };
}

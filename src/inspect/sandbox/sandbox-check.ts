import type { Isolation, IsolationLevel, IsolationReason } from '../../base/isolation-level.js';
import { type Message, message } from '../../i18n/message.js';

/** Readiness check of the isolation; it never fails, unless a sandbox was required. */
export interface SandboxCheck {
  status: 'ok';
  message: Message;
  level: IsolationLevel;
  reason?: IsolationReason;
}

export function checkSandbox({ isolation: level, isolationReason: reason }: Isolation): SandboxCheck {
  return {
    status: 'ok',
    message: message(`isolation.ready.${reason ?? 'sandbox'}`),
    level,
    ...(reason && { reason }),
  };
}

import type { Isolation, IsolationLevel, IsolationReason } from '../core/ground/isolation-level.js';
import { type Said, said } from '../say/said.js';

/** How files are read, among the checks of readiness: no reason not to be ready, where no sandbox was required. */
export interface SandboxCheck {
  status: 'ok';
  said: Said;
  level: IsolationLevel;
  because?: IsolationReason;
}

export function sandboxCheck({ isolation: level, isolationBecause: because }: Isolation): SandboxCheck {
  return {
    status: 'ok',
    said: said(`held.ready.${because ?? 'sandbox'}`),
    level,
    ...(because && { because }),
  };
}

import type { Isolation, IsolationLevel, IsolationReason } from '../core/isolation-level.js';

/** How files are read, among the checks of readiness: no reason not to be ready, where no sandbox was required. */
export interface SandboxCheck {
  status: 'ok';
  words: string;
  level: IsolationLevel;
  because?: IsolationReason;
}

const WITHOUT: Readonly<Record<IsolationReason, string>> = {
  'switched-off': 'Files are read without a sandbox: ASSAY_SANDBOX=off.',
  'not-installed':
    'Files are read without a sandbox: none is installed. `assay doctor` says what is missing.',
  refused: 'Files are read without a sandbox: it did not work. `assay doctor` says why.',
  'too-slow': 'Files are read without a sandbox: nothing had started in it in time. It is tried again.',
};

export function sandboxCheck({ isolation: level, isolationBecause: because }: Isolation): SandboxCheck {
  const words = because === undefined ? 'Files are read in a sandbox.' : WITHOUT[because];
  return { status: 'ok', words, level, ...(because && { because }) };
}

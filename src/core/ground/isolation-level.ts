/** `sandbox`: sees its own file alone and no network. `process`: a process of its own with a deadline, no more. */
export const ISOLATION_LEVELS = ['sandbox', 'process'] as const;
export type IsolationLevel = (typeof ISOLATION_LEVELS)[number];

/** What an operator may ask for; `auto` takes the strictest way that works. */
export const SANDBOX_CHOICES = ['auto', 'require', 'off'] as const;
export type SandboxChoice = (typeof SANDBOX_CHOICES)[number];

/**
 * Why a file was read without a sandbox: the operator chose so; this machine has none; it was tried and refused to
 * work; it was tried, and nothing had started in it when there was no waiting any longer.
 */
export const ISOLATION_REASONS = ['switched-off', 'not-installed', 'refused', 'too-slow'] as const;
export type IsolationReason = (typeof ISOLATION_REASONS)[number];

/** How files are read, in the words of a Report. */
export interface Isolation {
  isolation: IsolationLevel;
  /** Of `process` alone. */
  isolationBecause?: IsolationReason;
}

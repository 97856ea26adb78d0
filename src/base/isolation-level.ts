/** `sandbox`: the process sees only its own file and has no network. `process`: only a separate process with a deadline. */
export const ISOLATION_LEVELS = ['sandbox', 'process'] as const;
export type IsolationLevel = (typeof ISOLATION_LEVELS)[number];

/** Settings of the operator; `auto` uses the strictest isolation that works. */
export const SANDBOX_CHOICES = ['auto', 'require', 'off'] as const;
export type SandboxChoice = (typeof SANDBOX_CHOICES)[number];

/**
 * Reason why a file was read without a sandbox: the operator switched it off; this machine has none; the attempt
 * failed; or nothing had started in it in time.
 */
export const ISOLATION_REASONS = ['switched-off', 'not-installed', 'refused', 'too-slow'] as const;
export type IsolationReason = (typeof ISOLATION_REASONS)[number];

/** Isolation of readers as shown in a Report. */
export interface Isolation {
  isolation: IsolationLevel;
  /** Present only for `process`. */
  isolationReason?: IsolationReason;
}

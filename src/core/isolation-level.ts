/** `sandbox`: sees its own file alone and no network. `process`: a process of its own with a deadline, no more. */
export const ISOLATION_LEVELS = ['sandbox', 'process'] as const;
export type IsolationLevel = (typeof ISOLATION_LEVELS)[number];

/** What an operator may ask for; `auto` takes the strictest way that works. */
export const SANDBOX_CHOICES = ['auto', 'require', 'off'] as const;
export type SandboxChoice = (typeof SANDBOX_CHOICES)[number];

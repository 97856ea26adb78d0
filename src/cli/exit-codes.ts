/** What the shell is told. Where several hold, the one that stands first here counts. */
export const EXIT = {
  interrupted: 130,
  usage: 2,
  conditionMet: 1,
  notAllInspected: 3,
  done: 0,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Told to the user as it is, with exit code 2. */
export class UsageError extends Error {
  override name = 'UsageError';
}

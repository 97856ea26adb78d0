import type { Said } from '../say/said.js';
import { SaidError } from '../say/said-error.js';

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
export class UsageError extends SaidError {
  override name = 'UsageError';
  /** Lines that follow. */
  readonly more: readonly Said[];

  constructor(said: Said, { more = [], ...options }: ErrorOptions & { more?: readonly Said[] } = {}) {
    super(said, options);
    this.more = more;
  }
}

/** Something that no command or option takes. Told with where to find what there is. */
export class Mistake extends UsageError {
  override name = 'Mistake';
}

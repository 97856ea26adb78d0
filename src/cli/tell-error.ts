import { said } from '../say/said.js';
import { errorSaid, SaidError } from '../say/said-error.js';
import { Mistake, UsageError } from './exit-codes.js';
import { type Io, tell, tellMore, write } from './io.js';

/** What the user can mend is said in one line; anything else is our fault, and its trace helps to report it. */
export function tellError(io: Io, error: unknown): void {
  if (error instanceof Error && !(error instanceof SaidError) && !('code' in error)) {
    write(io, `assay: ${error.stack ?? error.message}`);
    return;
  }
  tell(io, errorSaid(error));
  if (error instanceof UsageError) for (const line of error.more) tellMore(io, line);
  if (error instanceof Mistake) tellMore(io, said('cli.help.hint'));
}

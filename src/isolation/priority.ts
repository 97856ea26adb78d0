import { writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { AUTOGROUP } from './child-environment.js';

/** As sched(7) has it: the priority of this process's session among the others of the machine. */
const SESSION = '/proc/self/autogroup';

let yielding = false;

/**
 * Gives this process a lower priority, 1 to 19. Where the kernel groups sessions, that alone counts among the processes
 * of one session, and a reading process has one of its own: the session's is lowered too.
 */
export function yieldToOthers(niceness: number): void {
  if (yielding) return;
  try {
    setPriority(0, niceness);
  } catch {
    // Not allowed here: then its work is done as fast as all else.
  }
  try {
    // One whose filter lets it open nothing to write has it open since its start.
    const opened = process.env[AUTOGROUP];
    writeFileSync(opened === undefined ? SESSION : Number(opened), `${niceness}`);
    yielding = true;
  } catch (error) {
    // A session may be asked for a moment later (`EAGAIN`); where there are no such groups, never.
    yielding = !(error instanceof Error && 'code' in error && error.code === 'EAGAIN');
  }
}

import { writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { AUTOGROUP_VARIABLE } from '../sandbox/child-environment.js';

/** Priority of this process's session among all sessions of the machine (sched(7)). */
const SESSION = '/proc/self/autogroup';

let hasYielded = false;

/**
 * Lowers the priority of this process to 1–19. If the kernel groups sessions, the value counts only within a session,
 * and a reading process has its own; so the session's priority is lowered too.
 */
export function lowerPriority(niceness: number): void {
  if (hasYielded) return;
  try {
    setPriority(0, niceness);
  } catch {
    // Not permitted: the process continues at normal priority.
  }
  try {
    // A process whose filter forbids opening files for writing received an open descriptor at its start.
    const opened = process.env[AUTOGROUP_VARIABLE];
    writeFileSync(opened === undefined ? SESSION : Number(opened), `${niceness}`);
    hasYielded = true;
  } catch (error) {
    // `EAGAIN` allows another attempt later; without autogroups it never works.
    hasYielded = !(error instanceof Error && 'code' in error && error.code === 'EAGAIN');
  }
}

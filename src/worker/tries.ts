import { InspectError } from '../isolation/inspect-error.js';
import { type Said, said } from '../say/said.js';

/**
 * When a job is begun again, and when no more. A worker that died had others with it, or was ended from outside: which
 * of them it was is found out by trying those alone that were there again and again.
 */

/** At so many starts that never came to an end a file is a suspect. */
const SUSPECT_AFTER = 2;
/** So often a worker may be gone that had nothing else to do; with the pauses it takes most of a day. */
const MOST_LONE_DEATHS = 30;
const SHORTEST_PAUSE_MILLIS = 10_000;
const LONGEST_PAUSE_MILLIS = 3_600_000;

/** A fault of ours says nothing of the file. With the pauses it takes some nine minutes until the inspection failed. */
const MOST_FAULTS = 10;
const FAULT_PAUSE_MILLIS = 1_000;

/** To be begun only where nothing else runs. */
export const isSuspect = (interrupted: number): boolean => interrupted >= SUSPECT_AFTER;

export const isGivenUp = (interrupted: number): boolean => interrupted >= SUSPECT_AFTER + MOST_LONE_DEATHS;

/** Until the next try, after so many. The first alone comes at once: it may well be innocent. */
export function pauseAfterDeath(interrupted: number): number {
  const alone = interrupted - SUSPECT_AFTER;
  return alone <= 0 ? 0 : Math.min(SHORTEST_PAUSE_MILLIS * 2 ** (alone - 1), LONGEST_PAUSE_MILLIS);
}

/** The same after a fault of ours, where there were `before`; undefined: it is not tried again. */
export const pauseAfterFault = (before: number): number | undefined =>
  before + 1 < MOST_FAULTS ? FAULT_PAUSE_MILLIS * 2 ** before : undefined;

/** A failure by a fault of ours, that tells nothing of this machine. */
export function failureOf(error: unknown): { code: string; said: Said } {
  return error instanceof InspectError && error.code !== 'internal'
    ? { code: error.code, said: error.said }
    : { code: 'internal', said: said('error.ofService') };
}

export const GIVEN_UP = {
  code: 'attempts-exhausted',
  said: said('error.attempts-exhausted'),
};

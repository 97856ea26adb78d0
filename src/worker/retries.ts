import { type Message, message } from '../i18n/message.js';
import { InspectError } from '../inspect/protocol/inspect-error.js';

/**
 * Rules for retrying jobs. A dead worker had several jobs or was killed from outside; the job that caused it is found
 * by running those alone that were present repeatedly.
 */

/** Number of unfinished starts after which a file is a suspect. */
const SUSPECT_AFTER = 2;
/** Maximum number of deaths while the job ran alone; with the pauses this takes most of a day. */
const MAX_LONE_DEATHS = 30;
const MIN_PAUSE_MILLIS = 10_000;
const MAX_PAUSE_MILLIS = 3_600_000;

/**
 * Maximum number of internal errors, which say nothing about the file; with the pauses the inspection fails after about
 * nine minutes.
 */
const MAX_FAULTS = 10;
const FAULT_PAUSE_MILLIS = 1_000;

/** Returns whether a job may only run while nothing else does. */
export const isSuspect = (interrupted: number): boolean => interrupted >= SUSPECT_AFTER;

export const isGivenUp = (interrupted: number): boolean => interrupted >= SUSPECT_AFTER + MAX_LONE_DEATHS;

/**
 * Returns the pause before the next attempt after this many deaths. The first attempt alone starts at once, since the
 * job may be innocent.
 */
export function pauseAfterDeath(interrupted: number): number {
  const alone = interrupted - SUSPECT_AFTER;
  return alone <= 0 ? 0 : Math.min(MIN_PAUSE_MILLIS * 2 ** (alone - 1), MAX_PAUSE_MILLIS);
}

/** Returns the pause after an internal error with `before` earlier ones; `undefined` if there is no further attempt. */
export const pauseAfterFault = (before: number): number | undefined =>
  before + 1 < MAX_FAULTS ? FAULT_PAUSE_MILLIS * 2 ** before : undefined;

/** Returns the failure for an internal error, without details of this machine. */
export function internalFailure(error: unknown): { code: string; userMessage: Message } {
  return error instanceof InspectError && error.code !== 'internal'
    ? { code: error.code, userMessage: error.userMessage }
    : { code: 'internal', userMessage: message('error.ofService') };
}

export const GIVEN_UP = {
  code: 'attempts-exhausted',
  userMessage: message('error.attempts-exhausted'),
};

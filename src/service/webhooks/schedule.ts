/** Pauses before the second and every later attempt: the schedule that Standard Webhooks recommends, 3 days in all. */
const PAUSES_MILLIS = [
  5_000,
  5 * 60_000,
  30 * 60_000,
  2 * 3_600_000,
  5 * 3_600_000,
  10 * 3_600_000,
  14 * 3_600_000,
  20 * 3_600_000,
  24 * 3_600_000,
] as const;

/** Spreads the retries of endpoints that failed together. */
const JITTER_SHARE = 0.2;

export const MAX_ATTEMPTS = PAUSES_MILLIS.length + 1;

/**
 * Returns the milliseconds until the next attempt; `undefined` if there is none. `chance` is between 0 and 1. An
 * endpoint may ask for a longer pause (`Retry-After`), up to the longest of the schedule.
 */
export function computePause(attempts: number, chance: number, askedMillis = 0): number | undefined {
  const pause = PAUSES_MILLIS[attempts - 1];
  if (pause === undefined) return undefined;
  const jittered = Math.round(pause * (1 + JITTER_SHARE * (2 * chance - 1)));
  return Math.max(jittered, Math.min(askedMillis, Math.max(...PAUSES_MILLIS)));
}

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

/** Endpoints that came down together do not get everything back at one moment. */
const JITTER_SHARE = 0.2;

export const MOST_ATTEMPTS = PAUSES_MILLIS.length + 1;

/**
 * Milliseconds until the next attempt after so many, undefined where there is none. `chance` from 0 to 1.
 * An endpoint may ask for a longer pause (`Retry-After`), up to the longest of ours.
 */
export function pauseAfter(attempts: number, chance: number, askedMillis = 0): number | undefined {
  const pause = PAUSES_MILLIS[attempts - 1];
  if (pause === undefined) return undefined;
  const jittered = Math.round(pause * (1 + JITTER_SHARE * (2 * chance - 1)));
  return Math.max(jittered, Math.min(askedMillis, Math.max(...PAUSES_MILLIS)));
}

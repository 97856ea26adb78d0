import { AssayError } from './error.js';
import { pause } from './pause.js';

export interface Retries {
  /** Further attempts at one request; 0: none. Left out: 4. */
  most?: number;
  /** Where the service wants to be left alone for longer, its refusal is told instead. Left out: 60. */
  longestPauseSeconds?: number;
}

const MOST = 4;
const LONGEST_PAUSE_SECONDS = 60;
const FIRST_PAUSE_SECONDS = 0.5;

/** What may be sent again: it changes nothing, or has no second effect. */
export const isRepeatable = (method: string, headers: Readonly<Record<string, string>>): boolean =>
  ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'].includes(method) || hasKey(headers);

export const hasKey = (headers: Readonly<Record<string, string>>): boolean =>
  Object.keys(headers).some((name) => name.toLowerCase() === 'idempotency-key');

/**
 * Asks again where the service says that it helps (429, 503, and 409 while the first request with the same
 * Idempotency-Key still runs), after the time that it names, and where a connection broke.
 */
export async function again<T>(
  attempt: () => Promise<T>,
  { most = MOST, longestPauseSeconds = LONGEST_PAUSE_SECONDS }: Retries,
  signal?: AbortSignal,
): Promise<T> {
  for (let failures = 0; ; failures += 1) {
    try {
      return await attempt();
    } catch (error) {
      const seconds = signal?.aborted || failures >= most ? undefined : pauseAfter(error, failures);
      if (seconds === undefined || seconds > longestPauseSeconds) throw error;
      await pause(seconds, signal);
    }
  }
}

/** Undefined: it would be refused again. */
export function pauseAfter(error: unknown, failures: number): number | undefined {
  // Half of it by chance, so that clients that were refused together do not come back together.
  const ours = FIRST_PAUSE_SECONDS * 2 ** failures * (0.5 + Math.random() / 2);
  if (!(error instanceof AssayError)) return isBroken(error) ? ours : undefined;
  const { status, retryAfterSeconds } = error;
  if (status === 429 || status === 503) return retryAfterSeconds ?? ours;
  return status === 409 ? retryAfterSeconds : undefined;
}

/** So `fetch` tells that no answer came; of a request that it does not like it says the same, and is told in the end. */
export const isBroken = (error: unknown): boolean => error instanceof TypeError;

import { AssayError } from './error.js';
import { pause } from './pause.js';

export interface Retries {
  /** Further attempts at one request; 0 disables them. Default: 4. */
  most?: number;
  /** If the service asks for a longer pause, its refusal is returned instead. Default: 60. */
  longestPauseSeconds?: number;
}

const MOST = 4;
const LONGEST_PAUSE_SECONDS = 60;
const FIRST_PAUSE_SECONDS = 0.5;

/** Returns true if a request may be sent again: it changes nothing, or has no second effect. */
export const isRepeatable = (method: string, headers: Readonly<Record<string, string>>): boolean =>
  ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'].includes(method) || hasKey(headers);

export const hasKey = (headers: Readonly<Record<string, string>>): boolean =>
  Object.keys(headers).some((name) => name.toLowerCase() === 'idempotency-key');

/**
 * Repeats a request if the service says that it helps (429, 503, and 409 while the first request with the same
 * Idempotency-Key still runs), after the pause that it names, or if the connection broke.
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

/** Returns `undefined` if the request would be refused again. */
export function pauseAfter(error: unknown, failures: number): number | undefined {
  // Half of the pause is random, so that clients that were refused together do not return together.
  const ours = FIRST_PAUSE_SECONDS * 2 ** failures * (0.5 + Math.random() / 2);
  if (!(error instanceof AssayError)) return isBroken(error) ? ours : undefined;
  const { status, retryAfterSeconds } = error;
  if (status === 429 || status === 503) return retryAfterSeconds ?? ours;
  return status === 409 ? retryAfterSeconds : undefined;
}

/**
 * `fetch` rejects with a `TypeError` if no answer came. It does the same for an invalid request, which is then reported
 * after the last attempt.
 */
export const isBroken = (error: unknown): boolean => error instanceof TypeError;

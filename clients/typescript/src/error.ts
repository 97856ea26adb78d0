import type { Problem } from './api.js';

/** Error answer of the server. `problem.code` is stable and meant for programs. */
export class AssayError extends Error {
  override name = 'AssayError';
  readonly status: number;
  /** Problem document (RFC 9457); undefined if something else answered, such as a proxy. */
  readonly problem: Problem | undefined;
  /** Seconds to wait before the next attempt, if the server names them. */
  readonly retryAfterSeconds: number | undefined;

  constructor(status: number, problem: Problem | undefined, retryAfterSeconds: number | undefined) {
    super(problem === undefined ? `HTTP ${status}` : `${problem.code}: ${problem.detail ?? problem.title}`);
    this.status = status;
    this.problem = problem;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Reads the body of a failed answer and returns it as an error. */
export async function errorOf(response: Response): Promise<AssayError> {
  const problem = /^application\/problem\+json\b/.test(response.headers.get('content-type') ?? '')
    ? ((await response.json()) as Problem)
    : undefined;
  if (problem === undefined) await response.body?.cancel();
  return new AssayError(response.status, problem, secondsIn(response.headers));
}

/** Returns `Retry-After` if it is a number of seconds, which is what this service sends. */
export function secondsIn(headers: Headers): number | undefined {
  const text = headers.get('retry-after');
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

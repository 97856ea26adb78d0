import type { Problem } from './api.js';

/** The server said no. `problem.code` is stable and made for programs. */
export class AssayError extends Error {
  override name = 'AssayError';
  readonly status: number;
  /** RFC 9457; undefined where somebody else answered, as a proxy does. */
  readonly problem: Problem | undefined;
  /** When to ask again, in seconds, where the server says so. */
  readonly retryAfterSeconds: number | undefined;

  constructor(status: number, problem: Problem | undefined, retryAfterSeconds: number | undefined) {
    super(problem === undefined ? `HTTP ${status}` : `${problem.code}: ${problem.detail ?? problem.title}`);
    this.status = status;
    this.problem = problem;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** What a failed answer says; its body is read. */
export async function errorOf(response: Response): Promise<AssayError> {
  const problem = /^application\/problem\+json\b/.test(response.headers.get('content-type') ?? '')
    ? ((await response.json()) as Problem)
    : undefined;
  if (problem === undefined) await response.body?.cancel();
  return new AssayError(response.status, problem, secondsIn(response.headers));
}

/** `Retry-After`, where it is a number of seconds, as this service sends it. */
export function secondsIn(headers: Headers): number | undefined {
  const text = headers.get('retry-after');
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

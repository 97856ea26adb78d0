import type { Said } from './said.js';

/**
 * An error that somebody can do something about. What is to be said of it stands in `said`, and whoever answers puts it
 * into words; its message is for traces, and holds the id and what goes into it.
 */
export class SaidError extends Error {
  override name = 'SaidError';
  constructor(
    readonly said: Said,
    options?: ErrorOptions,
  ) {
    super(said.params === undefined ? said.id : `${said.id} ${JSON.stringify(said.params)}`, options);
  }
}

/** What went wrong, to be said within something else: what is ours as it is to be said, what a system or a library says as it says it. */
export function errorSaid(error: unknown): Said {
  if (error instanceof SaidError) return error.said;
  return { id: 'text.asWritten', params: { text: error instanceof Error ? error.message : String(error) } };
}

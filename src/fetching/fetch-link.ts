import type { Fetched, Fetching } from './fetched.js';

/** Placeholder of the signature. Rejects only where `signal` aborts, or with a fault of ours. */
export async function fetchLink(_url: string, _fetching: Fetching): Promise<Fetched> {
  throw new Error('not yet');
}

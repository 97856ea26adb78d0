import type { Matcher, MatcherOptions } from './matcher.js';
import { ThreadedMatcher } from './open-matcher.js';
import type { FingerprintSource } from './source.js';

export type { IndexableRow } from '../../matching/indexed-row.js';
export { MatchError } from './match-error.js';
export type {
  FingerprintMatch,
  IndexLag,
  Matcher,
  MatcherOptions,
  SearchAnswer,
  SearchOptions,
} from './matcher.js';
export type { FingerprintSource } from './source.js';

/**
 * Opens a matcher that holds all fingerprints of a source in memory and follows its changes. Returns at once: searches
 * wait until the stored rows are loaded, and `refresh` resolves when they are.
 */
export async function openMatcher(source: FingerprintSource, options: MatcherOptions): Promise<Matcher> {
  return new ThreadedMatcher(source, options);
}

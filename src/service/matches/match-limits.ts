/** Limits of fingerprint searches, with units in their names. */
export const matchLimits = {
  /** Default memory for fingerprints of all threads together: about 7 million pictures. */
  indexBytes: 4 * 1024 ** 3,
  threads: 4,
  /** Interval at which the store is polled for new rows. */
  pollMillis: 1_000,
  /** Total time of a search, including the wait for its turn. */
  searchMillis: 20_000,
  /** Searches that may wait: of all tenants together, and of one tenant. */
  waiting: 256,
  waitingOfTenant: 64,
  /** Searches of different tenants that run interleaved. */
  atOnce: 4,
  /** Matches in one answer: default and maximum. */
  results: 100,
  maxResults: 1_000,
  /** Comparisons a thread makes before it handles other messages, about ten milliseconds. */
  comparisonsAtATime: 4_000_000,
  /** Rows of videos and sounds compared in full after some of their frames matched; further rows set `more`. */
  candidates: 4_096,
  /** Fingerprints per query: about 200 frames with 24 each. For longer videos the frames are spread over the whole. */
  queries: 4_800,
  /** Bytes of rows per read of the store, and the maximum number of rows. */
  followedBytes: 16 * 1024 ** 2,
  followedRows: 4_096,
  /** Delay after an error of the source or the end of a thread; it doubles each time up to the maximum. */
  retryMillis: 100,
  maxRetryMillis: 30_000,
  /** Ends of a thread in a row after which waiting callers are rejected. */
  maxFailures: 4,
} as const;

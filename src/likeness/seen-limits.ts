/** Bounds of what searches for likenesses take. The unit stands in the name. */
export const seenLimits = {
  /** Fingerprints of all threads together, where nobody says it: 7 million pictures. */
  heldBytes: 4 * 1024 ** 3,
  threads: 4,
  /** How often the store is asked for what is new. */
  pollMillis: 1_000,
  /** A search waits for its turn and lasts this long in all. */
  searchMillis: 20_000,
  /** Searches that wait, of all tenants, and of one. */
  waiting: 256,
  waitingOfTenant: 64,
  /** Searches of different tenants that are at work in turn. */
  atOnce: 4,
  /** Of one answer. */
  told: 100,
  mostTold: 1_000,
  /** What a thread compares before it looks whether something else is to be done: some ten milliseconds. */
  comparisonsAtATime: 4_000_000,
  /** Rows of videos and sounds that are looked at in whole after some of their frames were near; then there are more. */
  candidates: 4_096,
  /** Fingerprints asked with: some 200 frames, each with 24. Further ones of the same are spread out before. */
  queries: 4_800,
  /** Bytes of rows on their way from the store to the threads, and how many rows at most. */
  followedBytes: 16 * 1024 ** 2,
  followedRows: 4_096,
  /** After a fault of the source or the end of a thread: first, and then twice as long each time. */
  retryMillis: 100,
  mostRetryMillis: 30_000,
  /** Ends of a thread, one after another, after which nobody is left to wait. */
  hopeless: 4,
} as const;

/** Limits on the cost of fetching one link. Each name contains its unit. */
export const fetchLimits = {
  urlCharacters: 2_048,
  /** One link with all its redirects and `robots.txt` requests. */
  millis: 300_000,
  /** One `robots.txt` with its redirects. */
  robotsMillis: 10_000,
  /** RFC 9309 requires that at least this much is parsed; the rest is ignored. */
  robotsBytes: 500 * 1024,
  /** RFC 9309 requires that at least five are followed. */
  robotsRedirects: 5,
  redirects: 5,
  connectMillis: 10_000,
  /** Maximum time between two received bytes. */
  idleMillis: 20_000,
  headBytes: 32 * 1024,
  /** Size of a medium. */
  bytes: 1024 ** 3,
  pageBytes: 8 * 1024 ** 2,
  /** Decompressed size of a response that came compressed although compression was not requested. */
  unpackedBytes: 16 * 1024 ** 2,
  /** Start tags of a page. */
  elements: 200_000,
  /** Nesting depth of open elements. */
  depth: 512,
  srcsetCharacters: 64 * 1024,
  /** Media listed per page; the others are counted. */
  candidates: 100,
  /** Players without a file listed per page; the others are counted. */
  players: 20,
  titleCharacters: 300,
  altCharacters: 200,
  nameCharacters: 200,
  /** Blocks of JSON-LD, and nodes visited in all of them together. */
  jsonBlocks: 64,
  jsonNodes: 20_000,
  jsonDepth: 32,
} as const;

/** Limits that a caller may set. */
export type FetchLimits = { [K in 'bytes' | 'pageBytes' | 'millis' | 'idleMillis' | 'redirects']: number };

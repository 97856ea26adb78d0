/** Bounds of what a person's link may cost. The unit stands in the name. */
export const fetchLimits = {
  urlCharacters: 2_048,
  /** One link with all its redirects and what `robots.txt` took. */
  millis: 300_000,
  /** One `robots.txt`, with its redirects. */
  robotsMillis: 10_000,
  /** RFC 9309 asks that at least so much of it is read; what stands behind is not. */
  robotsBytes: 500 * 1024,
  /** RFC 9309 asks that at least five are followed. */
  robotsRedirects: 5,
  redirects: 5,
  connectMillis: 10_000,
  /** Without a byte. */
  idleMillis: 20_000,
  headBytes: 32 * 1024,
  /** A medium. */
  bytes: 1024 ** 3,
  pageBytes: 8 * 1024 ** 2,
  /** Of an answer that comes packed though nobody asked for that: what it unpacks to. */
  unpackedBytes: 16 * 1024 ** 2,
  /** Start tags of a page. */
  elements: 200_000,
  /** Elements open within one another. */
  depth: 512,
  srcsetCharacters: 64 * 1024,
  /** Media that are listed of it; the others are counted. */
  candidates: 100,
  /** Players without a file that are named; the others are counted. */
  players: 20,
  titleCharacters: 300,
  altCharacters: 200,
  nameCharacters: 200,
  /** Blocks of JSON-LD, and what is looked at in all of them. */
  jsonBlocks: 64,
  jsonNodes: 20_000,
  jsonDepth: 32,
} as const;

/** Those that a door may set. */
export type FetchBounds = { [K in 'bytes' | 'pageBytes' | 'millis' | 'idleMillis' | 'redirects']: number };

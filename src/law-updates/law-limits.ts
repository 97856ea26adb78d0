/** Bounds on a bundle of law: it is read whole, before anybody has vouched for it. */
export const lawLimits = {
  bundleBytes: 32 * 1024 ** 2,
  fileBytes: 4 * 1024 ** 2,
  files: 2_000,
  /** Of one file of keys; a file may hold a few, so that a new key can come before the old one goes. */
  keyFileBytes: 16 * 1024,
  keys: 8,
  /** `current.json`. */
  currentBytes: 16 * 1024,
  /** The cases of all books of a bundle together. */
  casesMillis: 30_000,
  /** Laws that can be gone back to. */
  before: 8,
  /** How many cases that fail are named. */
  namedCases: 5,
} as const;

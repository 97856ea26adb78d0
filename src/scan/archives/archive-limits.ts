/** Limits for archives in a scan. Members beyond a limit get a record with the code `not-checked`. */
export const archiveLimits = {
  /** Nesting depth of archives, counting the outermost. */
  depth: 3,
  /** Members per outermost archive, including those of nested archives. */
  members: 100_000,
  /** Bytes extracted per outermost archive. */
  bytes: 256 * 1024 ** 3,
  memberBytes: 10 * 1024 ** 3,
  /** Largest expansion of a member, once it is larger than `ratioFromBytes`. */
  ratio: 200,
  ratioFromBytes: 16 * 1024 ** 2,
  /** Characters of a member's name; longer names are cut and numbered. */
  nameCharacters: 1_024,
} as const;

/** Bounds on what archives may make of a scan. Whatever lies beyond one is a record that says `not-checked`. */
export const archiveLimits = {
  /** Archives inside of archives, the outermost counted. */
  depth: 3,
  /** Of one outermost archive, those of archives inside of it counted. */
  members: 100_000,
  /** Bytes taken out of one outermost archive. */
  bytes: 256 * 1024 ** 3,
  memberBytes: 10 * 1024 ** 3,
  /** How many times larger than in the archive a member may be, once it is larger than `ratioFromBytes`. */
  ratio: 200,
  ratioFromBytes: 16 * 1024 ** 2,
  /** Characters of a member's name; longer ones are cut and numbered. */
  nameCharacters: 1_024,
} as const;

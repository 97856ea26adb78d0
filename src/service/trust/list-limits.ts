/** Bounds on fetching and installing lists; what a list file itself may cost stands in core/trust/lists/trust-limits.ts. */
export const listLimits = {
  /** Time for one address, all its redirects included. */
  fetchMillis: 60_000,
  redirects: 3,
  /** Bytes of the operator's file of addresses. */
  addressesBytes: 256 * 1024,
  caBytes: 1024 ** 2,
  addressCharacters: 2_048,
  /** Entities of the JSON form of a trust list, and services of one of them. */
  entities: 4_096,
  servicesPerEntity: 256,
  certificatesPerService: 64,
} as const;

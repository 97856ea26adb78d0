/** Bounds on fetching and installing lists; what a list file itself may cost stands in core/trust/trust-limits.ts. */
export const listLimits = {
  /** One address with all its redirects. */
  fetchMillis: 60_000,
  redirects: 3,
  /** The operator's file of addresses. */
  addressesBytes: 256 * 1024,
  caBytes: 1024 ** 2,
  addressCharacters: 2_048,
  /** Entities of the JSON form of a trust list, and services of one of them. */
  entities: 4_096,
  servicesPerEntity: 256,
  certificatesPerService: 64,
  /** After this many days since a list was fetched it is called stale. */
  freshDays: 90,
} as const;

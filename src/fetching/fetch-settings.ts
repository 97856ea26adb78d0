/** What the operator lets links lead to: `ASSAY_FETCH`, `ASSAY_FETCH_HOSTS` and `ASSAY_FETCH_DENY`. */
export const FETCH_MODES = ['off', 'hosts', 'all'] as const;
export type FetchMode = (typeof FETCH_MODES)[number];

export interface FetchSettings {
  /** `hosts`: the named ones alone. `all`: whatever is public, and the named ones. */
  mode: FetchMode;
  /** `host` or `host:port`, as they stand in an address; the only ones that may be private or this machine. */
  hosts: ReadonlySet<string>;
  /** Addresses and networks (`ASSAY_FETCH_DENY`) that nothing is connected to, named or not. */
  denied: readonly string[];
}

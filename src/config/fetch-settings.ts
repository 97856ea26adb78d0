/** Operator settings for fetching: `ASSAY_FETCH` and `ASSAY_FETCH_DENY`. */
export const FETCH_MODES = ['off', 'hosts', 'all'] as const;
export type FetchMode = (typeof FETCH_MODES)[number];

export interface FetchSettings {
  /** `hosts`: only the named hosts. `all`: public hosts and the named ones. */
  mode: FetchMode;
  /** `host` or `host:port`, as in an address; only these may be private or this machine. */
  hosts: ReadonlySet<string>;
  /** Addresses and networks (`ASSAY_FETCH_DENY`) that are never connected to, even if named. */
  denied: readonly string[];
}

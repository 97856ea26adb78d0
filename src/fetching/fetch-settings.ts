/** What the operator lets links lead to: `ASSAY_FETCH` and `ASSAY_FETCH_HOSTS`. */
export const FETCH_MODES = ['off', 'hosts', 'all'] as const;
export type FetchMode = (typeof FETCH_MODES)[number];

export interface FetchSettings {
  /** `hosts`: the named ones alone. `all`: whatever is public, and the named ones. */
  mode: FetchMode;
  /** `host` or `host:port`, as they stand in an address; the only ones that may be private or this machine. */
  hosts: ReadonlySet<string>;
}

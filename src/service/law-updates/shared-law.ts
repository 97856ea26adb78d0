import type { CurrentLaw } from './law-folder.js';

/**
 * Law that machines share through one database: which one is in force, and the signed archives. It is authoritative;
 * the folder of a machine is its cache.
 */
export interface SharedLaw {
  /** `undefined` if none was ever put in force. */
  current(): Promise<CurrentLaw | undefined>;
  /** Returns a signed archive by its digest. */
  bundle(digest: string): Promise<Buffer | undefined>;
  /**
   * `archives`: those that come into force, by digest. Of all others, only `kept` stay stored: what the law in force and
   * earlier ones consist of.
   */
  setCurrent(
    current: CurrentLaw,
    archives: ReadonlyMap<string, Buffer>,
    kept: readonly string[],
  ): Promise<void>;
  /** Sets the law in force unless another machine did so meanwhile. */
  setFirst(current: CurrentLaw, archives: ReadonlyMap<string, Buffer>): Promise<void>;
}

import type { CurrentLaw } from './law-folder.js';

/**
 * Law that machines share through one database: which one is in force, and the signed bundles. It is authoritative; the
 * folder of a machine is its cache.
 */
export interface SharedLaw {
  /** `undefined` if none was ever put in force. */
  current(): Promise<CurrentLaw | undefined>;
  bundle(digest: string): Promise<Buffer | undefined>;
  /** `archive`: bundle of the law that comes into force, unless the database already has it. */
  setCurrent(current: CurrentLaw, archive: Buffer | undefined): Promise<void>;
  /** Sets the law in force unless another machine did so meanwhile. */
  setFirst(current: CurrentLaw, archive: Buffer | undefined): Promise<void>;
}

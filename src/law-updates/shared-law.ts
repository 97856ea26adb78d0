import type { Current } from './law-folder.js';

/**
 * What machines with one database share: which law is in force, and the bundles themselves, signature and all. It says what
 * counts; a machine's folder holds what it has of it.
 */
export interface SharedLaw {
  /** Undefined where nobody has said anything yet. */
  current(): Promise<Current | undefined>;
  bundle(digest: string): Promise<Buffer | undefined>;
  /** `archive`: of the law that comes into force, where it may not be there yet. */
  setCurrent(current: Current, archive: Buffer | undefined): Promise<void>;
  /** The same, unless somebody has said something meanwhile. */
  setFirst(current: Current, archive: Buffer | undefined): Promise<void>;
}

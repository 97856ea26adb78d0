import type { ReadFault } from '../core/ground/fault.js';

import type { TrustSource } from '../core/trust/trust-sources.js';
import type { Said } from '../say/said.js';

/** A file that might become a list of the trust folder, or why there is none to look at. */
export type Candidate = { file: string } & (OfferedFile | { fault: ReadFault });

export interface OfferedFile {
  bytes: Buffer;
  /** What its giver says of these very bytes. */
  source: TrustSource;
  /** The JSON form of the list, or why it is not there. */
  companion?: Buffer | { why: Said };
}

export type FileResult = InstalledFile | RefusedFile;

export interface InstalledFile {
  file: string;
  outcome: 'installed' | 'unchanged';
  sha256: string;
  certificates?: number;
  products?: number;
  issueDate?: string;
  /** The old file's new name. */
  previous?: string;
  /** What is less than it could be. */
  note?: Said;
}

export interface RefusedFile {
  file: string;
  outcome: 'refused';
  fault: ReadFault;
}

import type { ReadFault } from '../../base/fault.js';

import type { TrustSource } from '../../core/trust/lists/trust-sources.js';
import type { Message } from '../../i18n/message.js';

/** A file that may become a list of the trust folder, or the reason why it could not be read. */
export type ListCandidate = { file: string } & (OfferedFile | { fault: ReadFault });

export interface OfferedFile {
  bytes: Buffer;
  /** Source metadata of these exact bytes. */
  source: TrustSource;
  /** JSON form of the list, or the reason why it is missing. */
  companion?: Buffer | { why: Message };
}

export type FileResult = InstalledFile | RefusedFile;

export interface InstalledFile {
  file: string;
  outcome: 'installed' | 'unchanged';
  sha256: string;
  certificates?: number;
  products?: number;
  issueDate?: string;
  /** Name under which the old file was kept. */
  previous?: string;
  /** Message about a limitation of the installed file. */
  note?: Message;
}

export interface RefusedFile {
  file: string;
  outcome: 'refused';
  fault: ReadFault;
}

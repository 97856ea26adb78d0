import type { Message } from '../../i18n/message.js';
import { MessageError } from '../../i18n/message-error.js';
import type { LostEntryCode } from '../sources/entry.js';

/** File inside an archive as its directory lists it; all of it is untrusted. */
export interface ArchiveMember {
  /** Name in the archive: a label, never a path on this machine. */
  name: string;
  /** Stated size. */
  bytes: number;
  /** Compressed size, if each member is compressed by itself. */
  packed?: number;
  /** Stated CRC-32, if the format has one. */
  crc32?: number;
  /** Reason why the member cannot be extracted. */
  refused?: Message;
  /** Returns the bytes; can be called once, and only before the next member is requested. */
  read(): AsyncIterable<Uint8Array> | Promise<AsyncIterable<Uint8Array>>;
}

/** Members in the order of the archive. Throws `ArchiveError` if the rest cannot be read. */
export type Members = AsyncGenerator<ArchiveMember, void, undefined>;

export class ArchiveError extends MessageError {
  override name = 'ArchiveError';
  constructor(
    readonly code: LostEntryCode,
    what: Message,
    options?: ErrorOptions,
  ) {
    super(what, options);
  }
}

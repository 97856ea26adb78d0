import type { Said } from '../../say/said.js';
import { SaidError } from '../../say/said-error.js';
import type { LostCode } from '../entry.js';

/** One file inside of an archive, as the archive lists it; nothing of this is to be believed. */
export interface Member {
  /** In the archive's own words. It is a label and never a path on this machine. */
  name: string;
  /** As stated. */
  bytes: number;
  /** Bytes it takes in the archive, where each member is packed by itself. */
  packed?: number;
  /** CRC-32 as stated, where the format has one. */
  crc32?: number;
  /** Why it cannot be taken out. */
  refused?: Said;
  /** Its bytes, once, and before the next member is asked for. */
  read(): AsyncIterable<Uint8Array> | Promise<AsyncIterable<Uint8Array>>;
}

/** Members in the order they stand. Throws an ArchiveError where the rest cannot be had. */
export type Members = AsyncGenerator<Member, void, undefined>;

export class ArchiveError extends SaidError {
  override name = 'ArchiveError';
  constructor(
    readonly code: LostCode,
    what: Said,
    options?: ErrorOptions,
  ) {
    super(what, options);
  }
}

import { displayPath } from '../../base/path-text.js';
import { lookupTable } from '../../base/table.js';
import { PathTooLongError } from '../../core/media/plain-path.js';
import { type Message, message, type PlainMessageId } from '../../i18n/message.js';
import { MessageError } from '../../i18n/message-error.js';
/** File stored next to another under its name, and read together with it. */
export interface Sidecar {
  path: string;
  bytes: number;
  /** Last change in whole milliseconds since 1970. */
  modified: number;
}

/** File that a scan has found and not yet read. */
export interface Entry {
  /** The path it was reached by, never resolved; of bytes that are not UTF-8 as `base/path-text.ts` has it. */
  path: string;
  /** Name of the file, if the path does not end in it. */
  name?: string;
  bytes: number;
  /** Last change in whole milliseconds since 1970. */
  modified: number;
  /** Device and inode, present if the file has several hard links. */
  inode?: string;
  /** Path of the first of these links that the scan found. */
  linkOf?: string;
  /** ETag of an object in a store. */
  etag?: string;
  /** Sidecars read with the file; they are not scanned as files of their own. */
  sidecars?: readonly Sidecar[];
  /** Path of the file on this machine, present if `open` has nothing to fetch. */
  local?: string;
  /** Fetches the first bytes of a remote file. Rejects with a `SourceError`. */
  head?(): Promise<Buffer>;
  /**
   * Makes the bytes available under a local path; `head` is not fetched again. Rejects with a `SourceError`. A member
   * of an archive can be opened only until the next one is requested.
   */
  open(head?: Buffer): Promise<LocalFile>;
}

export interface LocalFile {
  /** Path on this machine. */
  local: string;
  /** Whether the file lies in its original folder, so that files next to it belong to it. */
  isInFolder?: boolean;
  /** Removes temporary copies. */
  close(): Promise<void>;
}

/** Input that does not exist, cannot be read or exceeds a limit; it gets a record of its own. */
export interface LostEntry {
  path: string;
  code: LostEntryCode;
  userMessage: Message;
}

export const LOST_ENTRY_CODES = [
  'not-found',
  'not-readable',
  'not-a-file',
  'not-checked',
  /** On request only its first bytes were read. */
  'not-fetched',
  'changed-while-reading',
  'empty-root',
] as const;
export type LostEntryCode = (typeof LOST_ENTRY_CODES)[number];

export type FoundEntry = { entry: Entry } | { lost: LostEntry };

export class SourceError extends MessageError {
  override name = 'SourceError';
  constructor(
    readonly code: LostEntryCode,
    what: Message,
    options?: ErrorOptions,
  ) {
    super(what, options);
  }
}

const SYSTEM_CODES: Readonly<Record<string, [LostEntryCode, PlainMessageId]>> = lookupTable({
  ENOENT: ['not-found', 'scan.lost.notFound'],
  ENOTDIR: ['not-found', 'scan.lost.notFound'],
  ENAMETOOLONG: ['not-found', 'scan.lost.notFound'],
  ELOOP: ['not-found', 'scan.lost.circle'],
  EISDIR: ['not-readable', 'error.folder'],
  EACCES: ['not-readable', 'scan.lost.notPermitted'],
  EPERM: ['not-readable', 'scan.lost.notPermitted'],
});

/** Returns the record for an error of the system. */
export function lostEntryOf(path: string, error: unknown): LostEntry {
  if (error instanceof PathTooLongError)
    return { path, code: 'not-checked', userMessage: message('scan.lost.tooLong') };
  const systemCode =
    error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  const [code, id] = SYSTEM_CODES[systemCode] ?? [];
  return code === undefined || id === undefined
    ? { path, code: 'not-readable', userMessage: message('scan.lost.unread', { code: systemCode }) }
    : { path, code, userMessage: message(id) };
}

/** Returns the file's own name. */
export const entryName = ({ name, path }: Pick<Entry, 'name' | 'path'>): string =>
  displayPath(name ?? path.slice(path.lastIndexOf('/') + 1));

import { textOfPath } from '../core/ground/path-text.js';
import { table } from '../core/ground/table.js';
import { PathTooLong } from '../core/media/reach.js';
import { type PlainId, type Said, said } from '../say/said.js';
import { SaidError } from '../say/said-error.js';
/** A file that is kept beside another, and read with it. */
export interface Sidecar {
  path: string;
  bytes: number;
  /** Last change, whole milliseconds since 1970. */
  modified: number;
}

/** A file that a scan has come upon and not yet read. */
export interface Entry {
  /** The path it was reached by, never resolved; of bytes that are not UTF-8 as `ground/path-text.ts` has it. */
  path: string;
  /** Its own, where the path does not end in it. */
  name?: string;
  bytes: number;
  /** Last change, whole milliseconds since 1970. */
  modified: number;
  /** Device and inode, where the file has other names on its disk. */
  inode?: string;
  /** Path of the first of these names that the scan came upon. */
  linkOf?: string;
  /** What the store calls this state of it, where it comes from one. */
  etag?: string;
  /** Read with it, and no files of their own then. */
  sidecars?: readonly Sidecar[];
  /** Where it lies on this machine as it is: `open` brings nothing. */
  local?: string;
  /** Its first bytes alone, where all of them come from far. Rejects with a `SourceError`. */
  head?(): Promise<Buffer>;
  /**
   * Brings its bytes where they can be read; `head` is not fetched again. Rejects with a `SourceError`. What stands in an
   * archive can be had until the next one is asked for.
   */
  open(head?: Buffer): Promise<Opened>;
}

export interface Opened {
  /** A path on this machine. */
  local: string;
  /** It lies where its entry says, and what lies beside it there belongs to it. */
  isInFolder?: boolean;
  /** What was made to read it is taken away. */
  close(): Promise<void>;
}

/** What was to be scanned and is not there, cannot be read or was left out by a limit: a record of its own. */
export interface Lost {
  path: string;
  code: LostCode;
  said: Said;
}

export const LOST_CODES = [
  'not-found',
  'not-readable',
  'not-a-file',
  'not-checked',
  /** Its first bytes alone were looked at, as was asked for. */
  'not-fetched',
  'changed-while-reading',
  'empty-root',
] as const;
export type LostCode = (typeof LOST_CODES)[number];

export type Found = { entry: Entry } | { lost: Lost };

export class SourceError extends SaidError {
  override name = 'SourceError';
  constructor(
    readonly code: LostCode,
    what: Said,
    options?: ErrorOptions,
  ) {
    super(what, options);
  }
}

const CODES: Readonly<Record<string, [LostCode, PlainId]>> = table({
  ENOENT: ['not-found', 'scan.lost.notFound'],
  ENOTDIR: ['not-found', 'scan.lost.notFound'],
  ENAMETOOLONG: ['not-found', 'scan.lost.notFound'],
  ELOOP: ['not-found', 'scan.lost.circle'],
  EISDIR: ['not-readable', 'error.folder'],
  EACCES: ['not-readable', 'scan.lost.notPermitted'],
  EPERM: ['not-readable', 'scan.lost.notPermitted'],
});

/** What the system's error means for whoever started the scan. */
export function lostBy(path: string, error: unknown): Lost {
  if (error instanceof PathTooLong) return { path, code: 'not-checked', said: said('scan.lost.tooLong') };
  const systemCode =
    error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  const [code, id] = CODES[systemCode] ?? [];
  return code === undefined || id === undefined
    ? { path, code: 'not-readable', said: said('scan.lost.unread', { code: systemCode }) }
    : { path, code, said: said(id) };
}

/** What a file is called by itself. */
export const nameOf = ({ name, path }: Pick<Entry, 'name' | 'path'>): string =>
  textOfPath(name ?? path.slice(path.lastIndexOf('/') + 1));

/** A file that a scan has come upon and not yet read. */
export interface Entry {
  /** As records name it: the path it was reached by, never resolved. */
  path: string;
  /** Its own, where the path does not end in it. */
  name?: string;
  bytes: number;
  /** Last change, whole milliseconds since 1970. */
  modified: number;
  /** What the store calls this state of it, where it comes from one. */
  etag?: string;
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
  /** What was made to read it is taken away. */
  close(): Promise<void>;
}

/** What was to be scanned and is not there, cannot be read or was left out by a limit: a record of its own. */
export interface Lost {
  path: string;
  code: LostCode;
  message: string;
}

export const LOST_CODES = [
  'not-found',
  'not-readable',
  'not-a-file',
  'not-checked',
  'changed-while-reading',
] as const;
export type LostCode = (typeof LOST_CODES)[number];

export type Found = { entry: Entry } | { lost: Lost };

export class SourceError extends Error {
  override name = 'SourceError';
  constructor(
    readonly code: LostCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

const CODES: Readonly<Record<string, [LostCode, string]>> = {
  ENOENT: ['not-found', 'there is no such file or folder'],
  ENOTDIR: ['not-found', 'there is no such file or folder'],
  ENAMETOOLONG: ['not-found', 'there is no such file or folder'],
  ELOOP: ['not-found', 'symbolic links lead in a circle'],
  EISDIR: ['not-readable', 'it is a folder'],
  EACCES: ['not-readable', 'reading is not permitted'],
  EPERM: ['not-readable', 'reading is not permitted'],
};

/** What the system's error means for whoever started the scan. */
export function lostBy(path: string, error: unknown): Lost {
  const systemCode =
    error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  const [code, message] = CODES[systemCode] ?? ['not-readable', `it could not be read (${systemCode})`];
  return { path, code, message };
}

/** What a file is called by itself. */
export const nameOf = ({ name, path }: Pick<Entry, 'name' | 'path'>): string =>
  name ?? path.slice(path.lastIndexOf('/') + 1);

import type { ResolvedLaw } from '../../core/law/law-selection.js';
import type { StoredReport } from '../../core/report/report.js';
import type { ResolvedOptions } from '../options/resolved.js';
import type { OutputFate } from '../process/reading-process.js';
import type { TenantKey } from '../protocol/tenant.js';

/** One small file to be read together with others. */
export interface PackFile {
  /** Local path. */
  path: string;
  /** Size, as far as it is known. */
  bytes: number;
  /** Base name to show. */
  name: string;
  /** Requests a full Report instead of a record. */
  needsReport: boolean;
  /** Media type by the file's name. The record maker may find after reading that a record does not suffice. */
  declared?: string | undefined;
  /**
   * Called once the bytes are read and before a process gets them; returns false if the file need not be read any more.
   * `sha256`: lower-case hexadecimal.
   */
  isWanted?(sha256: string): Promise<boolean>;
  /** See `Takers`. */
  onEnd?: ((fate: OutputFate) => void) | undefined;
}

/** Outcome of one file. */
export type PackOutcome =
  /** `record` passed `isRecord`. */
  | { is: 'record'; record: unknown; bytes: number; sha256: string }
  | { is: 'report'; report: StoredReport }
  | { is: 'error'; error: unknown }
  /** `wanted` returned false. */
  | { is: 'unwanted' }
  /** The file has to be read individually: no pack has room for it, or the process of its pack ended (`alone`). */
  | { is: 'single'; alone: boolean };

export interface PackReadOptions {
  options: ResolvedOptions;
  /** Law selection of `ask`, resolved against the loaded rulebooks. */
  law: ResolvedLaw;
  tenant?: TenantKey | undefined;
  /** See `ReadOptions`. */
  ownHash?: true;
  /** See `ReadOptions`. */
  skipsStar?: true;
  /** Number of processes that read packs at the same time. */
  readers: number;
  /** Returns whether a record matches its schema and its own rules. */
  isRecord(value: unknown): boolean;
}

/** Reads many small files at a time. */
export interface PackReaderClient {
  /** Returns whether a file can be read in packs: only small files on a local disk. */
  canRead(path: string, bytes: number): boolean | Promise<boolean>;
  /** Never rejects. */
  read(file: PackFile): Promise<PackOutcome>;
  /** Announces that no more files will come, so that the rest is distributed in smaller packs. */
  finishInput(): void;
}

import type { Law } from '../core/law/asked-law.js';
import type { Report } from '../core/report/report.js';
import type { Asked } from '../question/asked.js';
import type { Party } from './party.js';
import type { Fate } from './reading-process.js';

/** One small file that is to be read together with others. */
export interface PackFile {
  /** On this machine. */
  path: string;
  /** As far as it is known. */
  bytes: number;
  /** Base name to show. */
  name: string;
  /** A Report, where a record does not do. */
  whole: boolean;
  /** The media type that its name says: whoever makes the record may find that it does not do, once the bytes are read. */
  declared?: string | undefined;
  /**
   * Asked once its bytes are there and before a process gets them: false where nobody has to read them any more.
   * `sha256`: lower-case hexadecimal.
   */
  wanted?(sha256: string): Promise<boolean>;
  /** As of `Takers`. */
  whenEnded?: ((fate: Fate) => void) | undefined;
}

/** What came of it. */
export type PackOutcome =
  /** `record`: passed `isRecord`. */
  | { is: 'record'; record: unknown; bytes: number; sha256: string }
  | { is: 'report'; report: Report }
  | { is: 'error'; error: unknown }
  /** `wanted` said no. */
  | { is: 'unwanted' }
  /** It has to be read by itself: no pack has room for it, or it was in one whose process ended (`alone`). */
  | { is: 'single'; alone: boolean };

export interface PackDeskOptions {
  ask: Asked;
  /** The same against the rulebooks that are here. */
  law: Law;
  party?: Party | undefined;
  /** As of `ReadOptions`. */
  ownHash?: true;
  /** Processes that read packs at the same time. */
  readers: number;
  /** Of a record: its schema, and that it breaks no rule of its own. */
  isRecord(value: unknown): boolean;
}

/** Reads small files many at a time. */
export interface PackDesk {
  /** Whether a file can be read here at all: only what lies near, and is small. */
  takes(path: string, bytes: number): boolean | Promise<boolean>;
  /** Never rejects. */
  read(file: PackFile): Promise<PackOutcome>;
  /** No file comes any more: what is left is shared out in smaller packs. */
  last(): void;
}

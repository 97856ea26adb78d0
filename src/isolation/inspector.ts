import type { EngineChoice } from '../core/c2pa/engine.js';
import type { Report } from '../core/report.js';

/** One file to inspect, as every door asks for it. */
export interface InspectRequest {
  path: string;
  /** Base name to show; the door's own, never a path. */
  name: string;
  /** What the client said the file is; recorded, never believed. */
  declaredMediaType?: string;
  /** `YYYY-MM-DD`, the day the rules are asked about. */
  asOf: string;
  /** Rulebook ids; left out: all. */
  rulebooks?: string[];
  engine: EngineChoice;
  /** A C2PA manifest store that is kept elsewhere, to validate against the file. */
  sidecarPath?: string;
}

/** Reads files where their faults cannot hurt: one Report per file whatever the file does. */
export interface Inspector {
  /** Rejects only with an `InspectError` (the file could not be opened) or when closed. */
  inspect(request: InspectRequest): Promise<Report>;
  close(): Promise<void>;
}

/** Codes of what keeps a file from being inspected at all; the same in CLI records and HTTP problems. */
export const INSPECT_ERROR_CODES = [
  'not-found',
  'not-readable',
  'not-a-file',
  'changed-while-reading',
  'internal',
] as const;
export type InspectErrorCode = (typeof INSPECT_ERROR_CODES)[number];

export class InspectError extends Error {
  override name = 'InspectError';
  constructor(
    readonly code: InspectErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

import type { StoredReport } from '../src/core/report/report.js';

export interface Medium {
  name: string;
  bytes: Buffer;
}

export interface Holder {
  name: string;
  kind: string;
  bytes: Buffer;
  media: Medium[];
  coded?: number;
}

export interface PartAlone {
  origin: string;
  backing: string | undefined;
  coverage: string;
  presence: string;
  integrity: string | undefined;
  trust: string | undefined;
  signer: string | undefined;
  headline: string | undefined;
  params: unknown;
  signals: string[];
}

export const STATES: readonly ['signed', 'labelled', 'plain'];
export function insideFiles(kinds?: readonly string[]): Holder[];
export function partAlone(report: StoredReport): PartAlone;
export function differences(part: NonNullable<StoredReport['parts']>[number], alone: PartAlone): string[];

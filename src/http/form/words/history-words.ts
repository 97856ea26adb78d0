import type { InspectionStatus } from '../../../store/inspections.js';

/** Of the list of inspections, and of two of them side by side. */
export interface HistoryWords {
  title: string;
  /** The link that leads here, on every page. */
  link: string;
  about: string;
  none: string;
  filter: string;
  any: string;
  origin: string;
  kind: string;
  signer: string;
  signal: string;
  sha256: string;
  caseRef: string;
  from: string;
  to: string;
  apply: string;
  clear: string;
  /** Heads of columns. */
  compare: string;
  file: string;
  inspected: string;
  says: string;
  pick(name: string): string;
  status: Record<InspectionStatus, string>;
  superseded: string;
  compareButton: string;
  compareTerms: string;
  pickTwo: string;
  older: string;
  newest: string;
  counts: string;
  /** Inspections without an origin yet: they wait, failed or were cancelled. */
  unfinished: string;
  number: string;
  share: string;
  openFirst: string;
  openSecond: string;
  back: string;
}

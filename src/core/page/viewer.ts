import type { EvidenceView } from '../report/evidence-view.js';
import type { Figures } from './history/figures.js';

/** Facts about the inspection that the entry point knows and the Report does not contain. */
export interface InspectionFacts {
  /** Time of the inspection in RFC 3339 format. */
  at?: string;
  caseReference?: string;
  by?: string;
}

/** What the reader of a page may see of a file besides its Report, and on what. */
export interface Viewer {
  figures?: Figures | undefined;
  evidence?: EvidenceView | undefined;
  inspected?: InspectionFacts | undefined;
  /** Returns whether the report on a part was stored; all are if absent. */
  hasPart?: ((number: number) => boolean) | undefined;
  /** True for paper, where nothing is told twice. */
  isPaper?: boolean;
}

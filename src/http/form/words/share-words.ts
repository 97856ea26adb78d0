import type { Personal } from '../../../core/signal.js';

/** Of links to a report: the page that makes them, and the page that they show. */
export interface ShareWords {
  /** The button on a report. */
  open: string;
  heading: string;
  seesHeading: string;
  sees: string;
  /** Kinds of personal data, within a sentence. */
  kinds: Record<Personal, string>;
  masked(kinds: string): string;
  days: string;
  nDays(days: number): string;
  daysTerms: string;
  /** The report's own end comes first. */
  atMost(time: string): string;
  notes(count: number): string;
  pictures(count: number): string;
  picturesTerms: string;
  submit: string;
  made: string;
  link: string;
  until(time: string): string;
  links: string;
  none: string;
  /** Heads of columns. */
  madeAt: string;
  by: string;
  expires: string;
  withNotes: string;
  withPictures: string;
  yes: string;
  no: string;
  revoke: string;
  revokeOf(time: string): string;
  revoked: string;
  back: string;
  /** Above a shared report. */
  sharedUntil(time: string): string;
  /** Where there are pictures that this link does not show. */
  picturesLeftOut: string;
}

/** Of the list of batches, and of one of them. */
export interface BatchWords {
  title: string;
  /** Its heading, and the link that leads there. */
  list: string;
  about: string;
  none: string;
  begun: string;
  files: string;
  state: string;
  running(ended: string, total: string): string;
  done(total: string): string;
  cancelled(ended: string, total: string): string;
  again: string;
  byState: string;
  results: string;
  cancel: string;
  cancelTerms: string;
  further: string;
  first: string;
}

/** Two Reports side by side. */
export interface CompareWords {
  title: string;
  first: string;
  second: string;
  /** Of the two files' bytes. */
  sameBytes: string;
  otherBytes: string;
  /** The credentials of one hold the other's active manifest. Nothing here says that the pictures are alike. */
  firstInSecond: string;
  secondInFirst: string;
  sameActive: string;
  /** Both name an earlier manifest that is the same. */
  sharedHistory(count: number): string;
  sharedNote: string;
  /** Only where both signatures hold can a shared manifest be read as a shared history. */
  sharedUnconfirmed: string;
  format: string;
  hash: string;
  sentence: string;
  same: string;
  differs: string;
  checks: string;
  signals: string;
  onlyFirst: string;
  onlySecond: string;
  inBoth: string;
  otherValue: string;
  noSignals: string;
  clauses: string;
  clausesSame: string;
  /** Two days: what differs may come from the law alone. */
  otherDays(first: string, second: string): string;
  otherVersions: string;
  /** Of the trust lists that the reports were made with: a file without credentials asks none. */
  listsForFirstOnly: string;
  listsForSecondOnly: string;
  otherLists: string;
}

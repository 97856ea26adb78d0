/** Who said of what format a file is: its name's ending, or the program that sent it. */
export type FormatSaidBy = 'name' | 'sender';

/** What Assay sees of a file itself, as whole statements without the stop at their end. */
export interface FileRemarkWords {
  otherFormat(by: FormatSaidBy, said: string, found: string): string;
  noSuchFormat(by: FormatSaidBy, said: string): string;
  /** `fields`: where the day stands; `count` of them may be more than are named. */
  unsetClock(day: string, fields: readonly string[], count: number): string;
}

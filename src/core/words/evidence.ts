import type { LabelBytes, WhyNoBytes } from '../evidence-sheet.js';

/** What stands around a file's fields and the bytes of its labels. */
export interface EvidenceWords {
  heading: string;
  about: string;
  /** Heads of the columns. */
  byte: string;
  field: string;
  value: string;
  /** A field that is no text. */
  notText: string;
  /** In the place of a value that may hold personal data of more than one kind. */
  withheld: string;
  /** Of a value that was cut or left out. */
  characters(count: number): string;
  /** Fields past the bound. */
  more(count: number): string;
  none: string;
  labels: Record<LabelBytes['label'], string>;
  /** `count`: of the whole label. */
  labelBytes(count: number): string;
  firstBytes(shown: number, count: number): string;
  maskedBytes(count: number): string;
  /** Why a label's bytes are not shown. */
  why: Record<WhyNoBytes, string>;
  /** On paper. */
  leftOut: string;
}

import type { Corner } from '../../media/visible-mark.js';
import type { SignalId } from '../../report/signal.js';

/** Mark that a service draws onto its pictures or videos where people see it. One file a mark. */
export interface VisibleMarkRow {
  /** Unique over all tables. Stands in the basis of the signal. */
  id: string;
  signal: SignalId;
  /** Service that draws it, under its maker's name. */
  service: string;
  /** Corners in which it is looked for. */
  corners: readonly Corner[];
  /** What it consists of: a shape that we draw ourselves, or words. */
  look: VisibleShape | VisibleWords;
  /** `S`: a sample was seen; `T`: measured by a third party; `C`: only claimed. A mark of grade T or C is told by its words alone. */
  grade: 'S' | 'T' | 'C';
  source: string;
}

/** A flat white shape over the picture. Lengths are in units of the size of the mark's square unless stated otherwise. */
export interface VisibleShape {
  kind: 'shape';
  /** Smallest and largest size in pixels. Services place the mark by pixels, and copies are scaled. */
  sizes: readonly [smallest: number, largest: number];
  /** Distance of the centre from both edges, and how far it may be off. */
  places: readonly { distance: number; tolerance: number }[];
  /** The shape is where |x|^exponent + |y|^exponent <= 1, in a square that reaches from -1 to 1. Below 1: concave sides. */
  exponent: number;
  /** Factor by which the shape is drawn larger than its square. */
  enlargement: number;
  /** Opacity of the white: bounds of its median along the outline. */
  opacity: { from: number; to: number };
  /** Correlation with the shape from which the outline is looked at; busy ground under the mark lowers it. */
  correlation: number;
}

/** Words of one line. */
export interface VisibleWords {
  kind: 'words';
  /**
   * Matched against the line without spaces. Programs that read text take I, l and 1 for each other and 生 for 主, so
   * patterns do as well; the Report has the words as they were read.
   */
  pattern: RegExp;
}

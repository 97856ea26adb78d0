export const CORNERS = ['upperLeft', 'upperRight', 'lowerLeft', 'lowerRight'] as const;
export type Corner = (typeof CORNERS)[number];

/** Locators of corners in the basis of a signal. */
export const CORNER_LOCATORS: Readonly<Record<Corner, string>> = {
  upperLeft: 'upper left corner',
  upperRight: 'upper right corner',
  lowerLeft: 'lower left corner',
  lowerRight: 'lower right corner',
};

/** Rectangle in a picture or a frame, in pixels from the upper left of what a viewer shows (EXIF rotation applied). */
export interface Region {
  corner: Corner;
  left: number;
  top: number;
  width: number;
  height: number;
  /** Size of the whole picture or frame as shown, so that the rectangle can be drawn on a smaller copy. */
  pictureWidth: number;
  pictureHeight: number;
  /** Likeness to the drawn shape, from 0 to 1 (normalised correlation). For programs; no text shows it. */
  correlation?: number;
  /** Seconds from the start of a video at which the frame stands. */
  seconds?: number[];
}

/**
 * Something that looks like the visible mark of a generator. It is not in a carrier: anyone can paste or remove it, so a
 * file in which nobody looked for it lacks nothing.
 */
export interface VisibleMark {
  /** Row id in signatures/visible-marks. */
  row: string;
  region: Region;
  /** Words as read, for a mark made of words. */
  text?: string;
}

/** Kinds of visible marks that were looked for in a file. */
export type VisibleLook = 'star' | 'words' | 'both';

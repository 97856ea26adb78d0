/**
 * Measured on 24 cameras' and editors' files: at most 6 bits for the thumbnail's own picture, at least 18 for another
 * one (24 to 26 as a rule). In between lie crops and strong edits.
 */
const DIFFERS_FROM_BITS = 16;

/** Whether a stored thumbnail looks different from its picture, by the bits of their hashes that differ. */
export const thumbnailDiffers = (differing: number): boolean => differing >= DIFFERS_FROM_BITS;

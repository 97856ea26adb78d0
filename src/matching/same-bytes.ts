/** Sorts entries with identical bytes to the front. Other pictures may also have a distance of 0. */
export const sortSameBytesFirst = <T>(nearest: readonly T[], isSame: (one: T) => boolean): T[] => [
  ...nearest.filter(isSame),
  ...nearest.filter((one) => !isSame(one)),
];

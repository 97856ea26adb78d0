/** The nearest first, and before all of them the very same bytes: other pictures may differ from a file in no bit either. */
export const sameBytesFirst = <T>(nearest: readonly T[], isSame: (one: T) => boolean): T[] => [
  ...nearest.filter(isSame),
  ...nearest.filter((one) => !isSame(one)),
];

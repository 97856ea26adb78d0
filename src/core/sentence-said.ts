import type { Caveat } from './words/sentence.js';

/** One statement of the summary beside Content Credentials, and what limits it. */
export interface Said {
  text: string;
  /** Lower is said first. */
  rank: number;
  /** Said once, after the last statement that it limits. */
  caveat?: Caveat;
}

export const RANKS = { proof: 0, label: 1, trace: 2, watermark: 3, observed: 4, aside: 5 } as const;

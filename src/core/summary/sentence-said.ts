import type { PlainId, Said } from '../../say/said.js';

/** One statement of the summary beside Content Credentials, and what limits it. */
export interface Statement {
  said: readonly Said[];
  /** Lower is said first. */
  rank: number;
  /** Said once, after the last statement that it limits. */
  caveat?: Caveat;
}

export const RANKS = { proof: 0, label: 1, trace: 2, watermark: 3, observed: 4, aside: 5 } as const;

export type Caveat = keyof typeof CAVEATS | 'unsigned';

/** `ownSignature…`: of a GB 45438 label that holds a signature of its own: nobody vouches for its key. */
export const CAVEATS = {
  ownSignature: 'sentence.caveat.ownSignature',
  ownSignatureBroken: 'sentence.caveat.ownSignatureBroken',
  ownSignatureUnchecked: 'sentence.caveat.ownSignatureUnchecked',
  text: 'sentence.caveat.text',
  mark: 'sentence.caveat.mark',
  watermark: 'sentence.caveat.watermark',
} as const satisfies Record<string, PlainId>;

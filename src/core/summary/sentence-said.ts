import { type PlainId, type Said, said } from '../../say/said.js';
import type { Signal } from '../report/signal.js';
import type { FoundContradiction } from './contradictions.js';

/** What can be said, before the few sentences are chosen: the doubts in order, of which one is said. */
export interface Parts {
  first: readonly Said[];
  middle: readonly Said[];
  doubts: readonly Said[];
}

/** One statement of a label or a trace, and what limits it. */
export interface Statement {
  /** The first says it; others may be left out. */
  said: readonly Said[];
  is: 'label' | 'trace' | 'text';
  /** Lower is said first. */
  rank: number;
  /** It says something of AI. */
  ofAi: boolean;
  caveat?: Caveat;
}

export const RANKS = { proof: 0, label: 1, trace: 2, watermark: 3, observed: 4, text: 5, aside: 6 } as const;

export type Caveat = keyof typeof CAVEATS;

/** `ownSignature…`: of a GB 45438 label that holds a signature of its own: nobody vouches for its key. */
const CAVEATS = {
  unsigned: 'sentence.caveat.unsigned',
  ownSignature: 'sentence.caveat.ownSignature',
  ownSignatureBroken: 'sentence.caveat.ownSignatureBroken',
  ownSignatureUnchecked: 'sentence.caveat.ownSignatureUnchecked',
  proof: 'sentence.caveat.proof',
  proofBroken: 'sentence.caveat.proofBroken',
  settings: 'sentence.caveat.settings',
  mark: 'sentence.caveat.mark',
  observed: 'sentence.caveat.observed',
  claimed: 'sentence.caveat.claimed',
  watermark: 'sentence.caveat.watermark',
  sidecar: 'sentence.caveat.sidecar',
  text: 'sentence.caveat.text',
} as const satisfies Record<string, PlainId>;

export const caveatSaid = (caveat: Caveat): Said => said(CAVEATS[caveat]);

/** Statements of the file itself; then those that stand nowhere but in an XMP sidecar, which anyone can lay beside it. */
export function fileThenSidecar(
  signals: readonly Signal[],
  of: (signals: readonly Signal[]) => Statement[],
): Statement[] {
  const beside = signals.filter(isBeside);
  if (beside.length === 0) return of(signals);
  return [
    ...of(signals.filter((signal) => !isBeside(signal))),
    ...of(beside).map((one): Statement => ({ ...one, caveat: 'sidecar' })),
  ];
}

const isBeside = ({ basis }: Signal): boolean =>
  basis.length > 0 && basis.every(({ sidecar }) => sidecar === true);

/** Beside what is said of AI. Dates and sizes that do not fit have their place on the page; they say nothing of the origin. */
export function conflictSaid(contradictions: readonly FoundContradiction[]): Said[] {
  const first =
    contradictions.find(({ kind }) => kind === 'excludes') ??
    contradictions.find(({ kind }) => kind === 'differs');
  return first === undefined ? [] : [first.against ?? first.within];
}

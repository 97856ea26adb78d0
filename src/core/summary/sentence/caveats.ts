import { type Message, message, type PlainMessageId } from '../../../i18n/message.js';
import type { Origin } from '../../report/report.js';
import type { Signal } from '../../report/signal.js';
import type { FoundContradiction } from '../contradictions.js';

/** Candidate sentences, from which a few are chosen; of the ordered doubts one is used. */
export interface SentenceParts {
  first: readonly Message[];
  middle: readonly Message[];
  doubts: readonly Message[];
}

/** Statement of a label, trace or text, with its limitation. */
export interface Statement {
  /** Sentences; the first one makes the statement, the others may be omitted. */
  messages: readonly Message[];
  is: 'label' | 'trace' | 'text';
  /** Sort order; lower comes first. */
  rank: number;
  /** True if the statement is about AI. */
  ofAi: boolean;
  caveat?: Caveat;
}

export const RANKS = { proof: 0, label: 1, trace: 2, watermark: 3, observed: 4, text: 5, aside: 6 } as const;

export type Caveat = keyof typeof CAVEATS;

/** `ownSignature…`: a GB 45438 label with a signature of its own, whose key nobody vouches for. */
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
} as const satisfies Record<string, PlainMessageId>;

export const caveatMessage = (caveat: Caveat): Message => message(CAVEATS[caveat]);

/** Returns statements of the file itself, then those found only in an XMP sidecar, which anyone can place next to it. */
export function fileBeforeSidecar(
  signals: readonly Signal[],
  of: (signals: readonly Signal[]) => Statement[],
): Statement[] {
  const beside = signals.filter(isInSidecar);
  if (beside.length === 0) return of(signals);
  return [
    ...of(signals.filter((signal) => !isInSidecar(signal))),
    ...of(beside).map((one): Statement => ({ ...one, caveat: 'sidecar' })),
  ];
}

const isInSidecar = ({ basis }: Signal): boolean =>
  basis.length > 0 && basis.every(({ sidecar }) => sidecar === true);

/** Returns whether the decided origin is excluded by another statement of the file or by its camera data. */
export const isContradicted = (
  { contradictions }: { contradictions: readonly FoundContradiction[] },
  { origin }: { origin: Origin },
): boolean =>
  origin === 'contradictory' ||
  ((origin === 'ai-generated' || origin === 'captured') &&
    contradictions.some(({ kind }) => kind === 'excludes'));

/**
 * Returns the contradiction about the origin. Dates and sizes that do not fit are shown on the page only, because they
 * do not concern the origin.
 */
export function conflictMessages(contradictions: readonly FoundContradiction[]): Message[] {
  const first =
    contradictions.find(({ kind }) => kind === 'excludes') ??
    contradictions.find(({ kind }) => kind === 'differs');
  return first === undefined ? [] : [first.against ?? first.within];
}

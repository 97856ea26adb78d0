import type { MediaKind } from '../media/media-kinds.js';
import type { Part } from '../report/part-schema.js';
import type { Origin, Presence } from '../report/report.js';
import { findPartSigner, type SignerRef } from '../standing/signer.js';
import { isUnreadPart } from '../standing/unread.js';

/** Counts of the parts inside a file: how many, of which kind, and which of them mention AI. */

export type SummaryPart = Pick<Part, 'kind' | 'outcome' | 'code'>;

export interface InsideCounts {
  /**
   * Number of parts that a person would regard as a picture, video, sound or document. Parts of several kinds are just
   * called parts; everything inside is then counted, as above the cards.
   */
  count: number;
  /** Kind of all parts; `other` if they differ. */
  kind: MediaKind;
  /** Number of parts that state how they were made. */
  stating: number;
  /** Number of parts with contradictory statements, which cannot be repeated. */
  contradictory: number;
  /** Number of stating parts that declare the use of AI. */
  ai: number;
  /** Work that the AI statements describe: all creation, all editing, or a mixture. */
  work: 'made' | 'edited' | 'other';
  /** `trace`: no AI part states it, each has only a trace; `other`: some state it. */
  how: 'says' | 'trace' | 'other';
  /** Number of parts that were not examined or of which nothing could be read. */
  unread: number;
  /** True if all counted parts were read wherever a label can be. */
  whole: boolean;
  /** Parts with Content Credentials of their own. */
  signed: SignedParts;
}

interface SignedParts {
  count: number;
  /** Kind of all of them; `other` if they differ. */
  kind: MediaKind;
  /** Each signer once, in the order of the parts; one without a name stands for all that have none. */
  signers: readonly SignerRef[];
}

/** Auxiliary images, such as gain maps, that nobody regards as a picture of their own. */
const NO_PICTURE: ReadonlySet<Part['kind']> = new Set(['primary', 'gain-map', 'auxiliary-image']);

/** Returns whether a part counts as a picture, video, sound or document of its own; parts that mention AI always count. */
export const isCounted = (part: Pick<SummaryPart, 'kind' | 'outcome'>): boolean =>
  isAiPart(part) || (!NO_PICTURE.has(part.kind) && part.outcome !== undefined);

/** Shared by most files. */
const NONE_INSIDE: InsideCounts = {
  count: 0,
  kind: 'other',
  stating: 0,
  contradictory: 0,
  ai: 0,
  work: 'made',
  how: 'says',
  unread: 0,
  whole: true,
  signed: { count: 0, kind: 'other', signers: [] },
};

export function countInside(parts: readonly SummaryPart[]): InsideCounts {
  if (parts.length === 0) return NONE_INSIDE;
  const all = parts.filter(({ kind }) => kind !== 'primary');
  const counted = all.filter(isCounted);
  const kind = commonKind(counted);
  const ofAi = counted.filter(isAiPart);
  return {
    count: kind === 'other' && counted.length > 0 ? all.length : counted.length,
    kind,
    stating: counted.filter(({ outcome }) => !OPEN_ORIGINS.has(outcome?.origin ?? 'none')).length,
    contradictory: counted.filter(({ outcome }) => outcome?.origin === 'contradictory').length,
    ai: ofAi.length,
    work: quantify(ofAi, ({ outcome }) => outcome?.origin === 'ai-edited', ['made', 'edited', 'other']),
    how: quantify(ofAi, ({ outcome }) => outcome?.backing === 'inferred', ['says', 'trace', 'other']),
    unread: parts.filter(isUnreadPart).length,
    whole: counted.every(({ outcome }) => outcome?.coverage === 'complete'),
    signed: findSignedParts(all),
  };
}

function commonKind(parts: readonly SummaryPart[]): MediaKind {
  const [only, ...others] = new Set(parts.map(({ outcome }) => outcome?.kind ?? 'other'));
  return only !== undefined && others.length === 0 ? only : 'other';
}

function findSignedParts(parts: readonly SummaryPart[]): SignedParts {
  const signed = parts.filter(({ outcome }) => outcome?.presence === 'present');
  const signers = new Map<string, SignerRef>();
  for (const { outcome } of signed) {
    const signer = outcome && findPartSigner(outcome);
    if (signer) signers.set(JSON.stringify([signer.name, signer.isConfirmed]), signer);
  }
  return { count: signed.length, kind: commonKind(signed), signers: [...signers.values()] };
}

/** Returns the word for none, all or some of the items. */
function quantify<T, W>(
  all: readonly T[],
  is: (one: T) => boolean,
  [none, every, some]: readonly [W, W, W],
): W {
  const count = all.filter(is).length;
  if (count === 0) return none;
  return count === all.length ? every : some;
}

const SILENT_ORIGINS: ReadonlySet<Origin> = new Set(['none', 'unknown']);
/** Origins that do not say how a part was made. */
const OPEN_ORIGINS: ReadonlySet<Origin> = new Set([...SILENT_ORIGINS, 'contradictory']);

/** Returns whether the part states, or has a trace of, the use of AI. */
export const isAiPart = ({ outcome }: Pick<SummaryPart, 'outcome'>): boolean =>
  outcome?.origin === 'ai-generated' || outcome?.origin === 'ai-edited';

/**
 * Order in which readers look at parts: those about AI, those that state their origin, those with credentials, those
 * not examined.
 */
export const PART_WEIGHTS = { ai: 0, stating: 1, credentials: 2, unread: 3, other: 4, quiet: 5 } as const;
export type PartWeight = (typeof PART_WEIGHTS)[keyof typeof PART_WEIGHTS];

/** Returns all parts except the file’s own picture, by weight and then in order; `number`: index in the Report’s list. */
export function partsByWeight<P extends SummaryPart>(
  parts: readonly P[],
): { number: number; part: P; weight: PartWeight }[] {
  return parts
    .map((part, number) => ({ number, part, weight: weightOf(part) }))
    .filter(({ part }) => part.kind !== 'primary')
    .sort((a, b) => a.weight - b.weight || a.number - b.number);
}

function weightOf(part: SummaryPart): PartWeight {
  const { outcome } = part;
  if (isAiPart(part)) return PART_WEIGHTS.ai;
  if (!SILENT_ORIGINS.has(outcome?.origin ?? 'none')) return PART_WEIGHTS.stating;
  if (CREDENTIALS.has(outcome?.presence ?? 'absent')) return PART_WEIGHTS.credentials;
  if (isUnreadPart(part)) return PART_WEIGHTS.unread;
  return isCounted(part) ? PART_WEIGHTS.other : PART_WEIGHTS.quiet;
}

const CREDENTIALS: ReadonlySet<Presence> = new Set(['present', 'remote', 'unreadable']);

/** Returns whether a file mainly contains other files. In a photo with an embedded video, the photo matters. */
export const isContainerFile = ({ mediaType: { kind } }: { mediaType: { kind: MediaKind } }): boolean =>
  kind === 'document' || kind === 'other';

import { KINDS, type Kind } from '../media/media-kinds.js';
import type { Part } from '../report/part-schema.js';
import type { Origin, Presence } from '../report/report.js';

/** What stands inside a file, counted: how much, of which kind, and what of it speaks of AI. */

export type SaidPart = Pick<Part, 'kind' | 'outcome' | 'code'>;

export interface InsideCounts {
  /**
   * Those that a person would call a picture, a video, a sound or a document. Where they are of several kinds they are
   * called parts, and then all that stands inside is counted, as above the cards.
   */
  count: number;
  /** Where all are of one kind; else `other`. */
  kind: Kind;
  /** Those that state how they were made. */
  stating: number;
  /** Those whose statements exclude each other: they say nothing that can be repeated. */
  contradictory: number;
  /** Of those that state it, that AI was used. */
  ai: number;
  /** What those of AI speak of: all of them of making, all of an edit alone, or some of this and some of that. */
  work: 'made' | 'edited' | 'other';
  /** `trace`: none of those of AI says it, each bears a trace alone; `other`: some of them do. */
  how: 'says' | 'trace' | 'other';
  /** Those that were not looked into, or of which nothing could be read. */
  unread: number;
  /** All that are counted were read in every place where a label can stand. */
  whole: boolean;
}

/** Of a picture's own brightness: nobody looks at it as a picture. */
const NO_PICTURE: ReadonlySet<Part['kind']> = new Set(['primary', 'gain-map', 'auxiliary-image']);

/** Whether a person would look at it as a picture, a video, a sound or a document of its own; whatever speaks of AI counts. */
export const isCounted = (part: Pick<SaidPart, 'kind' | 'outcome'>): boolean =>
  isOfAi(part) || (!NO_PICTURE.has(part.kind) && part.outcome !== undefined);

/** Of most files. */
const NONE_INSIDE: InsideCounts = Object.freeze({
  count: 0,
  kind: 'other',
  stating: 0,
  contradictory: 0,
  ai: 0,
  work: 'made',
  how: 'says',
  unread: 0,
  whole: true,
});

export function countedInside(parts: readonly SaidPart[]): InsideCounts {
  if (parts.length === 0) return NONE_INSIDE;
  const all = parts.filter(({ kind }) => kind !== 'primary');
  const counted = all.filter(isCounted);
  const kinds = new Set(counted.map(({ outcome }) => outcome?.kind ?? 'other'));
  const [only = 'other'] = kinds;
  const one = KINDS.find((kind) => kind === only);
  const ofAi = counted.filter(isOfAi);
  const kind = kinds.size === 1 && one !== undefined ? one : 'other';
  return {
    count: kind === 'other' && counted.length > 0 ? all.length : counted.length,
    kind,
    stating: counted.filter(({ outcome }) => !OPEN.has(outcome?.origin ?? 'none')).length,
    contradictory: counted.filter(({ outcome }) => outcome?.origin === 'contradictory').length,
    ai: ofAi.length,
    work: either(ofAi, ({ outcome }) => outcome?.origin === 'ai-edited', ['made', 'edited', 'other']),
    how: either(ofAi, ({ outcome }) => outcome?.backing === 'inferred', ['says', 'trace', 'other']),
    unread: parts.filter(isUnread).length,
    whole: counted.every(({ outcome }) => outcome?.coverage === 'complete'),
  };
}

/** The word for none, all or some of them. */
function either<T, W>(
  all: readonly T[],
  is: (one: T) => boolean,
  [none, every, some]: readonly [W, W, W],
): W {
  const count = all.filter(is).length;
  if (count === 0) return none;
  return count === all.length ? every : some;
}

const SILENT: ReadonlySet<Origin> = new Set(['none', 'unknown']);
/** How they were made cannot be said of these. */
const OPEN: ReadonlySet<Origin> = new Set([...SILENT, 'contradictory']);

/** It says, or bears a trace of it, that AI was used. */
export const isOfAi = ({ outcome }: Pick<SaidPart, 'outcome'>): boolean =>
  outcome?.origin === 'ai-generated' || outcome?.origin === 'ai-edited';

/** A label in it would have been missed. */
export const isUnread = ({ kind, code, outcome }: SaidPart): boolean =>
  kind !== 'primary' && (code !== undefined || outcome?.coverage === 'nothing');

/** What a person looks at first: what speaks of AI, what says how it was made, what has credentials, what nobody looked into. */
export const PART_WEIGHTS = { ai: 0, stating: 1, credentials: 2, unread: 3, other: 4, quiet: 5 } as const;
export type PartWeight = (typeof PART_WEIGHTS)[keyof typeof PART_WEIGHTS];

/** All but the file’s own picture, by weight and then as they stand; `number`: the place in the Report’s list. */
export function partsByWeight<P extends SaidPart>(
  parts: readonly P[],
): { number: number; part: P; weight: PartWeight }[] {
  return parts
    .map((part, number) => ({ number, part, weight: weightOf(part) }))
    .filter(({ part }) => part.kind !== 'primary')
    .sort((a, b) => a.weight - b.weight || a.number - b.number);
}

function weightOf(part: SaidPart): PartWeight {
  const { outcome } = part;
  if (isOfAi(part)) return PART_WEIGHTS.ai;
  if (!SILENT.has(outcome?.origin ?? 'none')) return PART_WEIGHTS.stating;
  if (CREDENTIALS.has(outcome?.presence ?? 'absent')) return PART_WEIGHTS.credentials;
  if (isUnread(part)) return PART_WEIGHTS.unread;
  return isCounted(part) ? PART_WEIGHTS.other : PART_WEIGHTS.quiet;
}

const CREDENTIALS: ReadonlySet<Presence> = new Set(['present', 'remote', 'unreadable']);

/** A file that is there for what it holds. Of a photo with a video behind it the photo is the matter. */
export const isHolder = ({ mediaType: { kind } }: { mediaType: { kind: Kind } }): boolean =>
  kind === 'document' || kind === 'other';

import { KINDS, type Kind } from '../media/media-kinds.js';
import type { Part } from '../report/part-schema.js';
import type { Origin } from '../report/report.js';

/** What stands inside a file, counted: how much, of which kind, and what of it speaks of AI. */

export type SaidPart = Pick<Part, 'kind' | 'outcome' | 'code'>;

export interface InsideCounts {
  /** Those that a person would call a picture, a video, a sound or a document. */
  count: number;
  /** Where all are of one kind; else `other`. */
  kind: Kind;
  /** Those that state how they were made. */
  stating: number;
  /** And of these, that AI was used; `edited`: in some of them for an edit alone. */
  ai: number;
  work: 'made' | 'edited';
  /** Those that were not looked into, or of which nothing could be read. */
  unread: number;
}

/** Of a picture's own brightness: nobody looks at it as a picture. */
const NO_PICTURE: ReadonlySet<Part['kind']> = new Set(['primary', 'gain-map', 'auxiliary-image']);

export function countedInside(parts: readonly SaidPart[]): InsideCounts {
  const further = parts.filter(({ kind }) => kind !== 'primary');
  const counted = further.filter(({ kind, outcome }) => !NO_PICTURE.has(kind) && outcome !== undefined);
  const kinds = new Set(counted.map(({ outcome }) => outcome?.kind ?? 'other'));
  const [only = 'other'] = kinds;
  const one = KINDS.find((kind) => kind === only);
  return {
    count: counted.length,
    kind: kinds.size === 1 && one !== undefined ? one : 'other',
    stating: counted.filter(({ outcome }) => !SILENT.has(outcome?.origin ?? 'none')).length,
    ai: counted.filter(({ outcome }) => isOfAi(outcome)).length,
    work: counted.some(({ outcome }) => outcome?.origin === 'ai-edited') ? 'edited' : 'made',
    unread: further.filter(({ code, outcome }) => code !== undefined || outcome?.coverage === 'nothing')
      .length,
  };
}

const SILENT: ReadonlySet<Origin> = new Set(['none', 'unknown']);

const isOfAi = (outcome: SaidPart['outcome']): boolean =>
  outcome?.origin === 'ai-generated' || outcome?.origin === 'ai-edited';

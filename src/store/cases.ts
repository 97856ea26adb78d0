import type { JsonRecord } from '../core/ground/json-shape.js';
import type { Actor } from '../core/log/leaf.js';

/**
 * Cases of a desk: inspections, and beside them what people wrote, each with who and when. A case is what inspections call
 * it (`caseRef`): which ones stand in it is kept with them and nowhere else, so that the two are never out of step.
 * Whoever asks says the tenant; nothing crosses. Times are RFC 3339, UTC, milliseconds.
 */

/** What people put in beside inspections. */
export const WRITTEN_KINDS = ['note', 'link', 'match', 'finding'] as const;
export type WrittenKind = (typeof WRITTEN_KINDS)[number];
export const CASE_ITEM_KINDS = ['inspection', ...WRITTEN_KINDS] as const;
export type CaseItemKind = (typeof CASE_ITEM_KINDS)[number];

/** What somebody concluded, in their words. Nothing of it is a rating of ours. */
export interface CaseFinding {
  /** What is said in the world, as they put it. */
  claim: string;
  conclusion: string;
  /** A word for it of their own. */
  rating?: string;
  /** Where it was published; http or https, never followed by us. */
  url?: string;
  /** The day on which it was: `YYYY-MM-DD`. */
  published?: string;
  /** Under whose name it was published. */
  author?: string;
  authorType?: AuthorType;
  /** Who makes the claim, and where. */
  claimant?: string;
  appearance?: string;
}

export const AUTHOR_TYPES = ['person', 'organization'] as const;
export type AuthorType = (typeof AUTHOR_TYPES)[number];

/** What is kept of an item; which of them depends on its kind. */
export interface CaseWords {
  text?: string;
  /** http or https, never followed by us. */
  link?: string;
  /** A match as it stood when it was taken over: as `assay.matches/1` tells it, without words of a language. */
  match?: JsonRecord;
  finding?: CaseFinding;
}

export const CASE_BOUNDS = {
  /** Characters. */
  name: 200,
  text: 4_000,
  link: 2_000,
  rating: 200,
  person: 200,
  matchCharacters: 64 * 1024,
  /** That people made; those of a `caseRef` are as many as there are words. */
  cases: 10_000,
  /** Of one case, inspections aside. */
  items: 1_000,
  /** Inspections in one that is sealed as a whole: all of it is made at once. */
  sealed: 200,
  /** Of it what is in memory meanwhile, files aside: Reports, pages, manifest stores, exchanges. */
  sealedBytes: 256 * 1024 ** 2,
  /** With those that were removed, of which who and when stays. */
  rows: 10_000,
  /** Inspections that were here and of which it is told one by one; the others are counted. */
  formerTold: 1_000,
} as const;

export interface KeptCase {
  id: string;
  tenant: string;
  caseRef: string;
  name: string;
  createdAt: string;
  createdBy?: string;
  /** By hand, or when the last inspection came. */
  changedAt: string;
  closedAt?: string;
  closedBy?: string;
  /** How many there are of each kind, without what was removed or is gone. */
  counts: Record<CaseItemKind, number>;
  /** Inspections that were here: taken out, deleted or expired. Of the first of them items tell one by one. */
  former: number;
}

export interface CaseItem extends CaseWords {
  /** Of an inspection that is there: its own. */
  id: string;
  kind: CaseItemKind;
  /** In the order of which lists stand, the newest first. */
  createdAt: string;
  /** When it came into the case, and by whom; left out where nobody knows. */
  at: string;
  by?: string;
  /** The inspection, or the one that a match is about. */
  inspection?: string;
  /** The one that a match found, where it is an inspection. */
  other?: string;
  /** Taken out of the case: of what was written nothing is left. */
  removed?: { at: string; by?: string };
  /** Its inspection is gone from the store, and with it what this told of it. */
  gone?: { at: string; because: 'deleted' | 'expired' };
}

export interface NewCaseItem extends CaseWords {
  kind: CaseItemKind;
  inspection?: string;
  other?: string;
}

/** Who changes something, and when. */
export interface ByWhom {
  at: string;
  by?: Actor | undefined;
}

export interface CasePage<T> {
  items: T[];
  /** Give it back for what follows; left out at the end. */
  next?: string;
}

export interface CasePatch {
  name?: string;
  closed?: boolean;
}

/**
 * `case.bad`: too long, empty, or a link that is none. `case.there`: the tenant has a case of that word. `case.full`: as
 * many as there may be. `case.no-inspection`: there is none of that id. `case.too-large`: to be sealed.
 */
export const CASE_ERROR_CODES = [
  'case.bad',
  'case.there',
  'case.full',
  'case.no-inspection',
  'case.too-large',
] as const;
export type CaseErrorCode = (typeof CASE_ERROR_CODES)[number];

export class CaseError extends Error {
  override name = 'CaseError';
  constructor(
    readonly code: CaseErrorCode,
    /** Of what is bad: which member. */
    readonly member?: string,
  ) {
    super(code);
  }
}

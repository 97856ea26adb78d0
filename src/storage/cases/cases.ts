import type { JsonRecord } from '../../base/json-shape.js';

/**
 * Cases: inspections, and items written by people, each with author and time. The case of an inspection is stored only
 * with the inspection (`caseRef`), so that the two cannot disagree. Every call names the tenant; no call crosses
 * tenants. Times are RFC 3339, UTC, milliseconds.
 */

/** Kinds of items written by people. */
export const WRITTEN_KINDS = ['note', 'link', 'match', 'finding'] as const;
export type WrittenKind = (typeof WRITTEN_KINDS)[number];
export const CASE_ITEM_KINDS = ['inspection', ...WRITTEN_KINDS] as const;
export type CaseItemKind = (typeof CASE_ITEM_KINDS)[number];

/** Conclusion of a person, in their words. No part of it is a rating by Assay. */
export interface CaseFinding {
  /** Statement under examination, as worded by the person. */
  claim: string;
  conclusion: string;
  /** Rating in the person's own words. */
  rating?: string;
  /** Address of publication; http or https, never requested by Assay. */
  url?: string;
  /** Day of publication: `YYYY-MM-DD`. */
  published?: string;
  /** Author under whose name it was published. */
  author?: string;
  authorType?: AuthorType;
  /** Person who makes the claim, and where it appeared. */
  claimant?: string;
  appearance?: string;
}

export const AUTHOR_TYPES = ['person', 'organization'] as const;
export type AuthorType = (typeof AUTHOR_TYPES)[number];

/** Stored content of an item; the members depend on its kind. */
export interface CaseItemContent {
  text?: string;
  /** http or https, never requested by Assay. */
  link?: string;
  /** Match at the time it was added, in the form of `assay.matches/1` without localized text. */
  match?: JsonRecord;
  finding?: CaseFinding;
}

export interface StoredCase {
  id: string;
  tenant: string;
  caseRef: string;
  name: string;
  createdAt: string;
  createdBy?: string;
  /** Time of a change by hand, or of the last added inspection. */
  changedAt: string;
  closedAt?: string;
  closedBy?: string;
  /** Number of items by kind, without removed and gone ones. */
  counts: Record<CaseItemKind, number>;
  /** Former inspections: removed, deleted or expired. The first of them are also listed as items. */
  former: number;
}

export interface CaseItem extends CaseItemContent {
  /** For an existing inspection, the inspection's id. */
  id: string;
  kind: CaseItemKind;
  /** Lists are ordered by this, newest first. */
  createdAt: string;
  /** Time at which it was added to the case, and by whom; absent if unknown. */
  at: string;
  by?: string;
  /** The inspection, or the one that a match is about. */
  inspection?: string;
  /** Inspection that a match found, if it is one. */
  other?: string;
  /** Removed from the case; nothing of the text remains. */
  removed?: { at: string; by?: string };
  /** The inspection is no longer stored, and the content about it was cleared. */
  gone?: { at: string; reason: 'deleted' | 'expired' };
}

export interface NewCaseItem extends CaseItemContent {
  kind: CaseItemKind;
  inspection?: string;
  other?: string;
}

export interface CasePage<T> {
  items: T[];
  /** Cursor of the next page; absent at the end. */
  next?: string;
}

export interface CasePatch {
  name?: string;
  closed?: boolean;
}

/**
 * `case.bad`: too long, empty, or an invalid link. `case.there`: the tenant already has a case of that name.
 * `case.full`: a limit is reached. `case.no-inspection`: no inspection has that id. `case.too-large`: too large to be
 * sealed.
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
    /** Member that is invalid, for `case.bad`. */
    readonly member?: string,
  ) {
    super(code);
  }
}

/** Closed vocabularies of rulebooks. Separate from the schema, which takes a tenth of a second to load. */

/** Persons bound by a clause. `anyone`: the law says “no organisation or individual”, so it applies to every user. */
export const ROLES = [
  'provider',
  'deployer',
  'platform',
  'user',
  'device-maker',
  'publisher',
  'anyone',
] as const;
export type Role = (typeof ROLES)[number];

/** Stands for all rulebooks where ids are expected. */
export const ALL_RULEBOOKS = 'all';

export const RULE_STATUSES = ['in-force', 'pending', 'voluntary', 'superseded'] as const;
export type RuleStatus = (typeof RULE_STATUSES)[number];

/**
 * Type of a clause: it requires a mark in the file (`mark`) or a notice that people see or hear (`tell`), prohibits
 * something, states what is sufficient (`safe-harbour`), concerns an organisation's procedures (`process`), or
 * recommends a mark without requiring it (`encouraged`).
 */
export const CLAUSE_KINDS = ['mark', 'tell', 'prohibition', 'safe-harbour', 'process', 'encouraged'] as const;
export type ClauseKind = (typeof CLAUSE_KINDS)[number];

/** Law, voluntary code, or practice of platforms and standards. Only law is ever in force. */
export const BOOK_KINDS = ['law', 'code', 'practice'] as const;
export type BookKind = (typeof BOOK_KINDS)[number];

/** Kinds of content that a law may cover: pictures, videos, sound, documents that hold text (PDF, DOCX), and plain text. */
export const COVERED_KINDS = ['image', 'video', 'audio', 'document', 'text'] as const;
export type CoveredKind = (typeof COVERED_KINDS)[number];

/**
 * Conditions of a clause that no file shows: the content is election material, an advertisement, about a candidate, an
 * imitation (of a person; of a person or event; of a person, thing, place or event; or text on matters of public
 * interest), or hard to tell apart from a recording.
 */
export const CLAUSE_CONDITIONS = [
  'election',
  'advertisement',
  'candidate',
  'imitation-of-person',
  'imitation-of-person-or-event',
  'imitation',
  'imitation-or-public-interest-text',
  'like-a-recording',
] as const;
export type ClauseCondition = (typeof CLAUSE_CONDITIONS)[number];

/**
 * Items that laws ask a file to carry: a mark that machines read, names of the provider (or the maker or platform) and of
 * the system (or the device), its version, a time, an identifier, whether AI created or altered the content, a
 * signature, a watermark, and a notice that people see or hear.
 */
export const LAW_ITEMS = [
  'mark',
  'provider',
  'system',
  'version',
  'time',
  'identifier',
  'created-or-altered',
  'signature',
  'watermark',
  'notice',
] as const;
export type LawItem = (typeof LAW_ITEMS)[number];

/** Signer of the rulebooks that come with Assay. */
export const ASSAY_SIGNER = 'assay';

/** Origin of a source's text of the law. `official-summary` is published by the authority but does not quote the clause. */
export const SOURCE_KINDS = [
  'official-text',
  'verbatim-copy',
  'official-summary',
  'translation',
  'secondary',
  'memory',
] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

/** Aspects of a clause that a source confirms. */
export const SUPPORTED_ASPECTS = ['wording', 'number', 'date', 'binds', 'exists'] as const;

/**
 * How well a clause is documented. A: its text or the authority's summary; B2: two other sources; B: one; C: from
 * memory only.
 */
export const CLAUSE_GRADES = ['A', 'B2', 'B', 'C'] as const;
export type ClauseGrade = (typeof CLAUSE_GRADES)[number];

/** Actions that a person can take on a finding. */
export const RULE_NEXT_STEPS = [
  'ask-original',
  'contact-signer',
  'ask-who-wrote-it',
  'vendor-checker',
  'look-at-visible-label',
  'listen-for-label',
  'read-for-label',
  'another-copy',
  'ask-a-lawyer',
  'see-later-wording',
  'see-date',
  'nothing',
] as const;
export type RuleNextStep = (typeof RULE_NEXT_STEPS)[number];

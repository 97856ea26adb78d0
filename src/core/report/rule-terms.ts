/** Closed vocabularies of rulebooks; apart from the schema, which takes a tenth of a second to load. */

/** Whom a clause binds. `anyone`: the law says “no organisation or individual”, so whoever asks is meant. */
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

/** In the place of ids of rulebooks: each that there is. */
export const ALL_RULEBOOKS = 'all';

export const RULE_STATUSES = ['in-force', 'pending', 'voluntary', 'superseded'] as const;
export type RuleStatus = (typeof RULE_STATUSES)[number];

/**
 * What a clause does: asks for a `mark` in the file, for a notice that people see or hear (`tell`), forbids something, says
 * what is enough (`safe-harbour`), speaks of what an organisation does (`process`), or asks for a mark that nobody owes.
 */
export const CLAUSE_KINDS = ['mark', 'tell', 'prohibition', 'safe-harbour', 'process', 'encouraged'] as const;
export type ClauseKind = (typeof CLAUSE_KINDS)[number];

/** How a source came by the law: `official-summary` is the authority's own, without the clause's words. */
export const SOURCE_KINDS = [
  'official-text',
  'verbatim-copy',
  'official-summary',
  'translation',
  'secondary',
  'memory',
] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

/** What of a clause a source bears out. */
export const SUPPORTED = ['wording', 'number', 'date', 'binds', 'exists'] as const;

/** How well a clause is known: A its words or the authority's summary, B2 two others, B one, C memory alone. */
export const GRADES = ['A', 'B2', 'B', 'C'] as const;
export type Grade = (typeof GRADES)[number];

/** What a person can do about a finding. */
export const NEXT_STEPS = [
  'ask-original',
  'contact-signer',
  'ask-who-wrote-it',
  'vendor-checker',
  'look-at-visible-label',
  'listen-for-label',
  'another-copy',
  'ask-a-lawyer',
  'see-later-wording',
  'see-date',
  'nothing',
] as const;
export type RuleNext = (typeof NEXT_STEPS)[number];

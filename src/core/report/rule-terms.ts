/** Closed vocabularies of rulebooks; apart from the schema, which takes a tenth of a second to load. */

/** Whom a clause binds. */
export const ROLES = ['provider', 'deployer', 'platform', 'user', 'device-maker'] as const;
export type Role = (typeof ROLES)[number];

export const RULE_STATUSES = ['in-force', 'pending', 'voluntary', 'superseded'] as const;
export type RuleStatus = (typeof RULE_STATUSES)[number];

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

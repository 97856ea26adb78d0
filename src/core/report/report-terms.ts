/** Closed vocabularies of a Report. */

export const READ_STATUSES = ['found', 'absent', 'unsupported', 'malformed', 'failed'] as const;
export const PRESENCES = ['present', 'absent', 'unreadable', 'remote', 'unsupported'] as const;
export const INTEGRITIES = ['intact', 'altered', 'undetermined'] as const;
export const TRUSTS = ['official', 'interim', 'private', 'unlisted', 'not-checked'] as const;
export const VALIDITIES = [
  'inside',
  'expired-without-timestamp',
  'not-yet-valid',
  'outside',
  'unknown',
] as const;
export const ORIGINS = [
  'ai-generated',
  'ai-edited',
  'captured',
  'other',
  'contradictory',
  'none',
  'unknown',
] as const;
export const SIGNED_STATES = ['covered', 'not-covered', 'unknown', 'no-signature'] as const;

export const COVERAGE_STATES = ['complete', 'partial', 'nothing'] as const;

/**
 * Standing of a signer. `expired`: on a list, the certificate has expired since and no timestamp proves when it was
 * used; `term-unknown`: on a list, its term was not checked; `not-bound`: on a list, but the credentials do not hold for
 * this file; `unstated`: nobody vouches for the name here, or nothing more is known about it.
 */
export const SIGNER_STANDINGS = [
  'listed',
  'expired',
  'term-unknown',
  'outside',
  'not-yet-valid',
  'revoked',
  'unlisted',
  'not-checked',
  'not-bound',
  'unstated',
] as const;

/** Codes of the four facts: who signed, whether the file changed since, what is stated about AI, and when. */
export const FACT_TERMS = {
  who: [
    ...(['listed', 'private', 'out-of-term', 'revoked', 'not-bound', 'not-checked', 'unlisted'] as const),
    ...(['unnamed', 'signature-broken', 'own-key', 'nobody', 'elsewhere', 'could-not-look'] as const),
  ],
  changed: ['yes', 'not-in-signed-part', 'no', 'cannot-tell', 'nothing-to-compare'],
  ai: [
    ...(['stated-signed', 'label', 'possible', 'trace', 'mark-only', 'mentioned', 'text'] as const),
    ...(['contradictory', 'set-aside', 'in-part', 'not-stated', 'could-not-look'] as const),
  ],
  when: ['proven', 'claimed', 'not-known'],
} as const;
export type FourFactName = keyof typeof FACT_TERMS;
export const FOUR_FACTS = ['who', 'changed', 'ai', 'when'] as const satisfies readonly FourFactName[];

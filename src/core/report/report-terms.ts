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

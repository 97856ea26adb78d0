/** Facts that cannot be determined from a stored certificate record, because they need the certificate itself. */
export const UNDETERMINED_FACTS = ['list', 'issuer', 'revocation', 'format'] as const;
export type UndeterminedFact = (typeof UNDETERMINED_FACTS)[number];

export class UndeterminedError extends Error {
  override name = 'UndeterminedError';
  constructor(readonly what: UndeterminedFact) {
    super(what);
  }
}

/** What cannot be told from what was kept of a certificate; the certificate itself would be needed. */
export const UNTOLD = ['list', 'issuer', 'revocation', 'format'] as const;
export type Untold = (typeof UNTOLD)[number];

export class CannotTell extends Error {
  override name = 'CannotTell';
  constructor(readonly what: Untold) {
    super(what);
  }
}

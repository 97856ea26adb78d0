export const CANNOT_TELL = ['listed', 'issuer', 'revocation', 'certificate', 'earlier'] as const;
/** What cannot be told without the file. */
export type Untold = (typeof CANNOT_TELL)[number];

/** From what was kept of a certificate it cannot be told; the certificate itself would be needed. */
export class CannotTell extends Error {
  override name = 'CannotTell';
  constructor(readonly what: Untold) {
    super(what);
  }
}

import type { Untold } from '../kept-trust-shape.js';

/** From what was kept of a certificate it cannot be told; the certificate itself would be needed. */
export class CannotTell extends Error {
  override name = 'CannotTell';
  constructor(readonly what: Untold) {
    super(what);
  }
}

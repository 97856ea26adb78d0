import type { Said } from '../say/said.js';
import { SaidError } from '../say/said-error.js';
import type { FetchRefusal } from './fetched.js';

/** Why nothing comes of a link; the code is stable. */
export class Refusal extends SaidError {
  override name = 'Refusal';
  constructor(
    readonly code: FetchRefusal,
    what: Said,
    options?: ErrorOptions,
  ) {
    super(what, options);
  }
}

import type { Said } from '../say/said.js';
import { SaidError } from '../say/said-error.js';
/** A reading process that died, or stayed silent, before it was ready; what it says is its own or its wrapper's last word. */
export class NotStarted extends SaidError {
  override name = 'NotStarted';
  constructor(
    what: Said,
    /** It was still there, and had refused nothing: a machine with much to do looks like that. */
    readonly slow: boolean,
  ) {
    super(what);
  }
}

import { faultSaid, type ReadFault } from '../core/ground/fault.js';
import { SaidError } from '../say/said-error.js';

/** Why nothing usable came from an address. */
export class FetchFault extends SaidError {
  override name = 'FetchFault';
  constructor(
    readonly fault: ReadFault,
    options?: ErrorOptions,
  ) {
    super(faultSaid(fault), options);
  }

  get code(): string {
    return this.fault.code;
  }
}

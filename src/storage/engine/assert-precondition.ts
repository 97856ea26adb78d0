import type { Precondition } from './precondition.js';
import { StoreError } from './store-error.js';

/**
 * Throws `StoreError` `store.changed` if the precondition does not hold for the current record. Called at the start of
 * a change's transaction.
 */
export function assertPrecondition<T>(holds: Precondition<T> | undefined, current: T): void {
  if (holds === undefined || holds(current)) return;
  throw new StoreError('store.changed');
}

import type { Holds } from './holds.js';
import { StoreError } from './inspections.js';

/** Within the transaction of a change, before anything of it: rejects where it is no longer meant for what is there. */
export function assertHolds<T>(holds: Holds<T> | undefined, current: T): void {
  if (holds === undefined || holds(current)) return;
  throw new StoreError('store.changed');
}

import type { Actor } from '../../core/transparency-log/leaf.js';
import type { Precondition } from '../../storage/engine/precondition.js';
import type { Batch } from '../../storage/inspections/batches.js';
import type { Services } from '../services/services.js';

type Parts = Pick<Services, 'stores' | 'uploads'>;

const INSPECTIONS_AT_ONCE = 200;

/** Cancels the waiting items of a batch and deletes their uploads. Returns false if there is no such batch. */
export async function cancelBatch(
  tenant: string,
  id: string,
  { stores, uploads }: Parts,
  precondition?: Precondition<Batch>,
): Promise<boolean> {
  const cancelled = await stores.batches.cancel(tenant, id, new Date().toISOString(), precondition);
  for (const one of cancelled ?? []) await uploads.removeOf(one);
  return cancelled !== undefined;
}

/** Deletes a batch with its inspections, their Reports and uploads. Returns false if there is no such batch. */
export async function deleteBatch(
  tenant: string,
  id: string,
  parts: Parts,
  { precondition: holds, by }: { precondition?: Precondition<Batch> | undefined; by: Actor },
): Promise<boolean> {
  const { stores, uploads } = parts;
  if (!(await cancelBatch(tenant, id, parts, holds))) return false;
  for (;;) {
    const { items } = await stores.inspections.list(tenant, { batchId: id }, { limit: INSPECTIONS_AT_ONCE });
    for (const one of items) {
      await stores.inspections.delete(tenant, one.id, undefined, by);
      await uploads.removeOf(one.id);
    }
    if (items.length < INSPECTIONS_AT_ONCE) break;
  }
  return stores.batches.delete(tenant, id);
}

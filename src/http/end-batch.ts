import type { Actor } from '../core/log/leaf.js';
import type { Batch } from '../store/batches.js';
import type { Holds } from '../store/holds.js';
import type { Services } from './services.js';

type Parts = Pick<Services, 'stores' | 'uploads'>;

const INSPECTIONS_AT_ONCE = 200;

/** What waits is never begun, and its uploads go. False where there is no such batch. */
export async function cancelBatch(
  tenant: string,
  id: string,
  { stores, uploads }: Parts,
  holds?: Holds<Batch>,
): Promise<boolean> {
  const cancelled = await stores.batches.cancel(tenant, id, new Date().toISOString(), holds);
  for (const one of cancelled ?? []) await uploads.removeOf(one);
  return cancelled !== undefined;
}

/** With its inspections, their Reports and uploads. False where there is no such batch. */
export async function deleteBatch(
  tenant: string,
  id: string,
  parts: Parts,
  { holds, by }: { holds?: Holds<Batch> | undefined; by: Actor },
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

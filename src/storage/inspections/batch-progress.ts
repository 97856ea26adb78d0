import type { StoreTransaction } from '../engine/transaction.js';
import { rowLabels } from '../events/event-labels.js';
import type { EventRepository } from '../events/kysely-events.js';
import type { EndedHandler } from './batches.js';

/**
 * Decrements a batch's count of open items and publishes one event when it reaches zero. The row lock serializes
 * concurrent updates.
 */
export function createEndedHandler(events: EventRepository): EndedHandler {
  return async (inside, { tenant, id }, ended, at) => {
    if (ended === 0) return;
    const batch = await inside
      .updateTable('batches')
      .set((eb) => ({ open: eb('open', '-', ended) }))
      .where((eb) => eb.and({ tenant, id }))
      .where('finished_at', 'is', null)
      .returning(['open', 'total', 'cancelled_at', 'case_ref', 'tags'])
      .executeTakeFirst();
    if (batch === undefined || batch.open > 0) return;
    await inside.updateTable('batches').set({ finished_at: at }).where('id', '=', id).execute();
    const rows = await inside
      .selectFrom('inspections')
      .select(['status', (eb) => eb.fn.countAll<number>().as('number')])
      .where('tenant', '=', tenant)
      .where('batch_id', '=', id)
      .groupBy('status')
      .execute();
    const count = (status: string) => Number(rows.find((row) => row.status === status)?.number ?? 0);
    await events.emit(inside, {
      tenant,
      type: 'batch.done',
      at,
      subject: id,
      data: {
        total: batch.total,
        done: count('done'),
        failed: count('failed'),
        cancelled: count('cancelled'),
        ...rowLabels(batch),
      },
    });
  };
}

/** Records that an ended item is queued again. The batch will publish a second event with other counts. */
export async function markReopened(
  inside: StoreTransaction,
  batch: { tenant: string; id: string },
): Promise<void> {
  await inside
    .updateTable('batches')
    .set((eb) => ({ open: eb('open', '+', 1), finished_at: null }))
    .where((eb) => eb.and({ tenant: batch.tenant, id: batch.id }))
    .execute();
}

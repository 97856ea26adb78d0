import type { NoteEnded } from './batches.js';
import { deskWords } from './event-words.js';
import type { Inside } from './inside.js';
import type { KyselyEvents } from './kysely-events.js';

/** Counts down what is open of a batch, and says once that nothing is. The row's lock puts those at the same time in turn. */
export function noteEndedWith(events: KyselyEvents): NoteEnded {
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
        ...deskWords(batch),
      },
    });
  };
}

/** One of it that had ended waits again. The batch says a second time that it is done, with other counts. */
export async function noteReopened(inside: Inside, batch: { tenant: string; id: string }): Promise<void> {
  await inside
    .updateTable('batches')
    .set((eb) => ({ open: eb('open', '+', 1), finished_at: null }))
    .where((eb) => eb.and({ tenant: batch.tenant, id: batch.id }))
    .execute();
}

import { sql } from 'kysely';
import type { Stores } from '../../src/storage/stores.js';

/** Ends all pauses, as if enough time had passed that no job is put off any longer. Leases run on. */
export async function endPauses({ database }: Pick<Stores, 'database'>): Promise<void> {
  if (database.dialect === 'postgres') {
    await sql`update pgboss.job set start_after = now() where name = 'inspections' and state = 'retry'`.execute(
      database.query,
    );
  } else {
    await database.query
      .updateTable('inspection_jobs')
      .set({ available_at: new Date().toISOString() })
      .where('lease', 'is', null)
      .execute();
  }
}

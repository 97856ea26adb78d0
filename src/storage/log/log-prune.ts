import { TILE_HASHES } from '../../core/transparency-log/proofs.js';
import type { Database } from '../engine/database.js';
import type { EventLog } from './log.js';

/** Rows per statement, to limit how long they are locked. */
const BATCH_SIZE = 10_000;

/**
 * Prunes old entries: persons at once; leaf texts once a day, up to the newest signed head all of whose leaves are
 * older. The hashes stay, so every head ever signed can still be verified.
 */
export async function pruneLog(
  { query }: Pick<Database, 'query'>,
  log: Pick<EventLog, 'append'>,
  before: Date,
  atOnce = BATCH_SIZE,
): Promise<void> {
  for (const table of ['audit', 'log_persons'] as const)
    await deleteOlder(query, table, before.toISOString(), atOnce);
  const day = `${before.toISOString().slice(0, 10)}T00:00:00.000Z`;
  const trees = await query.selectFrom('log_trees').select(['tenant', 'pruned']).execute();
  for (const { tenant, pruned } of trees) {
    await deletePruned(query, tenant, Number(pruned), atOnce);
    const to = await findPrunableSize(query, tenant, Number(pruned), day);
    if (to === undefined) continue;
    await query.transaction().execute(async (inside) => {
      const { numUpdatedRows } = await inside
        .updateTable('log_trees')
        .set({ pruned: to })
        .where('tenant', '=', tenant)
        .where('pruned', '<', to)
        .executeTakeFirstOrThrow();
      // Another server has pruned already.
      if (numUpdatedRows === 0n) return;
      const at = new Date().toISOString();
      await log.append(inside, { tenant, at, action: 'log.pruned', facts: { to, before: day } });
    });
    await deletePruned(query, tenant, to, atOnce);
  }
}

/** Deletes a limited number of rows per statement, plus those of the same time, so that writers do not wait longer. */
async function deleteOlder(
  query: Database['query'],
  table: 'audit' | 'log_persons',
  before: string,
  atOnce: number,
): Promise<void> {
  for (;;) {
    const last = await query
      .selectFrom(table)
      .select('at')
      .where('at', '<', before)
      .orderBy('at')
      .limit(1)
      .offset(atOnce - 1)
      .executeTakeFirst();
    const older = query.deleteFrom(table).where('at', '<', before);
    await (last === undefined ? older : older.where('at', '<=', last.at)).execute();
    if (last === undefined) return;
  }
}

/**
 * Returns the size of the newest head all of whose leaves are older than that day; `undefined` if that is already
 * pruned.
 */
async function findPrunableSize(
  query: Database['query'],
  tenant: string,
  pruned: number,
  day: string,
): Promise<number | undefined> {
  const young = await query
    .selectFrom('log_leaves')
    .select('at_index')
    .where('tenant', '=', tenant)
    .where('at_index', '>=', pruned)
    .where('at', '>=', day)
    .orderBy('at_index')
    .limit(1)
    .executeTakeFirst();
  let heads = query
    .selectFrom('log_heads')
    .select((eb) => eb.fn.max<number | null>('size').as('size'))
    .where('tenant', '=', tenant)
    .where('size', '>', pruned);
  if (young !== undefined) heads = heads.where('size', '<=', young.at_index);
  const size = (await heads.executeTakeFirst())?.size ?? undefined;
  return size === undefined ? undefined : Number(size);
}

/** May be interrupted anywhere; the next run continues. */
async function deletePruned(
  query: Database['query'],
  tenant: string,
  pruned: number,
  atOnce: number,
): Promise<void> {
  if (pruned === 0) return;
  const whole = Math.floor(pruned / TILE_HASHES) * TILE_HASHES;
  for (;;) {
    const first = await query
      .selectFrom('log_leaves')
      .select('at_index')
      .where('tenant', '=', tenant)
      .orderBy('at_index')
      .limit(1)
      .executeTakeFirst();
    const from = Number(first?.at_index ?? whole);
    if (from >= whole) break;
    await query
      .deleteFrom('log_leaves')
      .where('tenant', '=', tenant)
      .where('at_index', '<', Math.min(from + atOnce, whole))
      .execute();
  }
  // Leaves of a partly pruned tile keep their hashes.
  await query
    .updateTable('log_leaves')
    .set({ leaf: null, subject: null })
    .where('tenant', '=', tenant)
    .where('at_index', '<', pruned)
    .where('leaf', 'is not', null)
    .execute();
  for (;;) {
    const first = await query
      .selectFrom('log_persons')
      .select('at_index')
      .where('tenant', '=', tenant)
      .orderBy('at_index')
      .limit(1)
      .executeTakeFirst();
    const from = Number(first?.at_index ?? pruned);
    if (from >= pruned) break;
    await query
      .deleteFrom('log_persons')
      .where('tenant', '=', tenant)
      .where('at_index', '<', Math.min(from + atOnce, pruned))
      .execute();
  }
  for (;;) {
    const last = await query
      .selectFrom('log_heads')
      .select('size')
      .where('tenant', '=', tenant)
      .where('size', '<', pruned)
      .orderBy('size')
      .limit(1)
      .offset(atOnce - 1)
      .executeTakeFirst();
    const to = last === undefined ? pruned : Number(last.size) + 1;
    await query.deleteFrom('log_heads').where('tenant', '=', tenant).where('size', '<', to).execute();
    if (last === undefined) break;
  }
}

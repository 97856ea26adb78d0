import { TILE_HASHES } from '../core/log/proofs.js';
import type { Database } from './database.js';
import type { EventLog } from './log.js';

/** A statement holds rows no longer than that many take. */
const AT_ONCE = 10_000;

/**
 * What is older than that goes: who it was at once, and what the leaves said up to the newest signed head of which all are
 * older, once a day. Their hashes stay, so every head that was ever signed can still be held against the log.
 */
export async function pruneLog(
  { query }: Pick<Database, 'query'>,
  log: Pick<EventLog, 'append'>,
  before: Date,
  atOnce = AT_ONCE,
): Promise<void> {
  for (const table of ['audit', 'log_persons'] as const)
    await dropOlder(query, table, before.toISOString(), atOnce);
  const day = `${before.toISOString().slice(0, 10)}T00:00:00.000Z`;
  const trees = await query.selectFrom('log_trees').select(['tenant', 'pruned']).execute();
  for (const { tenant, pruned } of trees) {
    await takeAway(query, tenant, Number(pruned), atOnce);
    const to = await prunableTo(query, tenant, Number(pruned), day);
    if (to === undefined) continue;
    await query.transaction().execute(async (inside) => {
      const { numUpdatedRows } = await inside
        .updateTable('log_trees')
        .set({ pruned: to })
        .where('tenant', '=', tenant)
        .where('pruned', '<', to)
        .executeTakeFirstOrThrow();
      // Another server was here first.
      if (numUpdatedRows === 0n) return;
      const at = new Date().toISOString();
      await log.append(inside, { tenant, at, action: 'log.pruned', facts: { to, before: day } });
    });
    await takeAway(query, tenant, to, atOnce);
  }
}

/** So many rows a statement, and those of the same moment: whoever writes meanwhile waits for no more than that. */
async function dropOlder(
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

/** The size of the newest head of which every leaf is older than that day; undefined where that is no more than is pruned. */
async function prunableTo(
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

/** May be cut short anywhere: the next turn begins again. */
async function takeAway(
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
  // Those of a tile that is not pruned whole stay for their hashes.
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

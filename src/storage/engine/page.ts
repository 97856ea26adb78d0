import { type SelectQueryBuilder, type Simplify, sql } from 'kysely';
import type { Tables } from '../schema/tables.js';
import { decodeCursor, encodeCursor, type ListPosition } from './cursor.js';

export interface PageRequest {
  limit: number;
  /** `next` of the previous page. */
  cursor?: string;
}

/** Returns one page of a query's results, newest first, or oldest first with `asc`. */
export async function queryPage<TB extends keyof Tables, Row, Item extends ListPosition>(
  query: SelectQueryBuilder<Tables, TB, Row>,
  { limit, cursor }: PageRequest,
  itemOf: (row: Simplify<Row>) => Item,
  order: 'asc' | 'desc' = 'desc',
): Promise<{ items: Item[]; next?: string }> {
  let asked = query
    .orderBy(sql`created_at`, order)
    .orderBy(sql`id`, order)
    // One more row shows whether another page follows.
    .limit(limit + 1);
  if (cursor !== undefined) {
    const { createdAt, id } = decodeCursor(cursor);
    asked = asked.where(
      order === 'desc'
        ? sql<boolean>`(created_at, id) < (${createdAt}, ${id})`
        : sql<boolean>`(created_at, id) > (${createdAt}, ${id})`,
    );
  }
  const rows = await asked.execute();
  const items = rows.slice(0, limit).map(itemOf);
  const last = items.at(-1);
  return { items, ...(rows.length > limit && last !== undefined ? { next: encodeCursor(last) } : {}) };
}

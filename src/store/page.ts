import { type SelectQueryBuilder, type Simplify, sql } from 'kysely';
import { cursorOf, type ListPosition, positionOf } from './inspection-cursor.js';
import type { Tables } from './tables.js';

export interface PageAsk {
  limit: number;
  /** `next` of the page before. */
  cursor?: string;
}

/** One page of what a query finds, the newest first; `asc`: the oldest. */
export async function pageOf<TB extends keyof Tables, Row, Item extends ListPosition>(
  query: SelectQueryBuilder<Tables, TB, Row>,
  { limit, cursor }: PageAsk,
  itemOf: (row: Simplify<Row>) => Item,
  order: 'asc' | 'desc' = 'desc',
): Promise<{ items: Item[]; next?: string }> {
  let asked = query
    .orderBy(sql`created_at`, order)
    .orderBy(sql`id`, order)
    // One more tells whether anything follows.
    .limit(limit + 1);
  if (cursor !== undefined) {
    const { createdAt, id } = positionOf(cursor);
    asked = asked.where(
      order === 'desc'
        ? sql<boolean>`(created_at, id) < (${createdAt}, ${id})`
        : sql<boolean>`(created_at, id) > (${createdAt}, ${id})`,
    );
  }
  const rows = await asked.execute();
  const items = rows.slice(0, limit).map(itemOf);
  const last = items.at(-1);
  return { items, ...(rows.length > limit && last !== undefined ? { next: cursorOf(last) } : {}) };
}

import { type SelectQueryBuilder, type Simplify, sql } from 'kysely';
import { cursorOf, type ListPosition, positionOf } from './inspection-cursor.js';
import type { Tables } from './tables.js';

export interface PageAsk {
  limit: number;
  /** `next` of the page before. */
  cursor?: string;
}

/** One page of what a query finds, the newest first. */
export async function pageOf<TB extends keyof Tables, Row, Item extends ListPosition>(
  query: SelectQueryBuilder<Tables, TB, Row>,
  { limit, cursor }: PageAsk,
  itemOf: (row: Simplify<Row>) => Item,
): Promise<{ items: Item[]; next?: string }> {
  let asked = query
    .orderBy(sql`created_at`, 'desc')
    .orderBy(sql`id`, 'desc')
    // One more tells whether anything follows.
    .limit(limit + 1);
  if (cursor !== undefined) {
    const { createdAt, id } = positionOf(cursor);
    asked = asked.where(sql<boolean>`(created_at, id) < (${createdAt}, ${id})`);
  }
  const rows = await asked.execute();
  const items = rows.slice(0, limit).map(itemOf);
  const last = items.at(-1);
  return { items, ...(rows.length > limit && last !== undefined ? { next: cursorOf(last) } : {}) };
}

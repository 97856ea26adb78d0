import { randomUUID } from 'node:crypto';
import { EVENT_TYPES, type Event, type EventType, type NewEvent } from './events.js';
import type { Inside, Query } from './inside.js';

/** An outbox: whoever consumes an event deletes it in the transaction that takes over its work. */
export class KyselyEvents {
  readonly #query: Query;

  constructor({ query }: { query: Query }) {
    this.#query = query;
  }

  async emit(inside: Inside, { tenant, type, at, subject, data }: NewEvent): Promise<void> {
    await inside
      .insertInto('events')
      .values({ id: randomUUID(), tenant, type, at, subject, data: JSON.stringify(data) })
      .execute();
  }

  /** The oldest, locked where the database can, so that two consumers share the work. */
  async next(inside: Inside, limit: number): Promise<Event[]> {
    const oldest = inside.selectFrom('events').selectAll().orderBy('number').limit(limit);
    const rows = await oldest.forUpdate().skipLocked().execute();
    return rows.map((row) => ({ ...row, type: eventType(row.type), data: JSON.parse(row.data) }));
  }

  async consumed(inside: Inside, numbers: readonly number[]): Promise<void> {
    if (numbers.length === 0) return;
    await inside.deleteFrom('events').where('number', 'in', numbers).execute();
  }

  /** Those that nobody consumed. */
  async dropBefore(at: string): Promise<number> {
    const { numDeletedRows } = await this.#query
      .deleteFrom('events')
      .where('at', '<', at)
      .executeTakeFirstOrThrow();
    return Number(numDeletedRows);
  }
}

function eventType(text: string): EventType {
  const type = EVENT_TYPES.find((one) => one === text);
  if (type === undefined) throw new Error(`no such event: ${text}`);
  return type;
}

import { randomUUID } from 'node:crypto';
import type { QueryExecutor, StoreTransaction } from '../engine/transaction.js';
import { EVENT_TYPES, type Event, type EventType, type NewEvent } from './events.js';

/** Outbox of events: a consumer deletes an event in the transaction that takes over its work. */
export class EventRepository {
  readonly #query: QueryExecutor;

  constructor({ query }: { query: QueryExecutor }) {
    this.#query = query;
  }

  async emit(inside: StoreTransaction, { tenant, type, at, subject, data }: NewEvent): Promise<void> {
    await inside
      .insertInto('events')
      .values({ id: randomUUID(), tenant, type, at, subject, data: JSON.stringify(data) })
      .execute();
  }

  /** Returns the oldest events, locked if the database supports it, so that two consumers share the work. */
  async next(inside: StoreTransaction, limit: number): Promise<Event[]> {
    const oldest = inside.selectFrom('events').selectAll().orderBy('number').limit(limit);
    const rows = await oldest.forUpdate().skipLocked().execute();
    return rows.map((row) => ({ ...row, type: parseEventType(row.type), data: JSON.parse(row.data) }));
  }

  async deleteConsumed(inside: StoreTransaction, numbers: readonly number[]): Promise<void> {
    if (numbers.length === 0) return;
    await inside.deleteFrom('events').where('number', 'in', numbers).execute();
  }

  /** Deletes events that nobody consumed. */
  async deleteBefore(at: string): Promise<number> {
    const { numDeletedRows } = await this.#query
      .deleteFrom('events')
      .where('at', '<', at)
      .executeTakeFirstOrThrow();
    return Number(numDeletedRows);
  }
}

function parseEventType(text: string): EventType {
  const type = EVENT_TYPES.find((one) => one === text);
  if (type === undefined) throw new Error(`no such event: ${text}`);
  return type;
}

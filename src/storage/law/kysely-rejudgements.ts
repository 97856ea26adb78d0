import { type ExpressionBuilder, type Selectable, sql } from 'kysely';
import type { OutcomeChange } from '../../core/law/outcome-changes.js';
import { assertPrecondition } from '../engine/assert-precondition.js';
import { decodeCursor, encodeCursor } from '../engine/cursor.js';
import type { Database } from '../engine/database.js';
import { createLease } from '../engine/lease-owner.js';
import { type PageRequest, queryPage } from '../engine/page.js';
import type { Precondition } from '../engine/precondition.js';
import { isInspectionId } from '../engine/record-id.js';
import { StoreError } from '../engine/store-error.js';
import type { StoreTransaction } from '../engine/transaction.js';
import type { NewEvent } from '../events/events.js';
import type { EventRepository } from '../events/kysely-events.js';
import type { RejudgementsTable } from '../schema/rejudgement-tables.js';
import type { Tables } from '../schema/tables.js';
import {
  type ChangesPage,
  type ListedChange,
  type NewRejudgement,
  REJUDGEMENT_STATUSES,
  type Rejudgement,
  type RejudgementJob,
  type RejudgementPosition,
  type RejudgementStatus,
  type RejudgementStep,
  ZERO_COUNTS,
} from './rejudgements.js';

type Row = Selectable<RejudgementsTable>;

const OPEN: RejudgementStatus[] = ['queued', 'running'];
/** Maximum lease and delay: a later time was set before the clock was set back. */
const MAX_LEASE_MILLIS = 3_600_000;
const ROWS_AT_ONCE = 200;

export class RejudgementRepository {
  readonly #database: Pick<Database, 'query'>;
  readonly #events: EventRepository;

  constructor(database: Pick<Database, 'query'>, events: EventRepository) {
    this.#database = database;
    this.#events = events;
  }

  get #query() {
    return this.#database.query;
  }

  /** Creates a rejudgement. Returns false if the tenant has a queued or running one. */
  async create(news: NewRejudgement): Promise<boolean> {
    if (!isInspectionId(news.id)) throw new StoreError('store.bad-id');
    return this.#query.transaction().execute((inside) => insertRejudgement(inside, news));
  }

  async get(tenant: string, id: string): Promise<Rejudgement | undefined> {
    const row = await this.#query
      .selectFrom('rejudgements')
      .selectAll()
      .where((eb) => eb.and({ tenant, id }))
      .executeTakeFirst();
    return row && toRejudgement(row);
  }

  /** Returns a page, newest first. Rejects with `StoreError` `store.bad-cursor`. */
  async list(tenant: string, page: PageRequest): Promise<{ items: Rejudgement[]; next?: string }> {
    const query = this.#query.selectFrom('rejudgements').selectAll().where('tenant', '=', tenant);
    return queryPage(query, page, toRejudgement);
  }

  /** Deletes a rejudgement with its changes; a running one is aborted. `holds`: precondition, as in `KyselyInspections`. */
  async delete(tenant: string, id: string, holds?: Precondition<Rejudgement>): Promise<boolean> {
    return this.#query.transaction().execute(async (inside) => {
      const row = await inside
        .deleteFrom('rejudgements')
        .where((eb) => eb.and({ tenant, id }))
        .returningAll()
        .executeTakeFirst();
      if (row === undefined) return false;
      assertPrecondition(holds, toRejudgement(row));
      return true;
    });
  }

  /** Returns a page of changes, in the order of the Reports. Rejects with `StoreError` `store.bad-cursor`. */
  async changes(
    tenant: string,
    id: string,
    { limit, cursor, onlyNew = false }: PageRequest & { onlyNew?: boolean },
  ): Promise<ChangesPage> {
    const after = cursor === undefined ? undefined : decodeChangeCursor(cursor);
    let asked = this.#query
      .selectFrom('rejudged_reports')
      .selectAll()
      .where('tenant', '=', tenant)
      .where('rejudgement_id', '=', id)
      .orderBy('created_at')
      .orderBy('inspection_id')
      // Every report has at least one change; one more shows whether another page follows.
      .limit(limit + 1);
    if (onlyNew) asked = asked.where('new_findings', '>', 0);
    if (after !== undefined) {
      asked = asked.where(
        sql<boolean>`(created_at, inspection_id) >= (${after.position.createdAt}, ${after.position.id})`,
      );
    }
    const items: ListedChange[] = [];
    for (const row of await asked.execute()) {
      const all: OutcomeChange[] = JSON.parse(row.changes);
      const some = onlyNew ? all.filter((one) => one.is === 'new') : all;
      const position = { createdAt: row.created_at, id: row.inspection_id };
      const isSame = after !== undefined && encodeCursor(after.position) === encodeCursor(position);
      for (const [index, change] of some.entries()) {
        if (isSame && index < after.from) continue;
        if (items.length === limit) return { items, next: encodeChangeCursor({ position, from: index }) };
        items.push({
          inspection: row.inspection_id,
          ...change,
          asOf: row.as_of,
          ...(row.replaced_by === null ? {} : { replacedBy: row.replaced_by }),
        });
      }
    }
    return { items };
  }

  /** Deletes ended and expired rejudgements of all tenants. */
  async deleteExpired(now: string): Promise<void> {
    await this.#query
      .deleteFrom('rejudgements')
      .where('expires_at', '<=', now)
      .where('status', 'not in', OPEN)
      .execute();
  }

  /** Returns all tenants that have Reports. */
  async listTenants(): Promise<string[]> {
    const rows = await this.#query
      .selectFrom('inspections')
      .select('tenant')
      .distinct()
      .where('status', '=', 'done')
      .orderBy('tenant')
      .execute();
    return rows.map(({ tenant }) => tenant);
  }

  /**
   * Creates a rejudgement for each tenant with Reports whose last recorded law is a different one; concurrent calls
   * create only one each.
   */
  async createForLaw(
    law: string,
    newsOf: (tenant: string) => Omit<NewRejudgement, 'tenant'>,
  ): Promise<number> {
    let made = 0;
    for (const tenant of await this.listTenants()) {
      await this.#query.transaction().execute(async (inside) => {
        const { numInsertedOrUpdatedRows } = await inside
          .insertInto('rejudged_laws')
          .values({ tenant, law })
          .onConflict((conflict) =>
            conflict.column('tenant').doUpdateSet({ law }).where('rejudged_laws.law', '<>', law),
          )
          .executeTakeFirst();
        if (numInsertedOrUpdatedRows !== 1n) return;
        // An open rejudgement uses the law in force when it runs, and restarts if that changes.
        if (await insertRejudgement(inside, { ...newsOf(tenant), tenant })) made += 1;
      });
    }
    return made;
  }

  /** Leases the oldest rejudgement that is due. */
  async take(leaseMillis: number): Promise<RejudgementJob | undefined> {
    const free = await this.#free();
    if (free === undefined) return undefined;
    return this.#query.transaction().execute(async (inside) => {
      const row = await inside
        .selectFrom('rejudgements')
        .selectAll()
        .where('id', '=', free)
        .where('status', 'in', OPEN)
        .where(isFree)
        .forUpdate()
        .skipLocked()
        .executeTakeFirst();
      if (row === undefined) return undefined;
      const lease = createLease();
      await inside
        .updateTable('rejudgements')
        .set({ lease, leased_until: after(leaseMillis) })
        .where('id', '=', row.id)
        .execute();
      return toJob(row, lease);
    });
  }

  /** Searches outside a transaction, because usually there is none. */
  async #free(): Promise<string | undefined> {
    const row = await this.#query
      .selectFrom('rejudgements')
      .select('id')
      .where('status', 'in', OPEN)
      .where(isFree)
      // A longer delay was set before the clock was set back.
      .where((eb) =>
        eb.or([eb('available_at', '<=', now()), eb('available_at', '>', after(MAX_LEASE_MILLIS))]),
      )
      .orderBy('available_at')
      .orderBy('id')
      .limit(1)
      .executeTakeFirst();
    return row?.id;
  }

  /** Extends the lease. Returns false if it belongs to another process or to nobody. */
  async extend({ id, lease }: Pick<RejudgementJob, 'id' | 'lease'>, leaseMillis: number): Promise<boolean> {
    const { numUpdatedRows } = await this.#query
      .updateTable('rejudgements')
      .set({ leased_until: after(leaseMillis) })
      .where((eb) => eb.and({ id, lease }))
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  /** Returns the positions of the Reports that follow a position, in the order of creation. */
  async listFollowing(
    { tenant, ask, madeBefore }: Pick<RejudgementJob, 'tenant' | 'ask' | 'madeBefore'>,
    position: RejudgementPosition | undefined,
    limit: number,
  ): Promise<RejudgementPosition[]> {
    let asked = this.#query
      .selectFrom('inspections')
      .select(['created_at', 'id'])
      .where('tenant', '=', tenant)
      .where('status', '=', 'done')
      .where('created_at', '<', madeBefore)
      .orderBy('created_at')
      .orderBy('id')
      .limit(limit);
    if (ask.since !== undefined) asked = asked.where('created_at', '>=', ask.since);
    if (ask.until !== undefined) asked = asked.where('created_at', '<', ask.until);
    if (position !== undefined)
      asked = asked.where(sql<boolean>`(created_at, id) > (${position.createdAt}, ${position.id})`);
    const rows = await asked.execute();
    return rows.map(({ created_at: createdAt, id }) => ({ createdAt, id }));
  }

  /**
   * Starts the rejudgement, or restarts it if another law is in force than at its start. Returns false as `extend`
   * does.
   */
  async begin(
    { id, lease }: Pick<RejudgementJob, 'id' | 'lease'>,
    law: string,
    at: string,
  ): Promise<boolean> {
    return this.#query.transaction().execute(async (inside) => {
      const row = await inside
        .selectFrom('rejudgements')
        .select(['law', 'started_at'])
        .where((eb) => eb.and({ id, lease }))
        .forUpdate()
        .executeTakeFirst();
      if (row === undefined) return false;
      if (row.law === law) return true;
      await inside.deleteFrom('rejudged_reports').where('rejudgement_id', '=', id).execute();
      await inside
        .updateTable('rejudgements')
        .set({
          law,
          status: 'running',
          started_at: row.started_at ?? at,
          counts: JSON.stringify(ZERO_COUNTS),
          ...{ after_at: null, after_id: null },
          // Includes Reports that an earlier law replaced.
          ...(row.law === null ? {} : { made_before: at }),
        })
        .where('id', '=', id)
        .execute();
      return true;
    });
  }

  /** Stores a step. Returns false as `extend` does and then writes nothing. */
  async recordStep(
    { tenant, id, lease }: Pick<RejudgementJob, 'tenant' | 'id' | 'lease'>,
    { position, counts, reports }: RejudgementStep,
  ): Promise<boolean> {
    return this.#query.transaction().execute(async (inside) => {
      const { numUpdatedRows } = await inside
        .updateTable('rejudgements')
        .set({ after_at: position.createdAt, after_id: position.id, counts: JSON.stringify(counts) })
        .where((eb) => eb.and({ id, lease }))
        .executeTakeFirst();
      if (numUpdatedRows === 0n) return false;
      for (let first = 0; first < reports.length; first += ROWS_AT_ONCE) {
        const some = reports.slice(first, first + ROWS_AT_ONCE);
        // A report deleted meanwhile gets no row.
        const there = await inside
          .selectFrom('inspections')
          .select(['id', 'created_at'])
          .where('tenant', '=', tenant)
          .where(
            'id',
            'in',
            some.map(({ inspection }) => inspection),
          )
          .forUpdate()
          .execute();
        const rows = some.flatMap(({ inspection, asOf, changes, replacedBy }) => {
          const found = there.find((one) => one.id === inspection);
          if (found === undefined) return [];
          return [
            {
              tenant,
              rejudgement_id: id,
              created_at: found.created_at,
              inspection_id: inspection,
              as_of: asOf,
              replaced_by: replacedBy ?? null,
              new_findings: changes.filter(({ is }) => is === 'new').length,
              changes: JSON.stringify(changes),
            },
          ];
        });
        if (rows.length > 0) await inside.insertInto('rejudged_reports').values(rows).execute();
      }
      return true;
    });
  }

  /** Ends the rejudgement and publishes one event in the same transaction. */
  async end(
    { tenant, id, lease }: Pick<RejudgementJob, 'tenant' | 'id' | 'lease'>,
    { status, at, told }: { status: 'done' | 'failed'; at: string; told?: NewEvent['data'] },
  ): Promise<boolean> {
    return this.#query.transaction().execute(async (inside) => {
      const { numUpdatedRows } = await inside
        .updateTable('rejudgements')
        .set({ status, finished_at: at, lease: null, leased_until: null })
        .where((eb) => eb.and({ id, lease }))
        .executeTakeFirst();
      if (numUpdatedRows === 0n) return false;
      if (told !== undefined)
        await this.#events.emit(inside, { tenant, type: 'law.rejudged', at, subject: id, data: told });
      return true;
    });
  }

  async release(
    { id, lease }: Pick<RejudgementJob, 'id' | 'lease'>,
    afterMillis: number,
    how: 'counted' | 'uncounted',
  ): Promise<void> {
    await this.#query
      .updateTable('rejudgements')
      .set((eb) => ({
        lease: null,
        leased_until: null,
        available_at: after(afterMillis),
        ...(how === 'counted' ? { faults: eb('faults', '+', 1) } : {}),
      }))
      .where((eb) => eb.and({ id, lease }))
      .execute();
  }
}

/** A second open rejudgement of a tenant would do the same work; the unique index of open ones prevents it. */
async function insertRejudgement(
  inside: StoreTransaction,
  { id, tenant, createdAt, ask, expiresAt }: NewRejudgement,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await inside
    .insertInto('rejudgements')
    .values({
      id,
      tenant,
      created_at: createdAt,
      status: 'queued',
      ask: JSON.stringify(ask),
      counts: JSON.stringify(ZERO_COUNTS),
      law: null,
      made_before: createdAt,
      ...{ after_at: null, after_id: null, faults: 0, started_at: null, finished_at: null },
      available_at: createdAt,
      ...{ lease: null, leased_until: null },
      expires_at: expiresAt ?? null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

/** True if nobody holds the lease or its holder is silent. */
function isFree(eb: ExpressionBuilder<Tables, 'rejudgements'>) {
  return eb.or([
    eb('leased_until', 'is', null),
    eb('leased_until', '<=', now()),
    eb('leased_until', '>', after(MAX_LEASE_MILLIS)),
  ]);
}

function toRejudgement(row: Row): Rejudgement {
  const status = REJUDGEMENT_STATUSES.find((one) => one === row.status);
  if (status === undefined) throw new StoreError('store.corrupt');
  return {
    id: row.id,
    tenant: row.tenant,
    createdAt: row.created_at,
    status,
    ask: JSON.parse(row.ask),
    counts: JSON.parse(row.counts),
    ...(row.law === null ? {} : { law: row.law }),
    ...(row.started_at === null ? {} : { startedAt: row.started_at }),
    ...(row.finished_at === null ? {} : { finishedAt: row.finished_at }),
    ...(row.expires_at === null ? {} : { expiresAt: row.expires_at }),
  };
}

const toJob = (row: Row, lease: string): RejudgementJob => ({
  ...toRejudgement(row),
  lease,
  madeBefore: row.made_before,
  faults: row.faults,
  ...(row.after_at === null || row.after_id === null
    ? {}
    : { position: { createdAt: row.after_at, id: row.after_id } }),
});

/** Report, and the index of its next change. */
interface ChangePosition {
  position: RejudgementPosition;
  from: number;
}

const encodeChangeCursor = ({ position, from }: ChangePosition): string =>
  `${from}.${encodeCursor(position)}`;

function decodeChangeCursor(cursor: string): ChangePosition {
  const [, from, rest] = /^(\d{1,5})\.(.+)$/.exec(cursor) ?? [];
  if (from === undefined || rest === undefined) throw new StoreError('store.bad-cursor');
  return { position: decodeCursor(rest), from: Number(from) };
}

const now = (): string => new Date().toISOString();
const after = (millis: number): string => new Date(Date.now() + millis).toISOString();

import { type ExpressionBuilder, type Selectable, sql } from 'kysely';
import type { OutcomeChange } from '../core/law/outcome-changes.js';
import type { Database } from './database.js';
import type { NewEvent } from './events.js';
import type { Holds } from './holds.js';
import type { Inside } from './inside.js';
import { cursorOf, positionOf } from './inspection-cursor.js';
import { isInspectionId } from './inspection-id.js';
import { StoreError } from './inspections.js';
import type { KyselyEvents } from './kysely-events.js';
import { newLease } from './lease-owner.js';
import { type PageAsk, pageOf } from './page.js';
import type { RejudgementsTable } from './rejudgement-tables.js';
import {
  type ChangesPage,
  type ListedChange,
  type NewRejudgement,
  NOTHING_COUNTED,
  REJUDGEMENT_STATUSES,
  type Rejudgement,
  type RejudgementJob,
  type RejudgementPosition,
  type RejudgementStatus,
  type RejudgementStep,
} from './rejudgements.js';
import { assertHolds } from './still.js';
import type { Tables } from './tables.js';

type Row = Selectable<RejudgementsTable>;

const OPEN: RejudgementStatus[] = ['queued', 'running'];
/** None is given for longer: one that ends later was given before the clock was set back. */
const LONGEST_MILLIS = 3_600_000;
const ROWS_AT_ONCE = 200;

export class KyselyRejudgements {
  readonly #database: Pick<Database, 'query'>;
  readonly #events: KyselyEvents;

  constructor(database: Pick<Database, 'query'>, events: KyselyEvents) {
    this.#database = database;
    this.#events = events;
  }

  get #query() {
    return this.#database.query;
  }

  /** False where one of the tenant’s waits or runs already. */
  async create(news: NewRejudgement): Promise<boolean> {
    if (!isInspectionId(news.id)) throw new StoreError('store.bad-id');
    return this.#query.transaction().execute((inside) => createIn(inside, news));
  }

  async get(tenant: string, id: string): Promise<Rejudgement | undefined> {
    const row = await this.#query
      .selectFrom('rejudgements')
      .selectAll()
      .where((eb) => eb.and({ tenant, id }))
      .executeTakeFirst();
    return row && rejudgementOf(row);
  }

  /** The newest first. Rejects with a StoreError `store.bad-cursor`. */
  async list(tenant: string, page: PageAsk): Promise<{ items: Rejudgement[]; next?: string }> {
    const query = this.#query.selectFrom('rejudgements').selectAll().where('tenant', '=', tenant);
    return pageOf(query, page, rejudgementOf);
  }

  /** With its list; what runs is broken off. `holds`: as in kysely-inspections.ts. */
  async delete(tenant: string, id: string, holds?: Holds<Rejudgement>): Promise<boolean> {
    return this.#query.transaction().execute(async (inside) => {
      const row = await inside
        .deleteFrom('rejudgements')
        .where((eb) => eb.and({ tenant, id }))
        .returningAll()
        .executeTakeFirst();
      if (row === undefined) return false;
      assertHolds(holds, rejudgementOf(row));
      return true;
    });
  }

  /** In the order of the Reports. Rejects with a StoreError `store.bad-cursor`. */
  async changes(
    tenant: string,
    id: string,
    { limit, cursor, onlyNew = false }: PageAsk & { onlyNew?: boolean },
  ): Promise<ChangesPage> {
    const after = cursor === undefined ? undefined : changePositionOf(cursor);
    let asked = this.#query
      .selectFrom('rejudged_reports')
      .selectAll()
      .where('tenant', '=', tenant)
      .where('rejudgement_id', '=', id)
      .orderBy('created_at')
      .orderBy('inspection_id')
      // Each has one change at least; one more tells whether anything follows.
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
      const isSame = after !== undefined && cursorOf(after.position) === cursorOf(position);
      for (const [index, change] of some.entries()) {
        if (isSame && index < after.from) continue;
        if (items.length === limit) return { items, next: changeCursorOf({ position, from: index }) };
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

  /** Of all tenants: what has ended and is past its day. */
  async dropExpired(now: string): Promise<void> {
    await this.#query
      .deleteFrom('rejudgements')
      .where('expires_at', '<=', now)
      .where('status', 'not in', OPEN)
      .execute();
  }

  /** All who have Reports. */
  async tenants(): Promise<string[]> {
    const rows = await this.#query
      .selectFrom('inspections')
      .select('tenant')
      .distinct()
      .where('status', '=', 'done')
      .orderBy('tenant')
      .execute();
    return rows.map(({ tenant }) => tenant);
  }

  /** One for each tenant that has Reports and for whom this law was not the last that was noted; however many say so at once. */
  async createForLaw(
    law: string,
    newsOf: (tenant: string) => Omit<NewRejudgement, 'tenant'>,
  ): Promise<number> {
    let made = 0;
    for (const tenant of await this.tenants()) {
      await this.#query.transaction().execute(async (inside) => {
        const { numInsertedOrUpdatedRows } = await inside
          .insertInto('rejudged_laws')
          .values({ tenant, law })
          .onConflict((conflict) =>
            conflict.column('tenant').doUpdateSet({ law }).where('rejudged_laws.law', '<>', law),
          )
          .executeTakeFirst();
        if (numInsertedOrUpdatedRows !== 1n) return;
        // One that is open is asked of the law that is in force when it runs, and begins anew where that changes.
        if (await createIn(inside, { ...newsOf(tenant), tenant })) made += 1;
      });
    }
    return made;
  }

  /** The oldest whose turn it is, leased for so long. */
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
      const lease = newLease();
      await inside
        .updateTable('rejudgements')
        .set({ lease, leased_until: after(leaseMillis) })
        .where('id', '=', row.id)
        .execute();
      return jobOf(row, lease);
    });
  }

  /** Looked for outside of a transaction: most of the time there is none. */
  async #free(): Promise<string | undefined> {
    const row = await this.#query
      .selectFrom('rejudgements')
      .select('id')
      .where('status', 'in', OPEN)
      .where(isFree)
      // One that is put off for longer was so before the clock was set back.
      .where((eb) => eb.or([eb('available_at', '<=', now()), eb('available_at', '>', after(LONGEST_MILLIS))]))
      .orderBy('available_at')
      .orderBy('id')
      .limit(1)
      .executeTakeFirst();
    return row?.id;
  }

  /** False where it is another’s by now, or nobody’s. */
  async extend({ id, lease }: Pick<RejudgementJob, 'id' | 'lease'>, leaseMillis: number): Promise<boolean> {
    const { numUpdatedRows } = await this.#query
      .updateTable('rejudgements')
      .set({ leased_until: after(leaseMillis) })
      .where((eb) => eb.and({ id, lease }))
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  /** Ids of the Reports that follow a position, in the order in which they were made. */
  async following(
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

  /** Begins, or begins anew where other law is in force than the one it was begun with. False: as `extend`. */
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
          counts: JSON.stringify(NOTHING_COUNTED),
          ...{ after_at: null, after_id: null },
          // What an earlier law has put in place of others is asked too.
          ...(row.law === null ? {} : { made_before: at }),
        })
        .where('id', '=', id)
        .execute();
      return true;
    });
  }

  /** False: as `extend`; nothing is written then. */
  async note(
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
        // Deleted meanwhile, a report leaves no row.
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

  /** Told once, in the same transaction. */
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

/** Where a tenant has one that waits or runs, a second would ask the same of the same: the index of those that are open takes no two. */
async function createIn(
  inside: Inside,
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
      counts: JSON.stringify(NOTHING_COUNTED),
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

/** Nobody has it, or whoever had it is silent. */
function isFree(eb: ExpressionBuilder<Tables, 'rejudgements'>) {
  return eb.or([
    eb('leased_until', 'is', null),
    eb('leased_until', '<=', now()),
    eb('leased_until', '>', after(LONGEST_MILLIS)),
  ]);
}

function rejudgementOf(row: Row): Rejudgement {
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

const jobOf = (row: Row, lease: string): RejudgementJob => ({
  ...rejudgementOf(row),
  lease,
  madeBefore: row.made_before,
  faults: row.faults,
  ...(row.after_at === null || row.after_id === null
    ? {}
    : { position: { createdAt: row.after_at, id: row.after_id } }),
});

/** A report, and which of its changes comes next. */
interface ChangePosition {
  position: RejudgementPosition;
  from: number;
}

const changeCursorOf = ({ position, from }: ChangePosition): string => `${from}.${cursorOf(position)}`;

function changePositionOf(cursor: string): ChangePosition {
  const [, from, rest] = /^(\d{1,5})\.(.+)$/.exec(cursor) ?? [];
  if (from === undefined || rest === undefined) throw new StoreError('store.bad-cursor');
  return { position: positionOf(rest), from: Number(from) };
}

const now = (): string => new Date().toISOString();
const after = (millis: number): string => new Date(Date.now() + millis).toISOString();

import type { Batch, BatchItem, BatchPage, NewBatch } from './batches.js';
import type { Database } from './database.js';
import type { Holds } from './holds.js';
import { isInspectionId } from './inspection-id.js';
import { recordOf } from './inspection-rows.js';
import { StoreError } from './inspections.js';
import type { KyselyInspections } from './kysely-inspections.js';
import { type PageAsk, pageOf } from './page.js';
import { assertHolds } from './still.js';
import type { BatchesTable } from './tables.js';

export class KyselyBatches {
  readonly #database: Database;
  readonly #inspections: KyselyInspections;

  constructor(database: Database, inspections: KyselyInspections) {
    this.#database = database;
    this.#inspections = inspections;
  }

  get #query() {
    return this.#database.query;
  }

  /** With all of its inspections and their jobs, and without its uploads, in one transaction. */
  async create({ inspections, uploads, ...batch }: NewBatch): Promise<void> {
    if (!isInspectionId(batch.id)) throw new StoreError('store.bad-id');
    const { id, tenant, createdAt, caseRef, tags, expiresAt } = batch;
    await this.#query.transaction().execute(async (inside) => {
      await inside
        .insertInto('batches')
        .values({
          id,
          tenant,
          created_at: createdAt,
          total: inspections.length,
          open: inspections.length,
          case_ref: caseRef ?? null,
          tags: JSON.stringify(tags),
          cancelled_at: null,
          finished_at: null,
          expires_at: expiresAt ?? null,
        })
        .execute();
      await this.#inspections.create(inspections, inside);
      if (uploads.length > 0) {
        await inside
          .deleteFrom('uploads')
          .where('tenant', '=', tenant)
          .where('id', 'in', [...uploads])
          .execute();
      }
    });
  }

  async get(tenant: string, id: string): Promise<Batch | undefined> {
    const row = await this.#query
      .selectFrom('batches')
      .selectAll()
      .where((eb) => eb.and({ tenant, id }))
      .executeTakeFirst();
    return row && batchOf(row);
  }

  /** Newest first. Rejects with a StoreError `store.bad-cursor`. */
  async list(tenant: string, page: PageAsk): Promise<BatchPage> {
    const query = this.#query.selectFrom('batches').selectAll().where('tenant', '=', tenant);
    return pageOf(query, page, batchOf);
  }

  /** What follows `after`, so many at most, in the order of the items; with the Reports that there are. */
  async items(tenant: string, id: string, after: number, limit: number): Promise<BatchItem[]> {
    const rows = await this.#query
      .selectFrom('inspections')
      .leftJoin('inspection_reports', 'inspection_reports.inspection_id', 'inspections.id')
      .selectAll('inspections')
      .select('inspection_reports.report')
      .where('tenant', '=', tenant)
      .where('batch_id', '=', id)
      .where('batch_item', '>', after)
      .orderBy('batch_item')
      .limit(limit)
      .execute();
    return rows.map((row) => ({ item: row.batch_item ?? 0, record: recordOf(row, row.report) }));
  }

  /**
   * None of its items is begun any more, and those that run leave nothing. Their ids, whose uploads may go. `holds`: as in
   * kysely-inspections.ts.
   */
  async cancel(tenant: string, id: string, at: string, holds?: Holds<Batch>): Promise<string[] | undefined> {
    const said = await this.#query.transaction().execute(async (inside) => {
      const row = await inside
        .selectFrom('batches')
        .selectAll()
        .where((eb) => eb.and({ tenant, id }))
        .forUpdate()
        .executeTakeFirst();
      if (row === undefined) return false;
      assertHolds(holds, batchOf(row));
      // Said first: those that end meanwhile end a batch that was cancelled.
      if (row.finished_at === null && row.cancelled_at === null) {
        await inside.updateTable('batches').set({ cancelled_at: at }).where('id', '=', id).execute();
      }
      return true;
    });
    return said ? this.#inspections.cancelBatch(tenant, id, at) : undefined;
  }

  /** The batch alone; its inspections are deleted one by one. */
  async delete(tenant: string, id: string): Promise<boolean> {
    const { numDeletedRows } = await this.#query
      .deleteFrom('batches')
      .where((eb) => eb.and({ tenant, id }))
      .executeTakeFirst();
    return numDeletedRows > 0n;
  }

  /** Of all tenants: what is past its day. Their inspections have days of their own. */
  async dropExpired(now: string): Promise<void> {
    await this.#query
      .deleteFrom('batches')
      .where('expires_at', '<=', now)
      .where('finished_at', 'is not', null)
      .execute();
  }
}

function batchOf(row: BatchesTable): Batch {
  return {
    id: row.id,
    tenant: row.tenant,
    createdAt: row.created_at,
    total: row.total,
    tags: JSON.parse(row.tags),
    ...(row.case_ref === null ? {} : { caseRef: row.case_ref }),
    ...(row.cancelled_at === null ? {} : { cancelledAt: row.cancelled_at }),
    ...(row.finished_at === null ? {} : { finishedAt: row.finished_at }),
    ...(row.expires_at === null ? {} : { expiresAt: row.expires_at }),
  };
}

import { assertPrecondition } from '../engine/assert-precondition.js';
import type { Database } from '../engine/database.js';
import { type PageRequest, queryPage } from '../engine/page.js';
import type { Precondition } from '../engine/precondition.js';
import { isInspectionId } from '../engine/record-id.js';
import { StoreError } from '../engine/store-error.js';
import type { BatchesTable } from '../schema/tables.js';
import type { Batch, BatchItem, BatchPage, NewBatch } from './batches.js';
import { toRecord } from './inspection-rows.js';
import type { InspectionRepository } from './kysely-inspections.js';

export class BatchRepository {
  readonly #database: Database;
  readonly #inspections: InspectionRepository;

  constructor(database: Database, inspections: InspectionRepository) {
    this.#database = database;
    this.#inspections = inspections;
  }

  get #query() {
    return this.#database.query;
  }

  /** Creates a batch with its inspections and their jobs, and deletes its uploads, in one transaction. */
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
    return row && toBatch(row);
  }

  /** Returns a page, newest first. Rejects with `StoreError` `store.bad-cursor`. */
  async list(tenant: string, page: PageRequest): Promise<BatchPage> {
    const query = this.#query.selectFrom('batches').selectAll().where('tenant', '=', tenant);
    return queryPage(query, page, toBatch);
  }

  /** Returns up to `limit` items after `after`, in item order, with their Reports if they exist. */
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
    return rows.map((row) => ({ item: row.batch_item ?? 0, record: toRecord(row, row.report) }));
  }

  /**
   * Cancels the batch: no item is started any more, and running ones leave no result. Returns the ids whose uploads may
   * be deleted. `holds`: precondition, as in `KyselyInspections`.
   */
  async cancel(
    tenant: string,
    id: string,
    at: string,
    holds?: Precondition<Batch>,
  ): Promise<string[] | undefined> {
    const said = await this.#query.transaction().execute(async (inside) => {
      const row = await inside
        .selectFrom('batches')
        .selectAll()
        .where((eb) => eb.and({ tenant, id }))
        .forUpdate()
        .executeTakeFirst();
      if (row === undefined) return false;
      assertPrecondition(holds, toBatch(row));
      // Marks the batch first, so that items ending meanwhile end a cancelled batch.
      if (row.finished_at === null && row.cancelled_at === null) {
        await inside.updateTable('batches').set({ cancelled_at: at }).where('id', '=', id).execute();
      }
      return true;
    });
    return said ? this.#inspections.cancelBatch(tenant, id, at) : undefined;
  }

  /** Deletes only the batch; its inspections are deleted one by one. */
  async delete(tenant: string, id: string): Promise<boolean> {
    const { numDeletedRows } = await this.#query
      .deleteFrom('batches')
      .where((eb) => eb.and({ tenant, id }))
      .executeTakeFirst();
    return numDeletedRows > 0n;
  }

  /** Deletes expired batches of all tenants. Their inspections have their own expiry. */
  async deleteExpired(now: string): Promise<void> {
    await this.#query
      .deleteFrom('batches')
      .where('expires_at', '<=', now)
      .where('finished_at', 'is not', null)
      .execute();
  }
}

function toBatch(row: BatchesTable): Batch {
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

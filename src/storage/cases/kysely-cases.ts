import { asRecord } from '../../base/json-shape.js';
import { assertPrecondition } from '../engine/assert-precondition.js';
import { encodeCursor } from '../engine/cursor.js';
import type { Database } from '../engine/database.js';
import { queryPage } from '../engine/page.js';
import type { Precondition } from '../engine/precondition.js';
import { isInspectionId, newInspectionId } from '../engine/record-id.js';
import { StoreError } from '../engine/store-error.js';
import type { QueryExecutor, StoreTransaction } from '../engine/transaction.js';
import { type AuditEvents, actorMembers } from '../inspections/audit-events.js';
import { CASE_BOUNDS, type ChangeOrigin } from '../inspections/case-bounds.js';
import {
  type CasedInspection,
  type CaseItemRow,
  CaseLinks,
  itemRow,
  newCaseRow,
} from '../inspections/case-rows.js';
import type { CasesTable } from '../schema/case-tables.js';
import { validateCaseContent, validateName } from './case-checks.js';
import {
  CASE_ITEM_KINDS,
  CaseError,
  type CaseItem,
  type CaseItemKind,
  type CasePage,
  type CasePatch,
  type NewCaseItem,
  type StoredCase,
  WRITTEN_KINDS,
} from './cases.js';

/** Stores cases. Methods reject with `CaseError`. */
export class CaseRepository {
  readonly #database: Pick<Database, 'query'>;
  readonly #log: AuditEvents;
  readonly #cases: CaseLinks;

  constructor(database: Pick<Database, 'query'>, log: AuditEvents) {
    this.#database = database;
    this.#log = log;
    this.#cases = new CaseLinks(log);
  }

  /** Appends an audit event, in the transaction of the change. */
  #tell(
    inside: StoreTransaction,
    tenant: string,
    subject: string,
    action: string,
    { at, by }: ChangeOrigin,
    facts = {},
  ) {
    return this.#log.append(inside, { tenant, at, action, subject, ...actorMembers(by), facts });
  }

  get #query() {
    return this.#database.query;
  }

  #inside<T>(work: (inside: StoreTransaction) => Promise<T>): Promise<T> {
    return this.#query.transaction().execute(work);
  }

  /** Creates a case; its name is also its `caseRef`. `id`: a new id that the caller needs to know in advance. */
  async create(
    tenant: string,
    name: string,
    made: ChangeOrigin,
    id: string = newInspectionId(),
  ): Promise<StoredCase> {
    const row = { ...newCaseRow(tenant, validateName(name).trim(), made), id, by_word: 0 };
    await this.#inside(async (inside) => {
      const { number } = await inside
        .selectFrom('cases')
        .select((eb) => eb.fn.countAll<number>().as('number'))
        .where((eb) => eb.and({ tenant, by_word: 0 }))
        .executeTakeFirstOrThrow();
      if (Number(number) >= CASE_BOUNDS.cases) throw new CaseError('case.full');
      const { numInsertedOrUpdatedRows } = await inside
        .insertInto('cases')
        .values(row)
        .onConflict((conflict) => conflict.columns(['tenant', 'ref']).doNothing())
        .executeTakeFirstOrThrow();
      if (numInsertedOrUpdatedRows !== 1n) throw new CaseError('case.there');
      await this.#tell(inside, tenant, row.id, 'case.created', made);
    });
    return toCase(row, undefined);
  }

  /** Returns a page, newest first. Rejects with `StoreError` `store.bad-cursor`. */
  async list(
    tenant: string,
    { open, ...page }: { limit: number; cursor?: string; open?: boolean },
  ): Promise<CasePage<StoredCase>> {
    let query = this.#query.selectFrom('cases').selectAll().where('tenant', '=', tenant);
    if (open !== undefined) query = query.where('closed_at', open ? 'is' : 'is not', null);
    const { items: rows, next } = await queryPage(query, page, (row) => ({
      ...row,
      createdAt: row.created_at,
    }));
    return { items: await withCounts(this.#query, tenant, rows), ...(next === undefined ? {} : { next }) };
  }

  async get(tenant: string, id: string): Promise<StoredCase | undefined> {
    if (!isInspectionId(id)) return undefined;
    return this.#one(this.#query, tenant, { id });
  }

  /** Returns the case with this exact `caseRef`. */
  async findByRef(tenant: string, ref: string): Promise<StoredCase | undefined> {
    return this.#one(this.#query, tenant, { ref });
  }

  async #one(
    query: QueryExecutor,
    tenant: string,
    which: { id: string } | { ref: string },
  ): Promise<StoredCase | undefined> {
    const row = await query
      .selectFrom('cases')
      .selectAll()
      .where((eb) => eb.and({ tenant, ...which }))
      .executeTakeFirst();
    return row && (await withCounts(query, tenant, [row]))[0];
  }

  /**
   * `holds` is checked against the current case in the same transaction; if it returns false, nothing changes and the
   * call rejects (`store.changed`).
   */
  async patch(
    tenant: string,
    id: string,
    { name, closed }: CasePatch,
    changed: ChangeOrigin,
    holds?: Precondition<StoredCase>,
  ): Promise<StoredCase | undefined> {
    const { at, by } = changed;
    const called = name === undefined ? undefined : validateName(name).trim();
    return this.#inside(async (inside) => {
      const row = await lockCase(inside, tenant, id);
      if (row === undefined) return undefined;
      assertPrecondition(holds, toCase(row, undefined));
      const isClosed = row.closed_at !== null;
      const deeds = [
        ...(called === undefined || called === row.name ? [] : ['case.renamed']),
        ...(closed === undefined || closed === isClosed ? [] : [closed ? 'case.closed' : 'case.reopened']),
      ];
      // The case already has these values, so nothing changed.
      if (deeds.length === 0) return this.#one(inside, tenant, { id });
      await inside
        .updateTable('cases')
        .set({
          ...(called === undefined ? {} : { name: called }),
          ...(closed === true && !isClosed ? { closed_at: at, closed_by: by?.who ?? null } : {}),
          ...(closed === false ? { closed_at: null, closed_by: null } : {}),
          ...{ changed_at: at, by_word: 0 },
        })
        .where('id', '=', id)
        .execute();
      for (const deed of deeds) await this.#tell(inside, tenant, id, deed, changed);
      return this.#one(inside, tenant, { id });
    });
  }

  /** Deletes a case with all items written in it. Its inspections stay, without a case. Returns false if there is none. */
  async delete(
    tenant: string,
    id: string,
    deleted: ChangeOrigin,
    holds?: Precondition<StoredCase>,
  ): Promise<boolean> {
    return this.#inside(async (inside) => {
      const row = await lockCase(inside, tenant, id);
      if (row === undefined) return false;
      assertPrecondition(holds, toCase(row, undefined));
      await inside
        .updateTable('inspections')
        .set({ case_ref: null, case_at: null, case_by: null })
        .where((eb) => eb.and({ tenant, case_ref: row.ref }))
        .execute();
      await inside
        .updateTable('batches')
        .set({ case_ref: null })
        .where((eb) => eb.and({ tenant, case_ref: row.ref }))
        .execute();
      // Written items are deleted with it (on delete cascade).
      await inside.deleteFrom('cases').where('id', '=', id).execute();
      await this.#tell(inside, tenant, id, 'case.deleted', deleted);
      return true;
    });
  }

  /** Returns a page of items; `undefined` if there is no such case. `kinds` restricts the items to those kinds. */
  async items(
    tenant: string,
    id: string,
    { kinds = CASE_ITEM_KINDS, ...page }: { limit: number; cursor?: string; kinds?: readonly CaseItemKind[] },
  ): Promise<CasePage<CaseItem> | undefined> {
    if (!isInspectionId(id)) return undefined;
    const row = await this.#query
      .selectFrom('cases')
      .select('ref')
      .where((eb) => eb.and({ tenant, id }))
      .executeTakeFirst();
    if (row === undefined) return undefined;
    if (kinds.length === 0) return { items: [] };
    const written = this.#query
      .selectFrom('case_items')
      .selectAll()
      .where('case_id', '=', id)
      .where('kind', 'in', [...kinds]);
    const pages = [await queryPage(written, page, toItem)];
    if (kinds.includes('inspection')) {
      const there = this.#query
        .selectFrom('inspections')
        .select(['id', 'tenant', 'created_at', 'case_ref', 'case_at', 'case_by'])
        .where((eb) => eb.and({ tenant, case_ref: row.ref }));
      pages.push(await queryPage(there, page, toInspectionItem));
    }
    const all = pages.flatMap(({ items }) => items).sort(compareNewestFirst);
    const items = all.slice(0, page.limit);
    const last = items.at(-1);
    const more = all.length > items.length || pages.some(({ next }) => next !== undefined);
    return { items, ...(more && last !== undefined ? { next: encodeCursor(last) } : {}) };
  }

  /** Returns up to `limit` former inspections, newest first; none if there is no such case. */
  async listFormer(tenant: string, id: string, limit: number): Promise<CaseItem[]> {
    const rows = await this.#query
      .selectFrom('case_items')
      .selectAll()
      .where((eb) => eb.and({ tenant, case_id: id, kind: 'inspection' }))
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit)
      .execute();
    return rows.map(toItem);
  }

  /** Returns an existing item; an inspection has its own id. `undefined` if it does not exist any more. */
  async item(tenant: string, id: string, item: string): Promise<CaseItem | undefined> {
    if (!isInspectionId(id) || !isInspectionId(item)) return undefined;
    const found = await this.#query
      .selectFrom('cases')
      .select('ref')
      .where((eb) => eb.and({ tenant, id }))
      .executeTakeFirst();
    return found && findItem(this.#query, { tenant, id, ref: found.ref }, item);
  }

  /**
   * Adds an item. An inspection is in one case at a time and leaves its former one. Returns `undefined` if there is no
   * such case. `itemId`: a new id that the caller needs to know in advance; an inspection keeps its own.
   */
  async add(
    tenant: string,
    id: string,
    { kind, inspection, other, ...words }: NewCaseItem,
    added: ChangeOrigin,
    itemId: string = newInspectionId(),
  ): Promise<CaseItem | undefined> {
    if (!isInspectionId(id)) return undefined;
    const content = validateCaseContent(words);
    const { at, by } = added;
    return this.#inside(async (inside) => {
      const found = await inside
        .selectFrom('cases')
        .select('ref')
        .where((eb) => eb.and({ tenant, id }))
        .executeTakeFirst();
      if (found === undefined) return undefined;
      if (kind === 'inspection') return this.#put(inside, tenant, found.ref, inspection ?? '', added);
      const row = await lockCase(inside, tenant, id);
      if (row === undefined) return undefined;
      await assertHasRoom(inside, id);
      const item = itemRow({
        ...{ id: itemId, case_id: id, tenant, kind, created_at: at, at, by: by?.who ?? null },
        ...{ inspection: inspection ?? null, other: other ?? null, content: JSON.stringify(content) },
      });
      await inside.insertInto('case_items').values(item).execute();
      await this.#tell(inside, tenant, id, 'case.item.added', added, { item: item.id, kind });
      await inside.updateTable('cases').set({ changed_at: at, by_word: 0 }).where('id', '=', id).execute();
      return toItem(item);
    });
  }

  async #put(
    inside: StoreTransaction,
    tenant: string,
    ref: string,
    inspection: string,
    added: ChangeOrigin,
  ): Promise<CaseItem> {
    if (!isInspectionId(inspection)) throw new CaseError('case.no-inspection', 'inspection');
    await this.#cases.lockCases(inside, { tenant, id: inspection }, ref, added);
    const row = await lockInspection(inside, tenant, inspection);
    if (row === undefined) throw new CaseError('case.no-inspection', 'inspection');
    await this.#cases.move(inside, row, ref, added);
    await inside
      .updateTable('cases')
      .set({ by_word: 0 })
      .where((eb) => eb.and({ tenant, ref }))
      .execute();
    const now = await lockInspection(inside, tenant, inspection);
    return toInspectionItem(now ?? row);
  }

  /**
   * Removes an item; an inspection by its own id. Records by whom and when. Returns false if it does not exist any
   * more. `holds`: see `patch`.
   */
  async remove(
    tenant: string,
    id: string,
    item: string,
    removed: ChangeOrigin,
    holds?: Precondition<CaseItem>,
  ): Promise<boolean> {
    if (!isInspectionId(id) || !isInspectionId(item)) return false;
    const { at, by } = removed;
    return this.#inside(async (inside) => {
      const row = await lockCase(inside, tenant, id);
      if (row === undefined) return false;
      if (holds !== undefined) {
        const before = await findItem(inside, { tenant, id, ref: row.ref }, item);
        if (before === undefined) return false;
        assertPrecondition(holds, before);
      }
      const { numUpdatedRows } = await inside
        .updateTable('case_items')
        .set({ content: null, removed_at: at, removed_by: by?.who ?? null })
        .where((eb) => eb.and({ case_id: id, id: item }))
        .where('removed_at', 'is', null)
        .where('kind', 'in', [...WRITTEN_KINDS])
        .executeTakeFirst();
      if (numUpdatedRows > 0n) {
        await this.#tell(inside, tenant, id, 'case.item.removed', removed, { item });
        await inside.updateTable('cases').set({ changed_at: at }).where('id', '=', id).execute();
        return true;
      }
      const inspection = await lockInspection(inside, tenant, item);
      if (inspection === undefined || inspection.case_ref !== row.ref) return false;
      await inside.updateTable('cases').set({ by_word: 0 }).where('id', '=', id).execute();
      await this.#cases.move(inside, inspection, null, removed);
      return true;
    });
  }
}

async function findItem(
  query: QueryExecutor,
  { tenant, id, ref }: { tenant: string; id: string; ref: string },
  item: string,
): Promise<CaseItem | undefined> {
  const written = await query
    .selectFrom('case_items')
    .selectAll()
    .where((eb) => eb.and({ case_id: id, id: item }))
    .where('content', 'is not', null)
    .where('kind', 'in', [...WRITTEN_KINDS])
    .executeTakeFirst();
  if (written !== undefined) return toItem(written);
  const there = await query
    .selectFrom('inspections')
    .select(['id', 'tenant', 'created_at', 'case_ref', 'case_at', 'case_by'])
    .where((eb) => eb.and({ tenant, id: item, case_ref: ref }))
    .executeTakeFirst();
  return there && toInspectionItem(there);
}

async function lockCase(inside: StoreTransaction, tenant: string, id: string) {
  if (!isInspectionId(id)) return undefined;
  return inside
    .selectFrom('cases')
    .selectAll()
    .where((eb) => eb.and({ tenant, id }))
    .forUpdate()
    .executeTakeFirst();
}

const lockInspection = (
  inside: StoreTransaction,
  tenant: string,
  id: string,
): Promise<CasedInspection | undefined> =>
  inside
    .selectFrom('inspections')
    .select(['id', 'tenant', 'created_at', 'case_ref', 'case_at', 'case_by'])
    .where((eb) => eb.and({ tenant, id }))
    .forUpdate()
    .executeTakeFirst();

/** The case is locked, so that concurrent additions are counted one after the other. */
async function assertHasRoom(inside: StoreTransaction, id: string): Promise<void> {
  const { rows, there } = await inside
    .selectFrom('case_items')
    .select((eb) => [eb.fn.countAll<number>().as('rows'), eb.fn.count<number>('content').as('there')])
    .where('case_id', '=', id)
    .where('kind', 'in', [...WRITTEN_KINDS])
    .executeTakeFirstOrThrow();
  if (Number(there) >= CASE_BOUNDS.items || Number(rows) >= CASE_BOUNDS.rows)
    throw new CaseError('case.full');
}

/** Returns the cases with their item counts, read once for the whole page. */
async function withCounts(
  query: QueryExecutor,
  tenant: string,
  rows: readonly CasesTable[],
): Promise<StoredCase[]> {
  if (rows.length === 0) return [];
  const written = await query
    .selectFrom('case_items')
    .select(['case_id', 'kind', (eb) => eb.fn.count<number>('content').as('number')])
    .where(
      'case_id',
      'in',
      rows.map(({ id }) => id),
    )
    .groupBy(['case_id', 'kind'])
    .execute();
  const inspections = await query
    .selectFrom('inspections')
    .select([
      'case_ref',
      (eb) => eb.fn.countAll<number>().as('number'),
      (eb) => eb.fn.max('created_at').as('newest'),
    ])
    .where('tenant', '=', tenant)
    .where(
      'case_ref',
      'in',
      rows.map(({ ref }) => ref),
    )
    .groupBy('case_ref')
    .execute();
  return rows.map((row) => {
    const found = inspections.find(({ case_ref }) => case_ref === row.ref);
    const numbers = written.filter(({ case_id }) => case_id === row.id);
    return toCase(row, { inspections: Number(found?.number ?? 0), newest: found?.newest, written: numbers });
  });
}

interface CaseCounts {
  inspections: number;
  newest: string | undefined;
  written: readonly { kind: string; number: number | string | bigint }[];
}

function toCase(row: CasesTable, counts: CaseCounts | undefined): StoredCase {
  const number = (kind: CaseItemKind) =>
    Number(counts?.written.find((one) => one.kind === kind)?.number ?? 0);
  const { newest = '' } = counts ?? {};
  return {
    ...{ id: row.id, tenant: row.tenant, caseRef: row.ref, name: row.name, createdAt: row.created_at },
    ...(row.created_by === null ? {} : { createdBy: row.created_by }),
    changedAt: latest(newest, row.changed_at),
    ...(row.closed_at === null ? {} : { closedAt: row.closed_at }),
    ...(row.closed_by === null ? {} : { closedBy: row.closed_by }),
    counts: {
      inspection: counts?.inspections ?? 0,
      ...{ note: number('note'), link: number('link') },
      ...{ match: number('match'), finding: number('finding') },
    },
    former: row.former,
  };
}

const latest = (one: string, other: string): string => [one, other].sort().at(-1) ?? other;

function toInspectionItem(row: CasedInspection): CaseItem {
  return {
    ...{ id: row.id, kind: 'inspection', createdAt: row.created_at, at: row.case_at ?? row.created_at },
    ...(row.case_by === null ? {} : { by: row.case_by }),
    inspection: row.id,
  };
}

function toItem(row: CaseItemRow): CaseItem {
  const kind = CASE_ITEM_KINDS.find((one) => one === row.kind);
  const content = row.content === null ? {} : asRecord(JSON.parse(row.content));
  if (kind === undefined || content === undefined) throw new StoreError('store.corrupt');
  const reason = row.gone_how === 'expired' ? 'expired' : 'deleted';
  return {
    ...{ id: row.id, kind, createdAt: row.created_at, at: row.at },
    ...(row.by === null ? {} : { by: row.by }),
    ...(row.inspection === null ? {} : { inspection: row.inspection }),
    ...(row.other === null ? {} : { other: row.other }),
    ...content,
    ...(row.removed_at === null
      ? {}
      : { removed: { at: row.removed_at, ...(row.removed_by === null ? {} : { by: row.removed_by }) } }),
    ...(row.gone_at === null ? {} : { gone: { at: row.gone_at, reason } }),
  };
}

/** Same order as in pages of a single table. */
const compareNewestFirst = (one: CaseItem, other: CaseItem): number =>
  one.createdAt === other.createdAt ? (one.id < other.id ? 1 : -1) : one.createdAt < other.createdAt ? 1 : -1;

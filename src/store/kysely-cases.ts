import { asRecord } from '../core/ground/json-shape.js';
import { checkedName, checkedWords } from './case-checks.js';
import { type CaseItemRow, type InCase, InCases, itemRow, newCaseRow } from './case-rows.js';
import type { CasesTable } from './case-tables.js';
import {
  type ByWhom,
  CASE_BOUNDS,
  CASE_ITEM_KINDS,
  CaseError,
  type CaseItem,
  type CaseItemKind,
  type CasePage,
  type CasePatch,
  type KeptCase,
  type NewCaseItem,
  WRITTEN_KINDS,
} from './cases.js';
import type { Database } from './database.js';
import { actedBy, type Deeds } from './deeds.js';
import type { Holds } from './holds.js';
import type { Inside, Query } from './inside.js';
import { cursorOf } from './inspection-cursor.js';
import { isInspectionId, newInspectionId } from './inspection-id.js';
import { StoreError } from './inspections.js';
import { pageOf } from './page.js';
import { assertHolds } from './still.js';

/** Rejects with a CaseError. */
export class KyselyCases {
  readonly #database: Pick<Database, 'query'>;
  readonly #log: Deeds;
  readonly #cases: InCases;

  constructor(database: Pick<Database, 'query'>, log: Deeds) {
    this.#database = database;
    this.#log = log;
    this.#cases = new InCases(log);
  }

  /** In the transaction of the deed. */
  #tell(inside: Inside, tenant: string, subject: string, action: string, { at, by }: ByWhom, facts = {}) {
    return this.#log.append(inside, { tenant, at, action, subject, ...actedBy(by), facts });
  }

  get #query() {
    return this.#database.query;
  }

  #inside<T>(work: (inside: Inside) => Promise<T>): Promise<T> {
    return this.#query.transaction().execute(work);
  }

  /** Its name is its `caseRef`, too. `id`: a new one for it (inspection-id.ts), where it is to be known before. */
  async create(
    tenant: string,
    name: string,
    made: ByWhom,
    id: string = newInspectionId(),
  ): Promise<KeptCase> {
    const row = { ...newCaseRow(tenant, checkedName(name).trim(), made), id, by_word: 0 };
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
    return caseOf(row, undefined);
  }

  /** The newest first. Rejects with a StoreError `store.bad-cursor`. */
  async list(
    tenant: string,
    { open, ...page }: { limit: number; cursor?: string; open?: boolean },
  ): Promise<CasePage<KeptCase>> {
    let query = this.#query.selectFrom('cases').selectAll().where('tenant', '=', tenant);
    if (open !== undefined) query = query.where('closed_at', open ? 'is' : 'is not', null);
    const { items: rows, next } = await pageOf(query, page, (row) => ({ ...row, createdAt: row.created_at }));
    return { items: await counted(this.#query, tenant, rows), ...(next === undefined ? {} : { next }) };
  }

  async get(tenant: string, id: string): Promise<KeptCase | undefined> {
    if (!isInspectionId(id)) return undefined;
    return this.#one(this.#query, tenant, { id });
  }

  /** By what inspections call it, letter by letter. */
  async called(tenant: string, ref: string): Promise<KeptCase | undefined> {
    return this.#one(this.#query, tenant, { ref });
  }

  async #one(
    query: Query,
    tenant: string,
    which: { id: string } | { ref: string },
  ): Promise<KeptCase | undefined> {
    const row = await query
      .selectFrom('cases')
      .selectAll()
      .where((eb) => eb.and({ tenant, ...which }))
      .executeTakeFirst();
    return row && (await counted(query, tenant, [row]))[0];
  }

  /** `holds`: asked of it as it is, within the same transaction; where it says no, nothing is done and it rejects (`store.changed`). */
  async patch(
    tenant: string,
    id: string,
    { name, closed }: CasePatch,
    changed: ByWhom,
    holds?: Holds<KeptCase>,
  ): Promise<KeptCase | undefined> {
    const { at, by } = changed;
    const called = name === undefined ? undefined : checkedName(name).trim();
    return this.#inside(async (inside) => {
      const row = await held(inside, tenant, id);
      if (row === undefined) return undefined;
      assertHolds(holds, caseOf(row, undefined));
      const isClosed = row.closed_at !== null;
      const deeds = [
        ...(called === undefined || called === row.name ? [] : ['case.renamed']),
        ...(closed === undefined || closed === isClosed ? [] : [closed ? 'case.closed' : 'case.reopened']),
      ];
      // As it is already: nobody changed anything.
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

  /** With all that was written in it. Its inspections stay, without a case. False where there was none. */
  async delete(tenant: string, id: string, deleted: ByWhom, holds?: Holds<KeptCase>): Promise<boolean> {
    return this.#inside(async (inside) => {
      const row = await held(inside, tenant, id);
      if (row === undefined) return false;
      assertHolds(holds, caseOf(row, undefined));
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
      // What was written in it goes with it (on delete cascade).
      await inside.deleteFrom('cases').where('id', '=', id).execute();
      await this.#tell(inside, tenant, id, 'case.deleted', deleted);
      return true;
    });
  }

  /** Undefined where there is no such case. `kinds`: those alone. */
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
    const pages = [await pageOf(written, page, itemOf)];
    if (kinds.includes('inspection')) {
      const there = this.#query
        .selectFrom('inspections')
        .select(['id', 'tenant', 'created_at', 'case_ref', 'case_at', 'case_by'])
        .where((eb) => eb.and({ tenant, case_ref: row.ref }));
      pages.push(await pageOf(there, page, inspectionItem));
    }
    const all = pages.flatMap(({ items }) => items).sort(newestFirst);
    const items = all.slice(0, page.limit);
    const last = items.at(-1);
    const more = all.length > items.length || pages.some(({ next }) => next !== undefined);
    return { items, ...(more && last !== undefined ? { next: cursorOf(last) } : {}) };
  }

  /** Inspections that were here, so many at most, the newest first; nothing where there is no such case. */
  async left(tenant: string, id: string, limit: number): Promise<CaseItem[]> {
    const rows = await this.#query
      .selectFrom('case_items')
      .selectAll()
      .where((eb) => eb.and({ tenant, case_id: id, kind: 'inspection' }))
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit)
      .execute();
    return rows.map(itemOf);
  }

  /** One that is there: an inspection by its own id. Undefined where it is not, or no longer. */
  async item(tenant: string, id: string, item: string): Promise<CaseItem | undefined> {
    if (!isInspectionId(id) || !isInspectionId(item)) return undefined;
    const found = await this.#query
      .selectFrom('cases')
      .select('ref')
      .where((eb) => eb.and({ tenant, id }))
      .executeTakeFirst();
    return found && itemThere(this.#query, { tenant, id, ref: found.ref }, item);
  }

  /**
   * An inspection is in one case at a time: it leaves the one before. Undefined where there is no such case. `itemId`: a new one for
   * it (inspection-id.ts), where it is to be known before; an inspection bears its own.
   */
  async add(
    tenant: string,
    id: string,
    { kind, inspection, other, ...words }: NewCaseItem,
    added: ByWhom,
    itemId: string = newInspectionId(),
  ): Promise<CaseItem | undefined> {
    if (!isInspectionId(id)) return undefined;
    const content = checkedWords(words);
    const { at, by } = added;
    return this.#inside(async (inside) => {
      const found = await inside
        .selectFrom('cases')
        .select('ref')
        .where((eb) => eb.and({ tenant, id }))
        .executeTakeFirst();
      if (found === undefined) return undefined;
      if (kind === 'inspection') return this.#put(inside, tenant, found.ref, inspection ?? '', added);
      const row = await held(inside, tenant, id);
      if (row === undefined) return undefined;
      await refuseFull(inside, id);
      const item = itemRow({
        ...{ id: itemId, case_id: id, tenant, kind, created_at: at, at, by: by?.who ?? null },
        ...{ inspection: inspection ?? null, other: other ?? null, content: JSON.stringify(content) },
      });
      await inside.insertInto('case_items').values(item).execute();
      await this.#tell(inside, tenant, id, 'case.item.added', added, { item: item.id, kind });
      await inside.updateTable('cases').set({ changed_at: at, by_word: 0 }).where('id', '=', id).execute();
      return itemOf(item);
    });
  }

  async #put(
    inside: Inside,
    tenant: string,
    ref: string,
    inspection: string,
    added: ByWhom,
  ): Promise<CaseItem> {
    if (!isInspectionId(inspection)) throw new CaseError('case.no-inspection', 'inspection');
    await this.#cases.hold(inside, { tenant, id: inspection }, ref, added);
    const row = await heldInspection(inside, tenant, inspection);
    if (row === undefined) throw new CaseError('case.no-inspection', 'inspection');
    await this.#cases.move(inside, row, ref, added);
    await inside
      .updateTable('cases')
      .set({ by_word: 0 })
      .where((eb) => eb.and({ tenant, ref }))
      .execute();
    const now = await heldInspection(inside, tenant, inspection);
    return inspectionItem(now ?? row);
  }

  /** Removes an item; an inspection goes by its own id. Keeps who and when. False where there is none, or no longer. `holds`: see `patch`. */
  async remove(
    tenant: string,
    id: string,
    item: string,
    removed: ByWhom,
    holds?: Holds<CaseItem>,
  ): Promise<boolean> {
    if (!isInspectionId(id) || !isInspectionId(item)) return false;
    const { at, by } = removed;
    return this.#inside(async (inside) => {
      const row = await held(inside, tenant, id);
      if (row === undefined) return false;
      if (holds !== undefined) {
        const before = await itemThere(inside, { tenant, id, ref: row.ref }, item);
        if (before === undefined) return false;
        assertHolds(holds, before);
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
      const inspection = await heldInspection(inside, tenant, item);
      if (inspection === undefined || inspection.case_ref !== row.ref) return false;
      await inside.updateTable('cases').set({ by_word: 0 }).where('id', '=', id).execute();
      await this.#cases.move(inside, inspection, null, removed);
      return true;
    });
  }
}

async function itemThere(
  query: Query,
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
  if (written !== undefined) return itemOf(written);
  const there = await query
    .selectFrom('inspections')
    .select(['id', 'tenant', 'created_at', 'case_ref', 'case_at', 'case_by'])
    .where((eb) => eb.and({ tenant, id: item, case_ref: ref }))
    .executeTakeFirst();
  return there && inspectionItem(there);
}

async function held(inside: Inside, tenant: string, id: string) {
  if (!isInspectionId(id)) return undefined;
  return inside
    .selectFrom('cases')
    .selectAll()
    .where((eb) => eb.and({ tenant, id }))
    .forUpdate()
    .executeTakeFirst();
}

const heldInspection = (inside: Inside, tenant: string, id: string): Promise<InCase | undefined> =>
  inside
    .selectFrom('inspections')
    .select(['id', 'tenant', 'created_at', 'case_ref', 'case_at', 'case_by'])
    .where((eb) => eb.and({ tenant, id }))
    .forUpdate()
    .executeTakeFirst();

/** The case is locked, so that two who add at once are counted one after the other. */
async function refuseFull(inside: Inside, id: string): Promise<void> {
  const { rows, there } = await inside
    .selectFrom('case_items')
    .select((eb) => [eb.fn.countAll<number>().as('rows'), eb.fn.count<number>('content').as('there')])
    .where('case_id', '=', id)
    .where('kind', 'in', [...WRITTEN_KINDS])
    .executeTakeFirstOrThrow();
  if (Number(there) >= CASE_BOUNDS.items || Number(rows) >= CASE_BOUNDS.rows)
    throw new CaseError('case.full');
}

/** With how many there are in each, asked once for all of a page. */
async function counted(query: Query, tenant: string, rows: readonly CasesTable[]): Promise<KeptCase[]> {
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
    return caseOf(row, { inspections: Number(found?.number ?? 0), newest: found?.newest, written: numbers });
  });
}

interface Counted {
  inspections: number;
  newest: string | undefined;
  written: readonly { kind: string; number: number | string | bigint }[];
}

function caseOf(row: CasesTable, counts: Counted | undefined): KeptCase {
  const number = (kind: CaseItemKind) =>
    Number(counts?.written.find((one) => one.kind === kind)?.number ?? 0);
  const { newest = '' } = counts ?? {};
  return {
    ...{ id: row.id, tenant: row.tenant, caseRef: row.ref, name: row.name, createdAt: row.created_at },
    ...(row.created_by === null ? {} : { createdBy: row.created_by }),
    changedAt: later(newest, row.changed_at),
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

const later = (one: string, other: string): string => [one, other].sort().at(-1) ?? other;

function inspectionItem(row: InCase): CaseItem {
  return {
    ...{ id: row.id, kind: 'inspection', createdAt: row.created_at, at: row.case_at ?? row.created_at },
    ...(row.case_by === null ? {} : { by: row.case_by }),
    inspection: row.id,
  };
}

function itemOf(row: CaseItemRow): CaseItem {
  const kind = CASE_ITEM_KINDS.find((one) => one === row.kind);
  const content = row.content === null ? {} : asRecord(JSON.parse(row.content));
  if (kind === undefined || content === undefined) throw new StoreError('store.corrupt');
  const because = row.gone_how === 'expired' ? 'expired' : 'deleted';
  return {
    ...{ id: row.id, kind, createdAt: row.created_at, at: row.at },
    ...(row.by === null ? {} : { by: row.by }),
    ...(row.inspection === null ? {} : { inspection: row.inspection }),
    ...(row.other === null ? {} : { other: row.other }),
    ...content,
    ...(row.removed_at === null
      ? {}
      : { removed: { at: row.removed_at, ...(row.removed_by === null ? {} : { by: row.removed_by }) } }),
    ...(row.gone_at === null ? {} : { gone: { at: row.gone_at, because } }),
  };
}

/** As a page of one table stands. */
const newestFirst = (one: CaseItem, other: CaseItem): number =>
  one.createdAt === other.createdAt ? (one.id < other.id ? 1 : -1) : one.createdAt < other.createdAt ? 1 : -1;

import { createHash } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { ReadFault } from '../../base/fault.js';
import { assertPrecondition } from '../engine/assert-precondition.js';
import type { Database } from '../engine/database.js';
import { queryPage } from '../engine/page.js';
import type { Precondition } from '../engine/precondition.js';
import { deriveId, newInspectionId } from '../engine/record-id.js';
import type { QueryExecutor, StoreTransaction } from '../engine/transaction.js';
import type { CollectionItemsTable, CollectionsTable } from '../schema/fingerprint-tables.js';
import { checkCollection, checkItem, cleanFinding, cleanText } from './collection-checks.js';
import {
  COLLECTION_BOUNDS,
  CollectionError,
  type CollectionFinding,
  type CollectionItem,
  type CollectionPage,
  type CollectionPatch,
  type NewCollection,
  type NewCollectionItem,
  type StoredCollection,
} from './collections.js';
import { parseFingerprintKind } from './fingerprint-holder.js';
import { removeOwned } from './fingerprint-rows.js';
import { type NewFingerprint, newFingerprintsOf } from './fingerprints.js';
import { storeRows, toFingerprintRows } from './put-fingerprints.js';

/** Items deleted per transaction, since others wait for it. */
const DELETE_BATCH_SIZE = 500;
const ROW_BATCH_SIZE = 100;

/** Stores collections. Methods reject with `CollectionError`. */
export class CollectionRepository {
  readonly #database: Pick<Database, 'query'>;

  constructor(database: Pick<Database, 'query'>) {
    this.#database = database;
  }

  get #query() {
    return this.#database.query;
  }

  #inside<T>(work: (inside: StoreTransaction) => Promise<T>): Promise<T> {
    return this.#query.transaction().execute(work);
  }

  /** Creates a collection. `id`: a new id that the caller needs to know in advance. */
  async create(
    tenant: string,
    news: NewCollection,
    at: string,
    id: string = newInspectionId(),
  ): Promise<StoredCollection> {
    checkCollection(news);
    const row = {
      ...{ id, tenant, created_at: at, changed_at: at, name: cleanText(news.name) },
      finding: news.finding === undefined ? null : JSON.stringify(cleanFinding(news.finding)),
      watched: news.watched === true ? 1 : 0,
      ...{ items: 0, not_searchable: 0, leaving: 0 },
    };
    await this.#inside(async (inside) => {
      const { number } = await inside
        .selectFrom('collections')
        .select((eb) => eb.fn.countAll<number>().as('number'))
        .where('tenant', '=', tenant)
        .executeTakeFirstOrThrow();
      if (Number(number) >= COLLECTION_BOUNDS.collections) throw new CollectionError('collection.full');
      await inside.insertInto('collections').values(row).execute();
    });
    return toCollection(row);
  }

  /** Returns a page, newest first. Rejects with `StoreError` `store.bad-cursor`. */
  async list(
    tenant: string,
    page: { limit: number; cursor?: string },
  ): Promise<CollectionPage<StoredCollection>> {
    const query = this.#query
      .selectFrom('collections')
      .selectAll()
      .where('tenant', '=', tenant)
      .where('leaving', '=', 0);
    return queryPage(query, page, toCollection);
  }

  async get(tenant: string, id: string): Promise<StoredCollection | undefined> {
    const row = await this.#there(this.#query, tenant, id).executeTakeFirst();
    return row && toCollection(row);
  }

  /** Returns the newest collection with this exact name. */
  async findByName(tenant: string, name: string): Promise<StoredCollection | undefined> {
    const row = await this.#query
      .selectFrom('collections')
      .selectAll()
      .where((eb) => eb.and({ tenant, name: cleanText(name), leaving: 0 }))
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row && toCollection(row);
  }

  #there(query: StoreTransaction | Database['query'], tenant: string, id: string) {
    return query
      .selectFrom('collections')
      .selectAll()
      .where((eb) => eb.and({ tenant, id, leaving: 0 }));
  }

  /**
   * `holds` is checked against the current collection in the same transaction; if it returns false, nothing changes and
   * the call rejects (`store.changed`).
   */
  async patch(
    tenant: string,
    id: string,
    { name, finding, watched }: CollectionPatch,
    at: string,
    holds?: Precondition<StoredCollection>,
  ): Promise<StoredCollection | undefined> {
    checkCollection({ ...(name === undefined ? {} : { name }), ...(finding ? { finding } : {}) });
    return this.#inside(async (inside) => {
      const row = await this.#there(inside, tenant, id).forUpdate().executeTakeFirst();
      if (row === undefined) return undefined;
      assertPrecondition(holds, toCollection(row));
      const changed = {
        ...(name === undefined ? {} : { name: cleanText(name) }),
        ...(finding === undefined
          ? {}
          : { finding: finding === null ? null : JSON.stringify(cleanFinding(finding)) }),
        ...(watched === undefined ? {} : { watched: watched ? 1 : 0 }),
        changed_at: at,
      };
      await inside.updateTable('collections').set(changed).where('id', '=', id).execute();
      return toCollection({ ...row, ...changed });
    });
  }

  /** Deletes a collection with its items and their fingerprints. Returns false if there is none. */
  async delete(tenant: string, id: string, holds?: Precondition<StoredCollection>): Promise<boolean> {
    const leaves = await this.#inside(async (inside) => {
      const row = await this.#there(inside, tenant, id).forUpdate().executeTakeFirst();
      if (row === undefined) return false;
      assertPrecondition(holds, toCollection(row));
      // From here on the collection is invisible; if this process dies, `sweep` completes the deletion.
      await inside.updateTable('collections').set({ leaving: 1 }).where('id', '=', id).execute();
      return true;
    });
    if (leaves) while (await this.#dropSome(tenant, id));
    return leaves;
  }

  /** Continues a deletion interrupted by a kill, one collection per call; call again until it returns 0. */
  async sweep(): Promise<number> {
    const left = await this.#query
      .selectFrom('collections')
      .select(['tenant', 'id'])
      .where('leaving', '=', 1)
      .limit(1)
      .executeTakeFirst();
    if (left === undefined) return 0;
    while (await this.#dropSome(left.tenant, left.id));
    return 1;
  }

  /** Deletes some items; returns false once the collection itself is deleted. */
  #dropSome(tenant: string, id: string): Promise<boolean> {
    return this.#inside(async (inside) => {
      const row = await inside
        .selectFrom('collections')
        .select('id')
        .where('id', '=', id)
        .forUpdate()
        .executeTakeFirst();
      if (row === undefined) return false;
      const some = await inside
        .selectFrom('collection_items')
        .select('id')
        .where('collection', '=', id)
        .limit(DELETE_BATCH_SIZE)
        .execute();
      const ids = some.map((item) => item.id);
      if (ids.length === 0) {
        await inside.deleteFrom('collections').where('id', '=', id).execute();
        return false;
      }
      await inside
        .deleteFrom('collection_items')
        .where('collection', '=', id)
        .where('id', 'in', ids)
        .execute();
      await removeOwned(inside, tenant, { holder: 'collection', holder_id: id, items: ids });
      return true;
    });
  }

  /**
   * Adds all items or none, with their fingerprints; returns their ids in the given order, or `undefined` if there is
   * no such collection. `from`: a new id from which the ids of items without a key are derived, if the caller needs to
   * know them in advance.
   */
  async putItems(
    tenant: string,
    id: string,
    items: readonly NewCollectionItem[],
    at: string,
    from: string = newInspectionId(),
  ): Promise<string[] | undefined> {
    if (items.length > COLLECTION_BOUNDS.itemsAtOnce)
      throw new CollectionError('collection.bad', { member: 'items' });
    items.forEach(checkItem);
    if (items.length === 0) return (await this.get(tenant, id)) && [];
    const ids = computeItemIds(items, from);
    // If two items have the same key, the last one counts.
    const news = new Map(items.map((one, place) => [ids[place] ?? '', one]));
    const fingerprints = newFingerprintsFor(tenant, id, news, at);
    return this.#inside(async (inside) => {
      const row = await this.#there(inside, tenant, id).forUpdate().executeTakeFirst();
      if (row === undefined) return undefined;
      const all = [...news.keys()];
      const before = await inside
        .selectFrom('collection_items')
        .select(['id', 'searchable'])
        .where('collection', '=', id)
        .where('id', 'in', all)
        .execute();
      const count = row.items + all.length - before.length;
      if (count > COLLECTION_BOUNDS.items) throw new CollectionError('collection.full');
      const unsearchable = (of: readonly { searchable: number }[]) =>
        of.filter((one) => one.searchable === 0);
      const rows = [...news].map(([item, one]) => toItemRow(id, item, one, at));
      for (let from = 0; from < rows.length; from += ROW_BATCH_SIZE)
        await inside
          .insertInto('collection_items')
          .values(rows.slice(from, from + ROW_BATCH_SIZE))
          .onConflict((conflict) =>
            conflict.columns(['collection', 'id']).doUpdateSet((eb) => ({
              at: eb.ref('excluded.at'),
              name: eb.ref('excluded.name'),
              note: eb.ref('excluded.note'),
              finding: eb.ref('excluded.finding'),
              searchable: eb.ref('excluded.searchable'),
            })),
          )
          .execute();
      await inside
        .updateTable('collections')
        .set({
          items: count,
          not_searchable: row.not_searchable + unsearchable(rows).length - unsearchable(before).length,
          changed_at: at,
        })
        .where('id', '=', id)
        .execute();
      await inside
        .deleteFrom('collection_previews')
        .where('collection', '=', id)
        .where('item', 'in', all)
        .execute();
      const previews = [...news].flatMap(([item, { preview }]) =>
        preview === undefined ? [] : [{ collection: id, item, content: Buffer.from(preview) }],
      );
      for (let from = 0; from < previews.length; from += ROW_BATCH_SIZE)
        await inside
          .insertInto('collection_previews')
          .values(previews.slice(from, from + ROW_BATCH_SIZE))
          .execute();
      await this.#fingerprint(inside, { tenant, id }, before, fingerprints);
      return ids;
    });
  }

  /** Replaces fingerprints, and removes kinds that an item no longer has. */
  async #fingerprint(
    inside: StoreTransaction,
    { tenant, id }: { tenant: string; id: string },
    before: readonly { id: string }[],
    news: readonly NewFingerprint[],
  ): Promise<void> {
    const rows = toFingerprintRows(news);
    const kinds = new Set(rows.map((row) => `${row.kind} ${row.item}`));
    if (before.length > 0) {
      const had = await inside
        .selectFrom('fingerprints')
        .select(['kind', 'item'])
        .where((eb) => eb.and({ tenant, holder: 'collection', holder_id: id }))
        .where(
          'item',
          'in',
          before.map((one) => one.id),
        )
        .where('gone_at', 'is', null)
        .execute();
      const stale = had.filter(({ kind, item }) => !kinds.has(`${kind} ${item}`)).map(({ item }) => item);
      await removeOwned(inside, tenant, { holder: 'collection', holder_id: id, items: [...new Set(stale)] });
    }
    await storeRows(inside, rows, new Date().toISOString());
  }

  /** Returns a page of items, ordered by id. */
  async items(
    tenant: string,
    id: string,
    { limit, cursor }: { limit: number; cursor?: string },
  ): Promise<CollectionPage<CollectionItem> | undefined> {
    if (cursor !== undefined && !ITEM_ID.test(cursor)) throw new CollectionError('collection.bad-cursor');
    if ((await this.get(tenant, id)) === undefined) return undefined;
    let asked = this.#query
      .selectFrom('collection_items')
      .selectAll()
      .where('collection', '=', id)
      .orderBy('id')
      // One more row shows whether another page follows.
      .limit(limit + 1);
    if (cursor !== undefined) asked = asked.where('id', '>', cursor);
    const rows = await asked.execute();
    const items = await this.#told(this.#query, tenant, id, rows.slice(0, limit));
    const last = items.at(-1);
    return { items, ...(rows.length > limit && last !== undefined ? { next: last.id } : {}) };
  }

  async item(tenant: string, id: string, item: string): Promise<CollectionItem | undefined> {
    if ((await this.get(tenant, id)) === undefined) return undefined;
    return this.#itemOf(this.#query, tenant, id, item);
  }

  async #itemOf(
    query: QueryExecutor,
    tenant: string,
    id: string,
    item: string,
  ): Promise<CollectionItem | undefined> {
    const row = await query
      .selectFrom('collection_items')
      .selectAll()
      .where('collection', '=', id)
      .where('id', '=', item)
      .executeTakeFirst();
    return row && (await this.#told(query, tenant, id, [row]))[0];
  }

  async #told(
    query: QueryExecutor,
    tenant: string,
    collection: string,
    rows: readonly Selectable<CollectionItemsTable>[],
  ): Promise<CollectionItem[]> {
    const ids = rows.map(({ id }) => id);
    if (ids.length === 0) return [];
    const pictured = await query
      .selectFrom('collection_previews')
      .select('item')
      .where('collection', '=', collection)
      .where('item', 'in', ids)
      .execute();
    const prints = await query
      .selectFrom('fingerprints')
      .select(['item', 'kind', 'missing'])
      .where((eb) => eb.and({ tenant, holder: 'collection', holder_id: collection }))
      .where('item', 'in', ids)
      .where('gone_at', 'is', null)
      .orderBy('kind')
      .execute();
    return rows.map((row) => {
      const mine = prints.filter(({ item }) => item === row.id);
      return {
        ...{ id: row.id, name: row.name, at: row.at },
        ...(row.note === null ? {} : { note: row.note }),
        ...(row.finding === null ? {} : { finding: JSON.parse(row.finding) as CollectionFinding }),
        hasPreview: pictured.some(({ item }) => item === row.id),
        kinds: mine.filter(({ missing }) => missing === null).map(({ kind }) => parseFingerprintKind(kind)),
        missing: mine.flatMap(({ kind, missing }) =>
          missing === null
            ? []
            : [{ ...(JSON.parse(missing) as ReadFault), kind: parseFingerprintKind(kind) }],
        ),
      };
    });
  }

  async preview(tenant: string, id: string, item: string): Promise<Buffer | undefined> {
    if ((await this.get(tenant, id)) === undefined) return undefined;
    const row = await this.#query
      .selectFrom('collection_previews')
      .select('content')
      .where('collection', '=', id)
      .where('item', '=', item)
      .executeTakeFirst();
    // libsql returns bytes as an ArrayBuffer.
    return row && Buffer.from(row.content);
  }

  /** Returns which of these items exist. */
  async findExisting(tenant: string, id: string, items: readonly string[]): Promise<Set<string>> {
    if ((await this.get(tenant, id)) === undefined) return new Set();
    const rows = await this.#query
      .selectFrom('collection_items')
      .select('id')
      .where('collection', '=', id)
      .where('id', 'in', [...items])
      .execute();
    return new Set(rows.map((row) => row.id));
  }

  /** `holds`: see `patch`. */
  async removeItem(
    tenant: string,
    id: string,
    item: string,
    holds?: Precondition<CollectionItem>,
  ): Promise<boolean> {
    return this.#inside(async (inside) => {
      const row = await this.#there(inside, tenant, id).forUpdate().executeTakeFirst();
      if (row === undefined) return false;
      if (holds !== undefined) {
        const before = await this.#itemOf(inside, tenant, id, item);
        if (before === undefined) return false;
        assertPrecondition(holds, before);
      }
      const gone = await inside
        .deleteFrom('collection_items')
        .where('collection', '=', id)
        .where('id', '=', item)
        .returning('searchable')
        .executeTakeFirst();
      if (gone === undefined) return false;
      await inside
        .updateTable('collections')
        .set({ items: row.items - 1, not_searchable: row.not_searchable - (gone.searchable === 0 ? 1 : 0) })
        .where('id', '=', id)
        .execute();
      await removeOwned(inside, tenant, { holder: 'collection', holder_id: id, items: [item] });
      return true;
    });
  }
}

/**
 * Returns the ids of items in the given order; without a key they are derived from `from` and have the form of an
 * inspection's id.
 */
export const computeItemIds = (items: readonly Pick<NewCollectionItem, 'key'>[], from: string): string[] =>
  items.map(({ key }, at) => (key === undefined ? deriveId(from, at) : computeItemId(key)));

/** Returns the id of an item with a key. */
const computeItemId = (key: string): string =>
  createHash('sha256').update(key).digest('base64url').slice(0, 22);
const ITEM_ID = /^[\w-]{22}$|^[0-9a-f-]{36}$/;

function toCollection(row: Selectable<CollectionsTable>): StoredCollection {
  return {
    ...{
      id: row.id,
      tenant: row.tenant,
      name: row.name,
      createdAt: row.created_at,
      changedAt: row.changed_at,
    },
    ...(row.finding === null ? {} : { finding: JSON.parse(row.finding) as CollectionFinding }),
    ...{ watched: row.watched === 1, items: row.items, notSearchable: row.not_searchable },
  };
}

function toItemRow(
  collection: string,
  id: string,
  { name, note, finding, fingerprints }: NewCollectionItem,
  at: string,
): Selectable<CollectionItemsTable> {
  return {
    ...{ collection, id, at, name: cleanText(name) },
    note: note === undefined ? null : cleanText(note),
    finding: finding === undefined ? null : JSON.stringify(cleanFinding(finding)),
    searchable: fingerprints.made.length > 0 ? 1 : 0,
  };
}

function newFingerprintsFor(
  tenant: string,
  collection: string,
  items: ReadonlyMap<string, NewCollectionItem>,
  at: string,
): NewFingerprint[] {
  return [...items].flatMap(([item, { fingerprints }]) =>
    newFingerprintsOf({ tenant, holder: { collection, item }, at }, fingerprints),
  );
}

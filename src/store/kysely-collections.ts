import { createHash } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { ReadFault } from '../core/ground/fault.js';
import { checkCollection, checkItem, cleanFinding, cleanText } from './collection-checks.js';
import {
  COLLECTION_BOUNDS,
  CollectionError,
  type CollectionItem,
  type CollectionPage,
  type CollectionPatch,
  type KeptCollection,
  type NewCollection,
  type NewCollectionItem,
  type PeoplesFinding,
} from './collections.js';
import type { Database } from './database.js';
import { likenessKind } from './fingerprint-holder.js';
import { removeOf } from './fingerprint-rows.js';
import type { CollectionItemsTable, CollectionsTable } from './fingerprint-tables.js';
import { type NewFingerprint, newsOf } from './fingerprints.js';
import type { Holds } from './holds.js';
import type { Inside, Query } from './inside.js';
import { idAfter, newInspectionId } from './inspection-id.js';
import { pageOf } from './page.js';
import { putRows, rowsOf } from './put-fingerprints.js';
import { assertHolds } from './still.js';

/** Items that go at once; others wait for them. */
const GO_AT_ONCE = 500;
const ROWS_AT_ONCE = 100;

/** Rejects with a CollectionError. */
export class KyselyCollections {
  readonly #database: Pick<Database, 'query'>;

  constructor(database: Pick<Database, 'query'>) {
    this.#database = database;
  }

  get #query() {
    return this.#database.query;
  }

  #inside<T>(work: (inside: Inside) => Promise<T>): Promise<T> {
    return this.#query.transaction().execute(work);
  }

  /** `id`: a new one for it (inspection-id.ts), where it is to be known before. */
  async create(
    tenant: string,
    news: NewCollection,
    at: string,
    id: string = newInspectionId(),
  ): Promise<KeptCollection> {
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
    return collectionOf(row);
  }

  /** The newest first. Rejects with a StoreError `store.bad-cursor`. */
  async list(
    tenant: string,
    page: { limit: number; cursor?: string },
  ): Promise<CollectionPage<KeptCollection>> {
    const query = this.#query
      .selectFrom('collections')
      .selectAll()
      .where('tenant', '=', tenant)
      .where('leaving', '=', 0);
    return pageOf(query, page, collectionOf);
  }

  async get(tenant: string, id: string): Promise<KeptCollection | undefined> {
    const row = await this.#there(this.#query, tenant, id).executeTakeFirst();
    return row && collectionOf(row);
  }

  /** The newest of that name, letter by letter. */
  async named(tenant: string, name: string): Promise<KeptCollection | undefined> {
    const row = await this.#query
      .selectFrom('collections')
      .selectAll()
      .where((eb) => eb.and({ tenant, name: cleanText(name), leaving: 0 }))
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row && collectionOf(row);
  }

  #there(query: Inside | Database['query'], tenant: string, id: string) {
    return query
      .selectFrom('collections')
      .selectAll()
      .where((eb) => eb.and({ tenant, id, leaving: 0 }));
  }

  /** `holds`: asked of it as it is, within the same transaction; where it says no, nothing is done and it rejects (`store.changed`). */
  async patch(
    tenant: string,
    id: string,
    { name, finding, watched }: CollectionPatch,
    at: string,
    holds?: Holds<KeptCollection>,
  ): Promise<KeptCollection | undefined> {
    checkCollection({ ...(name === undefined ? {} : { name }), ...(finding ? { finding } : {}) });
    return this.#inside(async (inside) => {
      const row = await this.#there(inside, tenant, id).forUpdate().executeTakeFirst();
      if (row === undefined) return undefined;
      assertHolds(holds, collectionOf(row));
      const changed = {
        ...(name === undefined ? {} : { name: cleanText(name) }),
        ...(finding === undefined
          ? {}
          : { finding: finding === null ? null : JSON.stringify(cleanFinding(finding)) }),
        ...(watched === undefined ? {} : { watched: watched ? 1 : 0 }),
        changed_at: at,
      };
      await inside.updateTable('collections').set(changed).where('id', '=', id).execute();
      return collectionOf({ ...row, ...changed });
    });
  }

  /** With its items and their fingerprints. False where there was none. */
  async delete(tenant: string, id: string, holds?: Holds<KeptCollection>): Promise<boolean> {
    const leaves = await this.#inside(async (inside) => {
      const row = await this.#there(inside, tenant, id).forUpdate().executeTakeFirst();
      if (row === undefined) return false;
      assertHolds(holds, collectionOf(row));
      // From here on nobody is told of it, and whatever becomes of this process, `sweep` ends what was begun.
      await inside.updateTable('collections').set({ leaving: 1 }).where('id', '=', id).execute();
      return true;
    });
    if (leaves) while (await this.#dropSome(tenant, id));
    return leaves;
  }

  /** Goes on with what a kill left of deletions; some at a time: again until it says 0. */
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

  /** False once the collection itself is gone. */
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
        .limit(GO_AT_ONCE)
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
      await removeOf(inside, tenant, { holder: 'collection', holder_id: id, items: ids });
      return true;
    });
  }

  /**
   * All of them or none, with their fingerprints; the ids, in the order given. Undefined where there is no such collection. `from`: a
   * new id (inspection-id.ts), from which those of items without a key follow, where they are to be known before.
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
    const ids = itemIds(items, from);
    // Of two with one key the last stands.
    const news = new Map(items.map((one, place) => [ids[place] ?? '', one]));
    const fingerprints = fingerprintsOf(tenant, id, news, at);
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
      const rows = [...news].map(([item, one]) => itemRow(id, item, one, at));
      for (let from = 0; from < rows.length; from += ROWS_AT_ONCE)
        await inside
          .insertInto('collection_items')
          .values(rows.slice(from, from + ROWS_AT_ONCE))
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
      for (let from = 0; from < previews.length; from += ROWS_AT_ONCE)
        await inside
          .insertInto('collection_previews')
          .values(previews.slice(from, from + ROWS_AT_ONCE))
          .execute();
      await this.#fingerprint(inside, { tenant, id }, before, fingerprints);
      return ids;
    });
  }

  /** What an item had of a kind that it has no more goes; the rest is replaced. */
  async #fingerprint(
    inside: Inside,
    { tenant, id }: { tenant: string; id: string },
    before: readonly { id: string }[],
    news: readonly NewFingerprint[],
  ): Promise<void> {
    const rows = rowsOf(news);
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
      await removeOf(inside, tenant, { holder: 'collection', holder_id: id, items: [...new Set(stale)] });
    }
    await putRows(inside, rows, new Date().toISOString());
  }

  /** In the order of their ids. */
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
      // One more tells whether anything follows.
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

  async #itemOf(query: Query, tenant: string, id: string, item: string): Promise<CollectionItem | undefined> {
    const row = await query
      .selectFrom('collection_items')
      .selectAll()
      .where('collection', '=', id)
      .where('id', '=', item)
      .executeTakeFirst();
    return row && (await this.#told(query, tenant, id, [row]))[0];
  }

  async #told(
    query: Query,
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
        ...(row.finding === null ? {} : { finding: JSON.parse(row.finding) as PeoplesFinding }),
        hasPreview: pictured.some(({ item }) => item === row.id),
        kinds: mine.filter(({ missing }) => missing === null).map(({ kind }) => likenessKind(kind)),
        missing: mine.flatMap(({ kind, missing }) =>
          missing === null ? [] : [{ ...(JSON.parse(missing) as ReadFault), kind: likenessKind(kind) }],
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
    // libsql gives bytes as an ArrayBuffer.
    return row && Buffer.from(row.content);
  }

  /** Which of these are in it. */
  async having(tenant: string, id: string, items: readonly string[]): Promise<Set<string>> {
    if ((await this.get(tenant, id)) === undefined) return new Set();
    const rows = await this.#query
      .selectFrom('collection_items')
      .select('id')
      .where('collection', '=', id)
      .where('id', 'in', [...items])
      .execute();
    return new Set(rows.map((row) => row.id));
  }

  /** `holds`: as of `patch`. */
  async removeItem(
    tenant: string,
    id: string,
    item: string,
    holds?: Holds<CollectionItem>,
  ): Promise<boolean> {
    return this.#inside(async (inside) => {
      const row = await this.#there(inside, tenant, id).forUpdate().executeTakeFirst();
      if (row === undefined) return false;
      if (holds !== undefined) {
        const before = await this.#itemOf(inside, tenant, id, item);
        if (before === undefined) return false;
        assertHolds(holds, before);
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
      await removeOf(inside, tenant, { holder: 'collection', holder_id: id, items: [item] });
      return true;
    });
  }
}

/** Computes the ids of items in the order given; without a key they follow from `from` and have the form of an inspection's id. */
export const itemIds = (items: readonly Pick<NewCollectionItem, 'key'>[], from: string): string[] =>
  items.map(({ key }, at) => (key === undefined ? idAfter(from, at) : idOf(key)));

/** Computes the id of an item that has a key. */
const idOf = (key: string): string => createHash('sha256').update(key).digest('base64url').slice(0, 22);
const ITEM_ID = /^[\w-]{22}$|^[0-9a-f-]{36}$/;

function collectionOf(row: Selectable<CollectionsTable>): KeptCollection {
  return {
    ...{
      id: row.id,
      tenant: row.tenant,
      name: row.name,
      createdAt: row.created_at,
      changedAt: row.changed_at,
    },
    ...(row.finding === null ? {} : { finding: JSON.parse(row.finding) as PeoplesFinding }),
    ...{ watched: row.watched === 1, items: row.items, notSearchable: row.not_searchable },
  };
}

function itemRow(
  collection: string,
  id: string,
  { name, note, finding, likenesses }: NewCollectionItem,
  at: string,
): Selectable<CollectionItemsTable> {
  return {
    ...{ collection, id, at, name: cleanText(name) },
    note: note === undefined ? null : cleanText(note),
    finding: finding === undefined ? null : JSON.stringify(cleanFinding(finding)),
    searchable: likenesses.made.length > 0 ? 1 : 0,
  };
}

function fingerprintsOf(
  tenant: string,
  collection: string,
  items: ReadonlyMap<string, NewCollectionItem>,
  at: string,
): NewFingerprint[] {
  return [...items].flatMap(([item, { likenesses }]) =>
    newsOf({ tenant, holder: { collection, item }, at }, likenesses),
  );
}

import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Database } from '../engine/database.js';
import type { QueryExecutor, StoreTransaction } from '../engine/transaction.js';

/**
 * Stores HTTP exchanges of fetched links as WARC 1.1: with the resulting inspection until a day after it was sealed or
 * the inspection is deleted; and for a limited time for a page from which somebody still has to choose. Every call
 * names the tenant; no call crosses tenants.
 */

/** Origin of a fetched file, without its bytes. */
export interface FileOrigin {
  host: string;
  /** Full address after all redirects. */
  url: string;
  /** RFC 3339, UTC. */
  at: string;
  /** HTTP status. */
  status: number;
  mediaType?: string;
  /** Connected IP address. */
  address?: string;
}

export interface NewExchanges {
  served: FileOrigin;
  /** Page on which the file was found and chosen. */
  pageUrl?: string;
  /** WARC 1.1, one gzip member per record. */
  warc: Buffer;
}

export interface StoredExchanges extends NewExchanges {
  /** Digest of `warc`, hex. */
  sha256: string;
}

/** Fetched page from whose media nothing has been chosen yet. */
export interface FetchedPage {
  tenant: string;
  /** Address after all redirects. */
  url: string;
  /** Requested address. */
  asked: string;
  /** Addresses of the media on the page. */
  media: readonly string[];
  warc: Buffer;
  at: string;
  expiresAt: string;
}

/** Time for which sealed exchanges are still stored. */
const SEALED_KEPT_MILLIS = 86_400_000;
/** Maximum number of pages per tenant that wait for a choice; the oldest are deleted first. */
const MAX_PAGES = 200;
const MAX_PAGES_BYTES = 64 * 1024 ** 2;

/** Writes the exchanges of an inspection, in the caller's transaction. */
export async function addExchanges(
  inside: StoreTransaction,
  { id, tenant, exchanges }: { id: string; tenant: string; exchanges?: NewExchanges },
): Promise<void> {
  if (exchanges === undefined) return;
  const { served, pageUrl, warc } = exchanges;
  await inside
    .insertInto('inspection_exchanges')
    .values({
      ...{ inspection_id: id, tenant, warc, sha256: createHash('sha256').update(warc).digest('hex') },
      served: JSON.stringify(served),
      page_url: pageUrl ?? null,
      sealed_at: null,
    })
    .execute();
}

export class ExchangeStore {
  readonly #query: QueryExecutor;
  readonly #flavour: Database['dialect'];

  constructor({ query, dialect: flavour }: Pick<Database, 'query' | 'dialect'>) {
    this.#query = query;
    this.#flavour = flavour;
  }

  /** Returns `undefined` if the file was not fetched, or its exchanges were deleted. */
  async get(tenant: string, id: string): Promise<StoredExchanges | undefined> {
    const row = await this.#query
      .selectFrom('inspection_exchanges')
      .selectAll()
      .where((eb) => eb.and({ tenant, inspection_id: id }))
      .executeTakeFirst();
    if (row === undefined) return undefined;
    return {
      served: JSON.parse(row.served),
      ...(row.page_url === null ? {} : { pageUrl: row.page_url }),
      // libsql returns bytes as an ArrayBuffer.
      warc: Buffer.from(row.warc),
      sha256: row.sha256,
    };
  }

  /** Returns the origin of the file if its exchanges are stored, without reading them. */
  async findOrigin(tenant: string, id: string): Promise<FileOrigin | undefined> {
    const row = await this.#query
      .selectFrom('inspection_exchanges')
      .select('served')
      .where((eb) => eb.and({ tenant, inspection_id: id }))
      .executeTakeFirst();
    return row === undefined ? undefined : JSON.parse(row.served);
  }

  /**
   * Records that the exchanges are in a bundle. `dropSealed` deletes them later, so that an interrupted download can be
   * repeated.
   */
  async markSealed(tenant: string, id: string, at: string): Promise<void> {
    await this.#query
      .updateTable('inspection_exchanges')
      .set({ sealed_at: at })
      .where((eb) => eb.and({ tenant, inspection_id: id }))
      .where('sealed_at', 'is', null)
      .execute();
  }

  /** Deletes exchanges of all tenants that were sealed long enough ago; called by the collector. */
  async deleteSealed(now: string): Promise<void> {
    const until = new Date(Date.parse(now) - SEALED_KEPT_MILLIS).toISOString();
    await this.#query.deleteFrom('inspection_exchanges').where('sealed_at', '<=', until).execute();
  }

  async putPage({ tenant, url, asked, media, warc, at, expiresAt }: FetchedPage): Promise<void> {
    await this.#query.transaction().execute(async (inside) => {
      // Two transactions of a tenant could deadlock: each would lock the page it wrote and wait for the other's, which
      // it wants to delete. SQLite allows only one writer anyway.
      if (this.#flavour === 'postgres')
        await sql`select pg_advisory_xact_lock(hashtextextended(${`fetched_pages ${tenant}`}, 0))`.execute(
          inside,
        );
      const row = {
        ...{ asked_key: addressKey(asked), at, expires_at: expiresAt, url },
        ...{ media: JSON.stringify(media), bytes: warc.length, warc },
      };
      await inside
        .insertInto('fetched_pages')
        .values({ tenant, key: addressKey(url), ...row })
        .onConflict((conflict) => conflict.columns(['tenant', 'key']).doUpdateSet(row))
        .execute();
      const all = await inside
        .selectFrom('fetched_pages')
        .select(['key', 'bytes'])
        .where('tenant', '=', tenant)
        .orderBy('at', 'desc')
        .execute();
      let bytes = 0;
      const beyond = all.filter((one, index) => {
        bytes += one.bytes;
        return index > 0 && (index >= MAX_PAGES || bytes > MAX_PAGES_BYTES);
      });
      for (const { key } of beyond)
        await inside
          .deleteFrom('fetched_pages')
          .where((eb) => eb.and({ tenant, key }))
          .execute();
    });
  }

  /** Returns a page by either of its addresses; `undefined` if it has expired or was never fetched. */
  async page(
    tenant: string,
    url: string,
    now: string,
  ): Promise<Pick<FetchedPage, 'url' | 'media' | 'warc'> | undefined> {
    const key = addressKey(url);
    const row = await this.#query
      .selectFrom('fetched_pages')
      .select(['url', 'media', 'warc'])
      .where('tenant', '=', tenant)
      .where((eb) => eb.or({ key, asked_key: key }))
      .where('expires_at', '>', now)
      .orderBy('at', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row && { url: row.url, media: JSON.parse(row.media), warc: Buffer.from(row.warc) };
  }

  /** Deletes expired pages of all tenants; called by the collector. */
  async deleteExpiredPages(now: string): Promise<void> {
    await this.#query.deleteFrom('fetched_pages').where('expires_at', '<=', now).execute();
  }
}

const addressKey = (url: string): string => createHash('sha256').update(url).digest('hex');

import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Database } from './database.js';
import type { Inside, Query } from './inside.js';

/**
 * What was exchanged with servers to fetch what a link led to, as WARC 1.1: under the inspection that came of it, until a day
 * after it was sealed or the inspection goes; and for a while of a page from which somebody is still to choose. Whoever asks says the
 * tenant; nothing crosses.
 */

/** Who served a file; all of it but the bytes. */
export interface ServedFrom {
  host: string;
  /** The whole address, at the end of all redirects. */
  url: string;
  /** RFC 3339, UTC. */
  at: string;
  /** HTTP's. */
  status: number;
  mediaType?: string;
  /** IP address that was connected to. */
  address?: string;
}

export interface NewExchanges {
  served: ServedFrom;
  /** The page on which it was found and chosen. */
  pageUrl?: string;
  /** WARC 1.1, one gzip member a record. */
  warc: Buffer;
}

export interface KeptExchanges extends NewExchanges {
  /** Of `warc`, hex. */
  sha256: string;
}

/** A page that was fetched, from whose media nothing was chosen yet. */
export interface FetchedPage {
  tenant: string;
  /** At the end of all redirects. */
  url: string;
  /** As it was asked for. */
  asked: string;
  /** Addresses of the media that it shows. */
  media: readonly string[];
  warc: Buffer;
  at: string;
  expiresAt: string;
}

/** What is sealed stays so long all the same. */
const SEALED_KEPT_MILLIS = 86_400_000;
/** Of one tenant, pages that wait for a choice: the oldest go where more come. */
const MOST_PAGES = 200;
const MOST_PAGES_BYTES = 64 * 1024 ** 2;

/** With the inspection’s own row, in the transaction of whoever writes that. */
export async function addExchanges(
  inside: Inside,
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
  readonly #query: Query;
  readonly #flavour: Database['flavour'];

  constructor({ query, flavour }: Pick<Database, 'query' | 'flavour'>) {
    this.#query = query;
    this.#flavour = flavour;
  }

  /** Undefined where it came by no link, or what was exchanged was let go. */
  async exchangesOf(tenant: string, id: string): Promise<KeptExchanges | undefined> {
    const row = await this.#query
      .selectFrom('inspection_exchanges')
      .selectAll()
      .where((eb) => eb.and({ tenant, inspection_id: id }))
      .executeTakeFirst();
    if (row === undefined) return undefined;
    return {
      served: JSON.parse(row.served),
      ...(row.page_url === null ? {} : { pageUrl: row.page_url }),
      // libsql gives bytes as an ArrayBuffer.
      warc: Buffer.from(row.warc),
      sha256: row.sha256,
    };
  }

  /** Whether there is anything to give, without reading it. */
  async has(tenant: string, id: string): Promise<boolean> {
    const row = await this.#query
      .selectFrom('inspection_exchanges')
      .select('sha256')
      .where((eb) => eb.and({ tenant, inspection_id: id }))
      .executeTakeFirst();
    return row !== undefined;
  }

  /** It stands in a bundle: it goes after a while (`dropSealed`), in which a download that broke off can be had again. */
  async noteSealed(tenant: string, id: string, at: string): Promise<void> {
    await this.#query
      .updateTable('inspection_exchanges')
      .set({ sealed_at: at })
      .where((eb) => eb.and({ tenant, inspection_id: id }))
      .where('sealed_at', 'is', null)
      .execute();
  }

  /** Of all tenants, for the collector: those that have stood in a bundle for so long. */
  async dropSealed(now: string): Promise<void> {
    const until = new Date(Date.parse(now) - SEALED_KEPT_MILLIS).toISOString();
    await this.#query.deleteFrom('inspection_exchanges').where('sealed_at', '<=', until).execute();
  }

  async putPage({ tenant, url, asked, media, warc, at, expiresAt }: FetchedPage): Promise<void> {
    await this.#query.transaction().execute(async (inside) => {
      // Two of a tenant would each hold the page it wrote and wait for that of the other, which is to go. SQLite lets in one
      // writer anyway.
      if (this.#flavour === 'postgres')
        await sql`select pg_advisory_xact_lock(hashtextextended(${`fetched_pages ${tenant}`}, 0))`.execute(
          inside,
        );
      const row = {
        ...{ asked_key: keyOf(asked), at, expires_at: expiresAt, url },
        ...{ media: JSON.stringify(media), bytes: warc.length, warc },
      };
      await inside
        .insertInto('fetched_pages')
        .values({ tenant, key: keyOf(url), ...row })
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
        return index > 0 && (index >= MOST_PAGES || bytes > MOST_PAGES_BYTES);
      });
      for (const { key } of beyond)
        await inside
          .deleteFrom('fetched_pages')
          .where((eb) => eb.and({ tenant, key }))
          .execute();
    });
  }

  /** By either of its addresses; undefined where it was fetched too long ago, or never. */
  async page(
    tenant: string,
    url: string,
    now: string,
  ): Promise<Pick<FetchedPage, 'url' | 'media' | 'warc'> | undefined> {
    const key = keyOf(url);
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

  /** Of all tenants, for the collector: those whose time is over. */
  async dropPages(now: string): Promise<void> {
    await this.#query.deleteFrom('fetched_pages').where('expires_at', '<=', now).execute();
  }
}

const keyOf = (url: string): string => createHash('sha256').update(url).digest('hex');

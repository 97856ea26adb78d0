import type { Selectable } from 'kysely';
import type { Database } from './database.js';
import { actedBy, type Deeds } from './deeds.js';
import type { Holds } from './holds.js';
import { isInspectionId, newInspectionId } from './inspection-id.js';
import { type PageAsk, pageOf } from './page.js';
import { digestOf, matchesDigest, randomText, textOf } from './secret-text.js';
import {
  type Making,
  type NewShare,
  SHARE_TOKEN,
  SHARE_TOKEN_CHARACTERS,
  type Share,
  type ShareParts,
} from './shares.js';
import { assertHolds } from './still.js';
import type { SharesTable } from './tables.js';

/** Of a token only the digest is kept; with their inspection they go by cascade. */
export class KyselyShares {
  readonly #database: Pick<Database, 'query'>;
  readonly #log: Deeds | undefined;

  /** `log`: told of each link that is made. */
  constructor(database: Pick<Database, 'query'>, log?: Deeds) {
    this.#database = database;
    this.#log = log;
  }

  get #query() {
    return this.#database.query;
  }

  /** `most`: so many of one inspection may hold at once. `parts`: random ones, where they are to be known before. */
  async create(
    { by, ...news }: NewShare,
    most: number,
    now: Date,
    { id, token }: ShareParts = { id: newInspectionId(), token: randomText(SHARE_TOKEN_CHARACTERS) },
  ): Promise<Making> {
    const { tenant, inspectionId } = news;
    if (!isInspectionId(inspectionId)) return { outcome: 'no-inspection' };
    const createdAt = now.toISOString();
    const share: Share = { ...news, id, createdAt };
    return this.#query.transaction().execute(async (inside): Promise<Making> => {
      // Held, so that neither a deletion nor another link comes between.
      const held = await inside
        .selectFrom('inspections')
        .select('id')
        .where((eb) => eb.and({ tenant, id: inspectionId }))
        .forUpdate()
        .executeTakeFirst();
      if (held === undefined) return { outcome: 'no-inspection' };
      const { number } = await inside
        .selectFrom('shares')
        .select((eb) => eb.fn.countAll<number>().as('number'))
        .where('tenant', '=', tenant)
        .where('inspection_id', '=', inspectionId)
        .where('expires_at', '>', createdAt)
        .executeTakeFirstOrThrow();
      if (Number(number) >= most) return { outcome: 'too-many' };
      await inside
        .insertInto('shares')
        .values({
          id: share.id,
          tenant,
          inspection_id: inspectionId,
          digest: digestOf(token),
          created_at: createdAt,
          created_by: share.createdBy,
          expires_at: share.expiresAt,
          with_notes: share.withNotes ? 1 : 0,
          with_pictures: share.withPictures ? 1 : 0,
        })
        .execute();
      await this.#log?.append(inside, {
        ...{ tenant, at: createdAt, action: 'share.made', subject: inspectionId },
        ...actedBy(by),
        facts: { share: share.id, until: share.expiresAt },
      });
      return { outcome: 'made', share, token };
    });
  }

  /** Undefined for what is unknown, revoked or run out, all alike. */
  async find(token: string, now: Date): Promise<Share | undefined> {
    if (!SHARE_TOKEN.test(token)) return undefined;
    const row = await this.#query
      .selectFrom('shares')
      .selectAll()
      .where('digest', '=', digestOf(token))
      .where('expires_at', '>', now.toISOString())
      .executeTakeFirst();
    return row !== undefined && matchesDigest(token, row.digest) ? shareOf(row) : undefined;
  }

  /** Lists links that hold, newest first, page by page. Rejects with a StoreError `store.bad-cursor`. */
  page(
    tenant: string,
    inspectionId: string,
    now: Date,
    page: PageAsk,
  ): Promise<{ items: Share[]; next?: string }> {
    const query = this.#query
      .selectFrom('shares')
      .selectAll()
      .where('tenant', '=', tenant)
      .where('inspection_id', '=', inspectionId)
      .where('expires_at', '>', now.toISOString());
    return pageOf(query, page, shareOf);
  }

  /** All that hold, newest first. */
  async list(tenant: string, inspectionId: string, now: Date): Promise<Share[]> {
    const rows = await this.#query
      .selectFrom('shares')
      .selectAll()
      .where('tenant', '=', tenant)
      .where('inspection_id', '=', inspectionId)
      .where('expires_at', '>', now.toISOString())
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .execute();
    return rows.map(shareOf);
  }

  /** False where there is none. `holds`: as in kysely-inspections.ts; of a link nothing ever changes. */
  async revoke(tenant: string, inspectionId: string, id: string, holds?: Holds<Share>): Promise<boolean> {
    return this.#query.transaction().execute(async (inside) => {
      const row = await inside
        .deleteFrom('shares')
        .where((eb) => eb.and({ tenant, inspection_id: inspectionId, id }))
        .returningAll()
        .executeTakeFirst();
      if (row === undefined) return false;
      assertHolds(holds, shareOf(row));
      return true;
    });
  }

  async dropExpired(now: Date): Promise<void> {
    await this.#query.deleteFrom('shares').where('expires_at', '<=', now.toISOString()).execute();
  }
}

/** Five bits of each byte; 32 of them at least. */
export const shareToken = (bytes: Uint8Array): string => textOf(bytes.subarray(0, SHARE_TOKEN_CHARACTERS));

function shareOf(row: Selectable<SharesTable>): Share {
  return {
    id: row.id,
    tenant: row.tenant,
    inspectionId: row.inspection_id,
    createdAt: row.created_at,
    createdBy: row.created_by,
    expiresAt: row.expires_at,
    withNotes: row.with_notes === 1,
    withPictures: row.with_pictures === 1,
  };
}

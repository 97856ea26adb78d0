import type { Selectable } from 'kysely';
import { assertPrecondition } from '../engine/assert-precondition.js';
import type { Database } from '../engine/database.js';
import { type PageRequest, queryPage } from '../engine/page.js';
import type { Precondition } from '../engine/precondition.js';
import { isInspectionId, newInspectionId } from '../engine/record-id.js';
import { digestOf, formatRandom, matchesDigest, randomText } from '../engine/secret-text.js';
import type { SharesTable } from '../schema/tables.js';
import { type AuditEvents, actorMembers } from './audit-events.js';
import {
  type CreateShareOutcome,
  type NewShare,
  SHARE_TOKEN,
  SHARE_TOKEN_CHARACTERS,
  type Share,
  type ShareParts,
} from './shares.js';

/** Stores share links. Only the digest of a token is stored; links are deleted with their inspection by cascade. */
export class ShareRepository {
  readonly #database: Pick<Database, 'query'>;
  readonly #log: AuditEvents | undefined;

  /** `log`: receives an event for each new link. */
  constructor(database: Pick<Database, 'query'>, log?: AuditEvents) {
    this.#database = database;
    this.#log = log;
  }

  get #query() {
    return this.#database.query;
  }

  /**
   * Creates a link. `most`: maximum number of valid links per inspection. `parts`: random id and token that the caller
   * needs to know in advance.
   */
  async create(
    { by, ...news }: NewShare,
    most: number,
    now: Date,
    { id, token }: ShareParts = { id: newInspectionId(), token: randomText(SHARE_TOKEN_CHARACTERS) },
  ): Promise<CreateShareOutcome> {
    const { tenant, inspectionId } = news;
    if (!isInspectionId(inspectionId)) return { outcome: 'no-inspection' };
    const createdAt = now.toISOString();
    const share: Share = { ...news, id, createdAt };
    return this.#query.transaction().execute(async (inside): Promise<CreateShareOutcome> => {
      // Locked against deletion of the inspection and against a concurrent link.
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
        ...actorMembers(by),
        facts: { share: share.id, until: share.expiresAt },
      });
      return { outcome: 'made', share, token };
    });
  }

  /** Returns the link; `undefined` if the token is unknown, revoked or expired, without distinction. */
  async find(token: string, now: Date): Promise<Share | undefined> {
    if (!SHARE_TOKEN.test(token)) return undefined;
    const row = await this.#query
      .selectFrom('shares')
      .selectAll()
      .where('digest', '=', digestOf(token))
      .where('expires_at', '>', now.toISOString())
      .executeTakeFirst();
    return row !== undefined && matchesDigest(token, row.digest) ? toShare(row) : undefined;
  }

  /** Returns a page of valid links, newest first. Rejects with `StoreError` `store.bad-cursor`. */
  page(
    tenant: string,
    inspectionId: string,
    now: Date,
    page: PageRequest,
  ): Promise<{ items: Share[]; next?: string }> {
    const query = this.#query
      .selectFrom('shares')
      .selectAll()
      .where('tenant', '=', tenant)
      .where('inspection_id', '=', inspectionId)
      .where('expires_at', '>', now.toISOString());
    return queryPage(query, page, toShare);
  }

  /** Returns all valid links, newest first. */
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
    return rows.map(toShare);
  }

  /**
   * Revokes a link. Returns false if there is none. `holds`: precondition, as in `KyselyInspections`; a link never
   * changes.
   */
  async revoke(
    tenant: string,
    inspectionId: string,
    id: string,
    holds?: Precondition<Share>,
  ): Promise<boolean> {
    return this.#query.transaction().execute(async (inside) => {
      const row = await inside
        .deleteFrom('shares')
        .where((eb) => eb.and({ tenant, inspection_id: inspectionId, id }))
        .returningAll()
        .executeTakeFirst();
      if (row === undefined) return false;
      assertPrecondition(holds, toShare(row));
      return true;
    });
  }

  async dropExpired(now: Date): Promise<void> {
    await this.#query.deleteFrom('shares').where('expires_at', '<=', now.toISOString()).execute();
  }
}

/** Uses five bits of each byte; needs at least 32 bytes. */
export const formatShareToken = (bytes: Uint8Array): string =>
  formatRandom(bytes.subarray(0, SHARE_TOKEN_CHARACTERS));

function toShare(row: Selectable<SharesTable>): Share {
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

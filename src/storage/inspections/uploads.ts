import { sql } from 'kysely';
import type { Database } from '../engine/database.js';
import { isInspectionId } from '../engine/record-id.js';
import type { QueryExecutor, StoreTransaction } from '../engine/transaction.js';
import type { DatabaseDialect } from '../schema/dialect.js';
import type { UploadsTable } from '../schema/tables.js';

/** Resumable upload. The number of received bytes is the size of its file. */
export interface ResumableUpload {
  id: string;
  tenant: string;
  createdAt: string;
  /** Time at which it is deleted, complete or not. */
  expiresAt: string;
  /** Absent until the client has stated it. */
  sizeBytes?: number;
  /** Metadata from the client, by name; null for a name without value. */
  metadata: Readonly<Record<string, string | null>>;
}

export interface UploadLimits {
  uploads: number;
  bytes: number;
  /** Bytes counted for an upload of unknown size. */
  unknownBytes: number;
}

/** Time for which an inspection may hold an upload; afterwards its process counts as dead, and another may take it. */
const TAKEN_MILLIS = 15 * 60_000;
const IDS_AT_ONCE = 1_000;

/** Uploads that no inspection has taken yet. Every call names the tenant; no call crosses tenants. */
export class UploadRepository {
  readonly #query: QueryExecutor;
  readonly #flavour: DatabaseDialect;

  constructor({ query, dialect: flavour }: Pick<Database, 'query' | 'dialect'>) {
    this.#query = query;
    this.#flavour = flavour;
  }

  /** Creates an upload. Returns false if the tenant would exceed its limits. */
  async create(upload: ResumableUpload, bounds: UploadLimits): Promise<boolean> {
    const { id, tenant, createdAt, expiresAt, sizeBytes, metadata } = upload;
    return this.#query.transaction().execute(async (inside) => {
      if (this.#flavour === 'postgres') await lockTenant(inside, tenant);
      const sizes = await inside
        .selectFrom('uploads')
        .select('size_bytes')
        .where('tenant', '=', tenant)
        .where('expires_at', '>', createdAt)
        .limit(bounds.uploads)
        .execute();
      const bytesOf = (size: number | null | undefined) => size ?? bounds.unknownBytes;
      const bytes = sizes.reduce((sum, { size_bytes }) => sum + bytesOf(size_bytes), bytesOf(sizeBytes));
      if (sizes.length >= bounds.uploads || bytes > bounds.bytes) return false;
      await inside
        .insertInto('uploads')
        .values({
          id,
          tenant,
          created_at: createdAt,
          expires_at: expiresAt,
          size_bytes: sizeBytes ?? null,
          metadata: JSON.stringify(metadata),
          taken_until: null,
        })
        .execute();
      return true;
    });
  }

  /** Returns the upload; `undefined` if it does not exist or has expired. */
  async get(tenant: string, id: string, now: Date): Promise<ResumableUpload | undefined> {
    if (!isInspectionId(id)) return undefined;
    const row = await this.#query
      .selectFrom('uploads')
      .selectAll()
      .where((eb) => eb.and({ tenant, id }))
      .where('expires_at', '>', now.toISOString())
      .executeTakeFirst();
    return row && toUpload(row);
  }

  async declareSize(tenant: string, id: string, sizeBytes: number): Promise<void> {
    await this.#query
      .updateTable('uploads')
      .set({ size_bytes: sizeBytes })
      .where((eb) => eb.and({ tenant, id }))
      .where('size_bytes', 'is', null)
      .execute();
  }

  /** Reserves an upload while an inspection is made of it. Returns false if it does not exist or is reserved. */
  async take(tenant: string, id: string, now: Date): Promise<boolean> {
    const { numUpdatedRows } = await this.#query
      .updateTable('uploads')
      .set({ taken_until: new Date(now.getTime() + TAKEN_MILLIS).toISOString() })
      .where((eb) => eb.and({ tenant, id }))
      .where('expires_at', '>', now.toISOString())
      .where((eb) => eb.or([eb('taken_until', 'is', null), eb('taken_until', '<=', now.toISOString())]))
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  async release(tenant: string, id: string): Promise<void> {
    await this.#query
      .updateTable('uploads')
      .set({ taken_until: null })
      .where((eb) => eb.and({ tenant, id }))
      .execute();
  }

  async delete(tenant: string, id: string, within: QueryExecutor = this.#query): Promise<boolean> {
    const { numDeletedRows } = await within
      .deleteFrom('uploads')
      .where((eb) => eb.and({ tenant, id }))
      .executeTakeFirst();
    return numDeletedRows > 0n;
  }

  /** Returns expired uploads of all tenants, for the collector. */
  async expired(now: string, limit: number): Promise<{ tenant: string; id: string }[]> {
    return this.#query
      .selectFrom('uploads')
      .select(['tenant', 'id'])
      .where('expires_at', '<=', now)
      .limit(limit)
      .execute();
  }

  /** Returns which of these ids exist, of all tenants. */
  async known(ids: readonly string[]): Promise<Set<string>> {
    const found = new Set<string>();
    for (let first = 0; first < ids.length; first += IDS_AT_ONCE) {
      const rows = await this.#query
        .selectFrom('uploads')
        .select('id')
        .where('id', 'in', ids.slice(first, first + IDS_AT_ONCE))
        .execute();
      for (const { id } of rows) found.add(id);
    }
    return found;
  }
}

function toUpload(row: UploadsTable): ResumableUpload {
  return {
    id: row.id,
    tenant: row.tenant,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    ...(row.size_bytes === null ? {} : { sizeBytes: row.size_bytes }),
    metadata: JSON.parse(row.metadata),
  };
}

/** Serializes the limit check: two concurrent uploads would both pass it. SQLite allows only one writer anyway. */
async function lockTenant(inside: StoreTransaction, tenant: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`uploads ${tenant}`}, 0))`.execute(inside);
}

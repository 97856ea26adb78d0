import { sql } from 'kysely';
import type { Database } from './database.js';
import type { Flavour } from './flavour.js';
import type { Inside, Query } from './inside.js';
import { isInspectionId } from './inspection-id.js';
import type { UploadsTable } from './tables.js';

/** A file that comes in piece by piece. How much of it is there, the file itself says. */
export interface Upload {
  id: string;
  tenant: string;
  createdAt: string;
  /** Then it goes, finished or not. */
  expiresAt: string;
  /** Left out: the client has not said yet. */
  sizeBytes?: number;
  /** The client's own words, by name; null: a name alone. */
  metadata: Readonly<Record<string, string | null>>;
}

export interface UploadBounds {
  uploads: number;
  bytes: number;
  /** Counted for one whose size is not said. */
  unknownBytes: number;
}

/** Who takes an upload for an inspection has so long; then it counts as died, and another may. */
const TAKEN_MILLIS = 15 * 60_000;
const IDS_AT_ONCE = 1_000;

/** Uploads that no inspection has taken yet. Whoever asks says the tenant; nothing crosses. */
export class Uploads {
  readonly #query: Query;
  readonly #flavour: Flavour;

  constructor({ query, flavour }: Pick<Database, 'query' | 'flavour'>) {
    this.#query = query;
    this.#flavour = flavour;
  }

  /** False where the tenant would have more than it may. */
  async create(upload: Upload, bounds: UploadBounds): Promise<boolean> {
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

  /** Undefined also where its time is over. */
  async get(tenant: string, id: string, now: Date): Promise<Upload | undefined> {
    if (!isInspectionId(id)) return undefined;
    const row = await this.#query
      .selectFrom('uploads')
      .selectAll()
      .where((eb) => eb.and({ tenant, id }))
      .where('expires_at', '>', now.toISOString())
      .executeTakeFirst();
    return row && uploadOf(row);
  }

  async declareSize(tenant: string, id: string, sizeBytes: number): Promise<void> {
    await this.#query
      .updateTable('uploads')
      .set({ size_bytes: sizeBytes })
      .where((eb) => eb.and({ tenant, id }))
      .where('size_bytes', 'is', null)
      .execute();
  }

  /** Keeps the others away while an inspection is made of it. False where it is not there, or somebody has it. */
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

  async giveBack(tenant: string, id: string): Promise<void> {
    await this.#query
      .updateTable('uploads')
      .set({ taken_until: null })
      .where((eb) => eb.and({ tenant, id }))
      .execute();
  }

  async delete(tenant: string, id: string, within: Query = this.#query): Promise<boolean> {
    const { numDeletedRows } = await within
      .deleteFrom('uploads')
      .where((eb) => eb.and({ tenant, id }))
      .executeTakeFirst();
    return numDeletedRows > 0n;
  }

  /** Of all tenants, for the collector. */
  async expired(now: string, limit: number): Promise<{ tenant: string; id: string }[]> {
    return this.#query
      .selectFrom('uploads')
      .select(['tenant', 'id'])
      .where('expires_at', '<=', now)
      .limit(limit)
      .execute();
  }

  /** Of all tenants: which of these there are. */
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

function uploadOf(row: UploadsTable): Upload {
  return {
    id: row.id,
    tenant: row.tenant,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    ...(row.size_bytes === null ? {} : { sizeBytes: row.size_bytes }),
    metadata: JSON.parse(row.metadata),
  };
}

/** Two that are counted at once would each find room for one. SQLite lets in one writer anyway. */
async function lockTenant(inside: Inside, tenant: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`uploads ${tenant}`}, 0))`.execute(inside);
}

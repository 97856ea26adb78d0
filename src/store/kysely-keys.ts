import type { Selectable } from 'kysely';
import type { Database } from './database.js';
import type { Holds } from './holds.js';
import type { Inside, Query } from './inside.js';
import { type ApiKey, isRole, KEY_PATTERN, type MadeKey, type NewKey } from './keys.js';
import { type PageAsk, pageOf } from './page.js';
import { isScope } from './scopes.js';
import { digestOf, matchesDigest, randomText, textOf } from './secret-text.js';
import { assertHolds } from './still.js';
import type { KeysTable } from './tables.js';

const ID_CHARACTERS = 12;
/** 260 bits. */
const SECRET_CHARACTERS = 52;
/** A key in use all day need not be written down each time. */
const USE_NOTED_MILLIS = 60_000;
/** Matches no key: compared with where the id is unknown, so that this takes as long. */
const NO_DIGEST = '0'.repeat(64);

export class KyselyKeys {
  readonly #query: Query;

  constructor({ query }: Pick<Database, 'query'>) {
    this.#query = query;
  }

  /** `parts`: random ones, where they are to be known before. */
  async create(key: NewKey, now: Date, parts: KeyParts = newKeyParts()): Promise<MadeKey> {
    const { made, row } = newRow(key, now, parts);
    await this.#query.insertInto('api_keys').values(row).execute();
    return made;
  }

  /** Once in the life of a database, and only where nobody made a key before. */
  async createFirst(key: NewKey, now: Date): Promise<MadeKey | undefined> {
    const { made, row } = newRow(key, now);
    const inserted = await this.#query.transaction().execute(async (inside) => {
      if (await anyKey(inside)) return false;
      // Of two servers that start at once, one makes it: the column is unique.
      const { numInsertedOrUpdatedRows } = await inside
        .insertInto('api_keys')
        .values({ ...row, first: 1 })
        .onConflict((conflict) => conflict.column('first').doNothing())
        .executeTakeFirstOrThrow();
      return numInsertedOrUpdatedRows === 1n;
    });
    return inserted ? made : undefined;
  }

  /** Its holder; undefined for what is unknown, revoked or run out. Notes that it was used. */
  async find(text: string, now: Date): Promise<ApiKey | undefined> {
    const [, id] = KEY_PATTERN.exec(text) ?? [];
    if (id === undefined) return undefined;
    const row = await this.#row(id);
    if (!matchesDigest(text, row?.digest ?? NO_DIGEST) || row === undefined) return undefined;
    return this.#used(row, now);
  }

  /** As `find`, for whoever showed the key before. */
  async findById(id: string, now: Date): Promise<ApiKey | undefined> {
    const row = await this.#row(id);
    return row === undefined ? undefined : this.#used(row, now);
  }

  /** Newest first, those that no longer hold included; without a tenant: of all of them. */
  async list(tenant?: string): Promise<ApiKey[]> {
    const all = this.#query
      .selectFrom('api_keys')
      .selectAll()
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc');
    const rows = await (tenant === undefined ? all : all.where('tenant', '=', tenant)).execute();
    return rows.map(keyOf);
  }

  /** Lists them page by page. Rejects with a StoreError `store.bad-cursor`. */
  page(tenant: string, page: PageAsk): Promise<{ items: ApiKey[]; next?: string }> {
    return pageOf(this.#query.selectFrom('api_keys').selectAll().where('tenant', '=', tenant), page, keyOf);
  }

  /** Which of these secrets is that of a key; undefined: none. */
  async secretAmong(
    tenant: string,
    id: string,
    secrets: readonly string[],
  ): Promise<Pick<MadeKey, 'text'> | undefined> {
    const row = await this.#row(id);
    if (row?.tenant !== tenant) return undefined;
    const text = secrets
      .map((secret) => keyText({ id, secret }))
      .find((one) => matchesDigest(one, row.digest));
    return text === undefined ? undefined : { text };
  }

  async get(tenant: string, id: string): Promise<ApiKey | undefined> {
    const row = await this.#query
      .selectFrom('api_keys')
      .selectAll()
      .where((eb) => eb.and({ tenant, id }))
      .executeTakeFirst();
    return row === undefined ? undefined : keyOf(row);
  }

  /** False where there is none. A key stays revoked since the first time. `holds`: as in kysely-inspections.ts. */
  async revoke(tenant: string | undefined, id: string, now: Date, holds?: Holds<ApiKey>): Promise<boolean> {
    return this.#query.transaction().execute(async (inside) => {
      const one = inside.selectFrom('api_keys').selectAll().where('id', '=', id);
      const row = await (tenant === undefined ? one : one.where('tenant', '=', tenant)).executeTakeFirst();
      if (row === undefined) return false;
      // Of a key nothing is ever changed but that it is revoked, and that for good.
      assertHolds(holds, keyOf(row));
      await inside.deleteFrom('sessions').where('key_id', '=', id).execute();
      await inside
        .updateTable('api_keys')
        .set({ revoked_at: now.toISOString() })
        .where('id', '=', id)
        .where('revoked_at', 'is', null)
        .execute();
      return true;
    });
  }

  #row(id: string): Promise<Selectable<KeysTable> | undefined> {
    return this.#query.selectFrom('api_keys').selectAll().where('id', '=', id).executeTakeFirst();
  }

  async #used(row: Selectable<KeysTable>, now: Date): Promise<ApiKey | undefined> {
    const at = now.toISOString();
    if (row.revoked_at !== null || (row.expires_at !== null && row.expires_at <= at)) return undefined;
    const noted = row.last_used_at;
    if (noted === null || now.getTime() - Date.parse(noted) >= USE_NOTED_MILLIS) {
      await this.#query.updateTable('api_keys').set({ last_used_at: at }).where('id', '=', row.id).execute();
    }
    return keyOf(row);
  }
}

async function anyKey(inside: Inside): Promise<boolean> {
  return (await inside.selectFrom('api_keys').select('id').limit(1).executeTakeFirst()) !== undefined;
}

/** A key is these two. `secret`: of `keySecret`. */
export interface KeyParts {
  id: string;
  secret: string;
}

export const newKeyId = (): string => randomText(ID_CHARACTERS);
/** Five bits of each byte; 52 of them at least. */
export const keySecret = (bytes: Uint8Array): string => textOf(bytes.subarray(0, SECRET_CHARACTERS));
const newKeyParts = (): KeyParts => ({ id: newKeyId(), secret: randomText(SECRET_CHARACTERS) });
const keyText = ({ id, secret }: KeyParts): string => `assay_${id}_${secret}`;

function newRow(
  asked: NewKey,
  now: Date,
  parts: KeyParts = newKeyParts(),
): { made: MadeKey; row: KeysTable } {
  const { id } = parts;
  const text = keyText(parts);
  const row: KeysTable = {
    id,
    tenant: asked.tenant,
    name: asked.name,
    digest: digestOf(text),
    scopes: JSON.stringify(asked.scopes),
    defaults: JSON.stringify(asked.defaults ?? {}),
    limits: JSON.stringify(asked.limits ?? {}),
    created_at: now.toISOString(),
    created_by: asked.createdBy ?? null,
    expires_at: asked.expiresAt ?? null,
    revoked_at: null,
    last_used_at: null,
    first: null,
  };
  return { made: { key: keyOf(row), text }, row };
}

function keyOf(row: Selectable<KeysTable>): ApiKey {
  return {
    id: row.id,
    tenant: row.tenant,
    name: row.name,
    scopes: strings(JSON.parse(row.scopes)).filter(isScope),
    defaults: defaultsOf(JSON.parse(row.defaults)),
    limits: limitsOf(JSON.parse(row.limits)),
    createdAt: row.created_at,
    ...(row.created_by === null ? {} : { createdBy: row.created_by }),
    ...(row.expires_at === null ? {} : { expiresAt: row.expires_at }),
    ...(row.revoked_at === null ? {} : { revokedAt: row.revoked_at }),
    ...(row.last_used_at === null ? {} : { lastUsedAt: row.last_used_at }),
  };
}

/** What a later version wrote and this one does not know is left out: a scope that nobody knows allows nothing. */
function defaultsOf(value: unknown): ApiKey['defaults'] {
  const { jurisdictions, roles, rulebooks } = record(value);
  return {
    ...(jurisdictions === undefined ? {} : { jurisdictions: strings(jurisdictions) }),
    ...(roles === undefined ? {} : { roles: strings(roles).filter(isRole) }),
    ...(rulebooks === undefined ? {} : { rulebooks: strings(rulebooks) }),
  };
}

function limitsOf(value: unknown): ApiKey['limits'] {
  const { requestsPerMinute, dailyInspections, dailyBytes } = record(value);
  return {
    ...(typeof requestsPerMinute === 'number' ? { requestsPerMinute } : {}),
    ...(typeof dailyInspections === 'number' ? { dailyInspections } : {}),
    ...(typeof dailyBytes === 'number' ? { dailyBytes } : {}),
  };
}

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? { ...value } : {};
const strings = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];

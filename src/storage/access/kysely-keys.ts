import type { Selectable } from 'kysely';
import { assertPrecondition } from '../engine/assert-precondition.js';
import type { Database } from '../engine/database.js';
import { type PageRequest, queryPage } from '../engine/page.js';
import type { Precondition } from '../engine/precondition.js';
import { digestOf, formatRandom, matchesDigest, randomText } from '../engine/secret-text.js';
import type { QueryExecutor, StoreTransaction } from '../engine/transaction.js';
import type { KeysTable } from '../schema/tables.js';
import { type ApiKey, type CreatedKey, isRole, KEY_PATTERN, type NewKey } from './keys.js';
import { isScope } from './scopes.js';

const ID_CHARACTERS = 12;
/** 260 bits. */
const SECRET_CHARACTERS = 52;
/** Minimum interval between updates of `lastUsedAt`, because a key may be in constant use. */
const USE_UPDATE_MILLIS = 60_000;
/** Digest that matches no key: compared if the id is unknown, so that the check takes as long. */
const NO_DIGEST = '0'.repeat(64);

export class KeyRepository {
  readonly #query: QueryExecutor;

  constructor({ query }: Pick<Database, 'query'>) {
    this.#query = query;
  }

  /** Creates a key. `parts`: random id and secret that the caller needs to know in advance. */
  async create(key: NewKey, now: Date, parts: KeyParts = newKeyParts()): Promise<CreatedKey> {
    const { made, row } = createRow(key, now, parts);
    await this.#query.insertInto('api_keys').values(row).execute();
    return made;
  }

  /** Creates the first key of a database; does nothing if any key was ever created. */
  async createFirst(key: NewKey, now: Date): Promise<CreatedKey | undefined> {
    const { made, row } = createRow(key, now);
    const inserted = await this.#query.transaction().execute(async (inside) => {
      if (await hasAnyKey(inside)) return false;
      // If two servers start at once, only one creates it: the column is unique.
      const { numInsertedOrUpdatedRows } = await inside
        .insertInto('api_keys')
        .values({ ...row, first: 1 })
        .onConflict((conflict) => conflict.column('first').doNothing())
        .executeTakeFirstOrThrow();
      return numInsertedOrUpdatedRows === 1n;
    });
    return inserted ? made : undefined;
  }

  /** Returns the key with this text; `undefined` if it is unknown, revoked or expired. Records its use. */
  async find(text: string, now: Date): Promise<ApiKey | undefined> {
    const [, id] = KEY_PATTERN.exec(text) ?? [];
    if (id === undefined) return undefined;
    const row = await this.#row(id);
    if (!matchesDigest(text, row?.digest ?? NO_DIGEST) || row === undefined) return undefined;
    return this.#used(row, now);
  }

  /** Like `find`, for a client that presented the key earlier. */
  async findById(id: string, now: Date): Promise<ApiKey | undefined> {
    const row = await this.#row(id);
    return row === undefined ? undefined : this.#used(row, now);
  }

  /** Returns keys, newest first, including invalid ones; without a tenant, those of all tenants. */
  async list(tenant?: string): Promise<ApiKey[]> {
    const all = this.#query
      .selectFrom('api_keys')
      .selectAll()
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc');
    const rows = await (tenant === undefined ? all : all.where('tenant', '=', tenant)).execute();
    return rows.map(toKey);
  }

  /** Returns a page of keys. Rejects with `StoreError` `store.bad-cursor`. */
  page(tenant: string, page: PageRequest): Promise<{ items: ApiKey[]; next?: string }> {
    return queryPage(
      this.#query.selectFrom('api_keys').selectAll().where('tenant', '=', tenant),
      page,
      toKey,
    );
  }

  /** Returns the one of these secrets that belongs to the key; `undefined` if none does. */
  async findSecret(
    tenant: string,
    id: string,
    secrets: readonly string[],
  ): Promise<Pick<CreatedKey, 'text'> | undefined> {
    const row = await this.#row(id);
    if (row?.tenant !== tenant) return undefined;
    const text = secrets
      .map((secret) => formatKey({ id, secret }))
      .find((one) => matchesDigest(one, row.digest));
    return text === undefined ? undefined : { text };
  }

  async get(tenant: string, id: string): Promise<ApiKey | undefined> {
    const row = await this.#query
      .selectFrom('api_keys')
      .selectAll()
      .where((eb) => eb.and({ tenant, id }))
      .executeTakeFirst();
    return row === undefined ? undefined : toKey(row);
  }

  /**
   * Revokes a key. Returns false if there is none. The time of the first revocation stays. `holds`: precondition, as in
   * `KyselyInspections`.
   */
  async revoke(
    tenant: string | undefined,
    id: string,
    now: Date,
    holds?: Precondition<ApiKey>,
  ): Promise<boolean> {
    return this.#query.transaction().execute(async (inside) => {
      const one = inside.selectFrom('api_keys').selectAll().where('id', '=', id);
      const row = await (tenant === undefined ? one : one.where('tenant', '=', tenant)).executeTakeFirst();
      if (row === undefined) return false;
      // A key never changes except by revocation, which is final.
      assertPrecondition(holds, toKey(row));
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
    if (noted === null || now.getTime() - Date.parse(noted) >= USE_UPDATE_MILLIS) {
      await this.#query.updateTable('api_keys').set({ last_used_at: at }).where('id', '=', row.id).execute();
    }
    return toKey(row);
  }
}

async function hasAnyKey(inside: StoreTransaction): Promise<boolean> {
  return (await inside.selectFrom('api_keys').select('id').limit(1).executeTakeFirst()) !== undefined;
}

/** Parts of a key's text. `secret`: made by `keySecret`. */
export interface KeyParts {
  id: string;
  secret: string;
}

export const newKeyId = (): string => randomText(ID_CHARACTERS);
/** Uses five bits of each byte; needs at least 52 bytes. */
export const formatKeySecret = (bytes: Uint8Array): string =>
  formatRandom(bytes.subarray(0, SECRET_CHARACTERS));
const newKeyParts = (): KeyParts => ({ id: newKeyId(), secret: randomText(SECRET_CHARACTERS) });
const formatKey = ({ id, secret }: KeyParts): string => `assay_${id}_${secret}`;

function createRow(
  asked: NewKey,
  now: Date,
  parts: KeyParts = newKeyParts(),
): { made: CreatedKey; row: KeysTable } {
  const { id } = parts;
  const text = formatKey(parts);
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
  return { made: { key: toKey(row), text }, row };
}

function toKey(row: Selectable<KeysTable>): ApiKey {
  return {
    id: row.id,
    tenant: row.tenant,
    name: row.name,
    scopes: asStrings(JSON.parse(row.scopes)).filter(isScope),
    defaults: parseDefaults(JSON.parse(row.defaults)),
    limits: parseLimits(JSON.parse(row.limits)),
    createdAt: row.created_at,
    ...(row.created_by === null ? {} : { createdBy: row.created_by }),
    ...(row.expires_at === null ? {} : { expiresAt: row.expires_at }),
    ...(row.revoked_at === null ? {} : { revokedAt: row.revoked_at }),
    ...(row.last_used_at === null ? {} : { lastUsedAt: row.last_used_at }),
  };
}

/** Skips values of a later version that this one does not know: an unknown scope allows nothing. */
function parseDefaults(value: unknown): ApiKey['defaults'] {
  const { jurisdictions, roles, rulebooks } = asObject(value);
  return {
    ...(jurisdictions === undefined ? {} : { jurisdictions: asStrings(jurisdictions) }),
    ...(roles === undefined ? {} : { roles: asStrings(roles).filter(isRole) }),
    ...(rulebooks === undefined ? {} : { rulebooks: asStrings(rulebooks) }),
  };
}

function parseLimits(value: unknown): ApiKey['limits'] {
  const { requestsPerMinute, dailyInspections, dailyBytes } = asObject(value);
  return {
    ...(typeof requestsPerMinute === 'number' ? { requestsPerMinute } : {}),
    ...(typeof dailyInspections === 'number' ? { dailyInspections } : {}),
    ...(typeof dailyBytes === 'number' ? { dailyBytes } : {}),
  };
}

const asObject = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? { ...value } : {};
const asStrings = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];

import { TILE_HASHES, type TileSource } from '../../core/transparency-log/proofs.js';
import { rootOf, type TreeHash } from '../../core/transparency-log/tree.js';
import type { QueryExecutor, StoreTransaction } from '../engine/transaction.js';

const DIGEST_BYTES = 32;

/** Copies bytes into a Buffer, because libsql returns an ArrayBuffer. */
export const toDigest = (bytes: Uint8Array | ArrayBuffer): TreeHash => Buffer.from(bytes as Uint8Array);

export function splitDigests(bytes: Uint8Array | ArrayBuffer): TreeHash[] {
  const all = toDigest(bytes);
  return Array.from({ length: Math.floor(all.length / DIGEST_BYTES) }, (_, at) =>
    all.subarray(at * DIGEST_BYTES, (at + 1) * DIGEST_BYTES),
  );
}

/** Stored hashes of a tenant's log. */
export class StoredTiles implements TileSource {
  readonly #query: QueryExecutor;
  readonly #tenant: string;

  constructor(query: QueryExecutor, tenant: string) {
    this.#query = query;
    this.#tenant = tenant;
  }

  async full(level: number, index: number): Promise<TreeHash[] | undefined> {
    const row = await this.#query
      .selectFrom('log_tiles')
      .select('hashes')
      .where((eb) => eb.and({ tenant: this.#tenant, level, at_index: index }))
      .executeTakeFirst();
    return row && splitDigests(row.hashes);
  }

  async rootOfFull(level: number, index: number): Promise<TreeHash | undefined> {
    const row = await this.#query
      .selectFrom('log_tiles')
      .select('root')
      .where((eb) => eb.and({ tenant: this.#tenant, level, at_index: index }))
      .executeTakeFirst();
    return row && toDigest(row.root);
  }

  async rootsOfFull(level: number, from: number, to: number): Promise<TreeHash[]> {
    const rows = await this.#query
      .selectFrom('log_tiles')
      .select('root')
      .where('tenant', '=', this.#tenant)
      .where('level', '=', level)
      .where('at_index', '>=', from)
      .where('at_index', '<', to)
      .orderBy('at_index')
      .execute();
    return rows.map(({ root }) => toDigest(root));
  }

  tail(index: number): Promise<TreeHash[]> {
    return readLeafHashes(this.#query, this.#tenant, index * TILE_HASHES, (index + 1) * TILE_HASHES);
  }
}

async function readLeafHashes(
  query: QueryExecutor,
  tenant: string,
  from: number,
  to: number,
): Promise<TreeHash[]> {
  const rows = await query
    .selectFrom('log_leaves')
    .select('hash')
    .where('tenant', '=', tenant)
    .where('at_index', '>=', from)
    .where('at_index', '<', to)
    .orderBy('at_index')
    .execute();
  return rows.map(({ hash }) => toDigest(hash));
}

/** Stores the tiles filled by the leaves after `before`, in the transaction that added them. `added`: their hashes. */
export async function fillTiles(
  inside: StoreTransaction,
  tenant: string,
  { before, added }: { before: number; added: readonly TreeHash[] },
): Promise<void> {
  const first = Math.floor(before / TILE_HASHES);
  const last = Math.floor((before + added.length) / TILE_HASHES);
  if (first === last) return;
  const start = first * TILE_HASHES;
  const earlier = start === before ? [] : await readLeafHashes(inside, tenant, start, before);
  const hashes = [...earlier, ...added];
  for (let index = first; index < last; index += 1) {
    const from = (index - first) * TILE_HASHES;
    await storeTile(inside, tenant, 0, index, hashes.slice(from, from + TILE_HASHES));
  }
}

async function storeTile(
  inside: StoreTransaction,
  tenant: string,
  level: number,
  index: number,
  hashes: readonly TreeHash[],
): Promise<void> {
  const row = { tenant, level, at_index: index, hashes: Buffer.concat(hashes), root: rootOf(hashes) };
  await inside.insertInto('log_tiles').values(row).execute();
  if ((index + 1) % TILE_HASHES !== 0) return;
  // It was the last tile missing for a tile of the level above.
  const above = Math.floor(index / TILE_HASHES);
  const rows = await inside
    .selectFrom('log_tiles')
    .select('root')
    .where((eb) => eb.and({ tenant, level }))
    .where('at_index', '>=', above * TILE_HASHES)
    .where('at_index', '<=', index)
    .orderBy('at_index')
    .execute();
  await storeTile(
    inside,
    tenant,
    level + 1,
    above,
    rows.map(({ root }) => toDigest(root)),
  );
}

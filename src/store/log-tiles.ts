import { TILE_HASHES, type TileSource } from '../core/log/proofs.js';
import { type Digest, rootOf } from '../core/log/tree.js';
import type { Inside, Query } from './inside.js';

const DIGEST_BYTES = 32;

/** libsql gives bytes as an ArrayBuffer. */
export const digestOf = (bytes: Uint8Array | ArrayBuffer): Digest => Buffer.from(bytes as Uint8Array);

export function digestsOf(bytes: Uint8Array | ArrayBuffer): Digest[] {
  const all = digestOf(bytes);
  return Array.from({ length: Math.floor(all.length / DIGEST_BYTES) }, (_, at) =>
    all.subarray(at * DIGEST_BYTES, (at + 1) * DIGEST_BYTES),
  );
}

/** Hashes of one tenant's log, where they are kept. */
export class StoredTiles implements TileSource {
  readonly #query: Query;
  readonly #tenant: string;

  constructor(query: Query, tenant: string) {
    this.#query = query;
    this.#tenant = tenant;
  }

  async full(level: number, index: number): Promise<Digest[] | undefined> {
    const row = await this.#query
      .selectFrom('log_tiles')
      .select('hashes')
      .where((eb) => eb.and({ tenant: this.#tenant, level, at_index: index }))
      .executeTakeFirst();
    return row && digestsOf(row.hashes);
  }

  async rootOfFull(level: number, index: number): Promise<Digest | undefined> {
    const row = await this.#query
      .selectFrom('log_tiles')
      .select('root')
      .where((eb) => eb.and({ tenant: this.#tenant, level, at_index: index }))
      .executeTakeFirst();
    return row && digestOf(row.root);
  }

  tail(index: number): Promise<Digest[]> {
    return leafHashes(this.#query, this.#tenant, index * TILE_HASHES, (index + 1) * TILE_HASHES);
  }
}

async function leafHashes(query: Query, tenant: string, from: number, to: number): Promise<Digest[]> {
  const rows = await query
    .selectFrom('log_leaves')
    .select('hash')
    .where('tenant', '=', tenant)
    .where('at_index', '>=', from)
    .where('at_index', '<', to)
    .orderBy('at_index')
    .execute();
  return rows.map(({ hash }) => digestOf(hash));
}

/**
 * Keeps the tiles that leaves from `before` to before `after` have filled, in the transaction that added them. `added`:
 * their hashes.
 */
export async function fillTiles(
  inside: Inside,
  tenant: string,
  { before, added }: { before: number; added: readonly Digest[] },
): Promise<void> {
  const first = Math.floor(before / TILE_HASHES);
  const last = Math.floor((before + added.length) / TILE_HASHES);
  if (first === last) return;
  const start = first * TILE_HASHES;
  const earlier = start === before ? [] : await leafHashes(inside, tenant, start, before);
  const hashes = [...earlier, ...added];
  for (let index = first; index < last; index += 1) {
    const from = (index - first) * TILE_HASHES;
    await keepTile(inside, tenant, 0, index, hashes.slice(from, from + TILE_HASHES));
  }
}

async function keepTile(
  inside: Inside,
  tenant: string,
  level: number,
  index: number,
  hashes: readonly Digest[],
): Promise<void> {
  const row = { tenant, level, at_index: index, hashes: Buffer.concat(hashes), root: rootOf(hashes) };
  await inside.insertInto('log_tiles').values(row).execute();
  if ((index + 1) % TILE_HASHES !== 0) return;
  // It was the last that a tile of the level above waited for.
  const above = Math.floor(index / TILE_HASHES);
  const rows = await inside
    .selectFrom('log_tiles')
    .select('root')
    .where((eb) => eb.and({ tenant, level }))
    .where('at_index', '>=', above * TILE_HASHES)
    .where('at_index', '<=', index)
    .orderBy('at_index')
    .execute();
  await keepTile(
    inside,
    tenant,
    level + 1,
    above,
    rows.map(({ root }) => digestOf(root)),
  );
}

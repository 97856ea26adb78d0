import { pickFault } from '../../base/fault.js';
import type { Fingerprint } from '../../matching/fingerprint.js';
import type { StoreTransaction } from '../engine/transaction.js';
import { type HolderColumns, holderColumns } from './fingerprint-holder.js';
import { removeFingerprints, takeNumbers } from './fingerprint-order.js';
import type { MissingKind, NewFingerprint } from './fingerprints.js';

/** Ids and rows per statement, since both databases limit the number of values. */
const BATCH_SIZE = 200;
/** Maximum bytes of one fingerprint set: a one-hour video with all crops has at most 2 MB. */
const MAX_BYTES = 4 * 1024 * 1024;
const HASH_BYTES = 32;
const VALUE_BYTES = 4;
const EMPTY = Buffer.alloc(0);

export interface FingerprintInsertRow extends HolderColumns {
  tenant: string;
  kind: string;
  at: string;
  expires_at: string | null;
  quality: number;
  frames: number;
  seconds: number | null;
  missing: string | null;
  partly: string | null;
  bytes: number;
  shelf: Buffer;
  query: Buffer;
}

/** Returns rows, with the last one for each owner and kind. Throws `RangeError`. */
export function toFingerprintRows(news: readonly NewFingerprint[]): FingerprintInsertRow[] {
  const rows = new Map<string, FingerprintInsertRow>();
  for (const one of news) {
    const row = toFingerprintRow(one);
    rows.set(JSON.stringify([row.tenant, ...holderKey(row), row.kind]), row);
  }
  return [...rows.values()];
}

function toFingerprintRow({
  tenant,
  holder,
  at,
  expiresAt,
  fingerprint,
  partly,
}: NewFingerprint): FingerprintInsertRow {
  const common = { tenant, ...holderColumns(holder), at, expires_at: expiresAt ?? null };
  if ('missing' in fingerprint) {
    const { kind, ...fault } = fingerprint.missing satisfies MissingKind;
    return {
      ...common,
      ...{ kind, quality: 0, frames: 0, seconds: null, bytes: 0, shelf: EMPTY, query: EMPTY },
      ...{ missing: JSON.stringify(fault), partly: null },
    };
  }
  assertComplete(fingerprint);
  const shelf = bufferOf(fingerprint.shelf);
  return {
    ...common,
    kind: fingerprint.kind,
    quality: Math.round(fingerprint.quality),
    frames: fingerprint.frames,
    seconds: fingerprint.seconds ?? null,
    missing: null,
    partly: partly === undefined ? null : JSON.stringify(pickFault(partly)),
    bytes: shelf.length,
    shelf,
    // A sound is searched as it is stored; nobody searches with all rotations of a scan's files.
    query: fingerprint.kind === 'sound' || 'scan' in holder ? EMPTY : bufferOf(fingerprint.query),
  };
}

function assertComplete({ kind, frames, shelf, query }: Fingerprint): void {
  const each = kind === 'sound' ? VALUE_BYTES : HASH_BYTES * frames;
  const whole =
    Number.isSafeInteger(frames) &&
    frames > 0 &&
    shelf.length > 0 &&
    shelf.length % each === 0 &&
    query.length % (kind === 'sound' ? VALUE_BYTES : HASH_BYTES) === 0;
  if (!whole) throw new RangeError('not whole fingerprints');
  if (shelf.length > MAX_BYTES || query.length > MAX_BYTES)
    throw new RangeError('a fingerprint is too large');
}

const bufferOf = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const holderKey = ({ holder, holder_id: id, item }: HolderColumns): string[] => [holder, id, item];

/** Implements `KyselyFingerprints.put`. */
export async function storeRows(
  inside: StoreTransaction,
  rows: readonly FingerprintInsertRow[],
  now: string,
): Promise<void> {
  const there = await dropUnusedQueries(inside, await selectOwned(inside, rows));
  for (let at = 0; at < there.length; at += BATCH_SIZE)
    await storeBatch(inside, there.slice(at, at + BATCH_SIZE), now);
}

/** Query fingerprints are needed only for items of watched collections, which are searched when they are added. */
async function dropUnusedQueries(
  inside: StoreTransaction,
  rows: readonly FingerprintInsertRow[],
): Promise<FingerprintInsertRow[]> {
  const ids = [...new Set(rows.flatMap((row) => (row.holder === 'collection' ? [row.holder_id] : [])))];
  const watched = new Set<string>();
  for (const id of ids) {
    const row = await inside
      .selectFrom('collections')
      .select('watched')
      .where('id', '=', id)
      .executeTakeFirst();
    if (row?.watched === 1) watched.add(id);
  }
  return rows.map((row) =>
    row.holder === 'collection' && !watched.has(row.holder_id) ? { ...row, query: EMPTY } : row,
  );
}

async function storeBatch(
  inside: StoreTransaction,
  rows: readonly FingerprintInsertRow[],
  now: string,
): Promise<void> {
  // Locks before reading, so that nobody else changes the rows from here on.
  const first = await takeNumbers(inside, rows.length);
  const before = await findStored(inside, rows);
  const replaced: number[] = [];
  const news: FingerprintInsertRow[] = [];
  for (const row of rows) {
    const old = before.get(JSON.stringify([row.tenant, ...holderKey(row), row.kind]));
    if (old !== undefined && isUnchanged(old, row)) {
      if (old.expires_at !== row.expires_at)
        await inside
          .updateTable('fingerprints')
          .set({ expires_at: row.expires_at })
          .where('id', '=', old.id)
          .execute();
      continue;
    }
    if (old !== undefined) replaced.push(old.id);
    news.push(row);
  }
  if (news.length === 0) return;
  // Removals get later numbers: a follower sees the old row before its removal, and finally both.
  await removeFingerprints(inside, replaced, now);
  const made = await inside
    .insertInto('fingerprints')
    .values(news.map(({ query: _, ...row }, place) => ({ ...row, seq: first + place })))
    .returning(['id', 'seq'])
    .execute();
  const queries = made.flatMap(({ id, seq }) => {
    const query = news[seq - first]?.query ?? EMPTY;
    return query.length === 0 ? [] : [{ fingerprint: id, query }];
  });
  if (queries.length > 0) await inside.insertInto('fingerprint_queries').values(queries).execute();
}

async function findStored(inside: StoreTransaction, rows: readonly FingerprintInsertRow[]) {
  const found = await inside
    .selectFrom('fingerprints')
    .select([
      ...([
        'id',
        'tenant',
        'holder',
        'holder_id',
        'item',
        'kind',
        'expires_at',
        'missing',
        'partly',
      ] as const),
      ...(['quality', 'frames', 'seconds', 'shelf'] as const),
    ])
    .where('gone_at', 'is', null)
    .where('tenant', 'in', [...new Set(rows.map(({ tenant }) => tenant))])
    .where('holder', 'in', [...new Set(rows.map(({ holder }) => holder))])
    .where('holder_id', 'in', [...new Set(rows.map((row) => row.holder_id))])
    .where('item', 'in', [...new Set(rows.map(({ item }) => item))])
    .execute();
  return new Map(
    found.map((row) => [JSON.stringify([row.tenant, ...holderKey(row as HolderColumns), row.kind]), row]),
  );
}

type StoredRow = Awaited<ReturnType<typeof findStored>> extends Map<string, infer R> ? R : never;

/** `query` is derived from the same picture, so it need not be compared. */
const isUnchanged = (old: StoredRow, row: FingerprintInsertRow): boolean =>
  old.missing === row.missing &&
  old.partly === row.partly &&
  old.quality === row.quality &&
  old.frames === row.frames &&
  old.seconds === row.seconds &&
  // libsql returns bytes as an ArrayBuffer.
  Buffer.from(old.shelf).equals(row.shelf);

/** Locks the owners, so that none is deleted before its fingerprints exist and can be deleted with it. */
async function selectOwned(
  inside: StoreTransaction,
  rows: readonly FingerprintInsertRow[],
): Promise<FingerprintInsertRow[]> {
  const there = new Set<string>();
  const note = (tenant: string, ...key: string[]) => there.add(JSON.stringify([tenant, ...key]));
  const of = (holder: FingerprintInsertRow['holder']) => rows.filter((row) => row.holder === holder);

  const inspections = [...new Set(of('inspection').map((row) => row.holder_id))];
  for (let at = 0; at < inspections.length; at += BATCH_SIZE) {
    const found = await inside
      .selectFrom('inspections')
      .select(['id', 'tenant'])
      .where('id', 'in', inspections.slice(at, at + BATCH_SIZE))
      .orderBy('id')
      .forKeyShare()
      .execute();
    for (const { id, tenant } of found) note(tenant, 'inspection', id, '');
  }
  for (const id of new Set(of('scan').map((row) => row.holder_id))) {
    const scan = await inside
      .selectFrom('scans')
      .select('tenant')
      .where('number', '=', Number(id))
      .forKeyShare()
      .executeTakeFirst();
    if (scan === undefined) continue;
    const keys = of('scan').filter((row) => row.holder_id === id);
    for (let at = 0; at < keys.length; at += BATCH_SIZE) {
      const found = await inside
        .selectFrom('scan_records')
        .select('path_key')
        .where('scan', '=', Number(id))
        .where(
          'path_key',
          'in',
          keys.slice(at, at + BATCH_SIZE).map(({ item }) => item),
        )
        .orderBy('path_key')
        .forKeyShare()
        .execute();
      for (const { path_key: key } of found) note(scan.tenant, 'scan', id, key);
    }
  }
  for (const id of new Set(of('collection').map((row) => row.holder_id))) {
    const collection = await inside
      .selectFrom('collections')
      .select('tenant')
      .where('id', '=', id)
      .where('leaving', '=', 0)
      .forKeyShare()
      .executeTakeFirst();
    if (collection === undefined) continue;
    const items = of('collection').filter((row) => row.holder_id === id);
    for (let at = 0; at < items.length; at += BATCH_SIZE) {
      const found = await inside
        .selectFrom('collection_items')
        .select('id')
        .where('collection', '=', id)
        .where(
          'id',
          'in',
          items.slice(at, at + BATCH_SIZE).map(({ item }) => item),
        )
        .orderBy('id')
        .forKeyShare()
        .execute();
      for (const item of found) note(collection.tenant, 'collection', id, item.id);
    }
  }
  return rows.filter((row) => there.has(JSON.stringify([row.tenant, ...holderKey(row)])));
}

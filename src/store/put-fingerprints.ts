import { bareFault } from '../core/ground/fault.js';
import type { Likeness } from '../core/likeness/likeness.js';
import { type HolderColumns, holderColumns } from './fingerprint-holder.js';
import { removeFingerprints, takeNumbers } from './fingerprint-order.js';
import type { NewFingerprint, NotMade } from './fingerprints.js';
import type { Inside } from './inside.js';

/** Ids in one statement, and rows: both databases bound how many values that may hold. */
const AT_ONCE = 200;
/** Of one: a video of an hour with all its cuts has 2 MB at most. */
const MOST_BYTES = 4 * 1024 * 1024;
const HASH_BYTES = 32;
const VALUE_BYTES = 4;
const NOTHING = Buffer.alloc(0);

export interface Row extends HolderColumns {
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

/** The last of each holder and kind. Throws a RangeError. */
export function rowsOf(news: readonly NewFingerprint[]): Row[] {
  const rows = new Map<string, Row>();
  for (const one of news) {
    const row = rowOf(one);
    rows.set(JSON.stringify([row.tenant, ...holderKey(row), row.kind]), row);
  }
  return [...rows.values()];
}

function rowOf({ tenant, holder, at, expiresAt, likeness, partly }: NewFingerprint): Row {
  const common = { tenant, ...holderColumns(holder), at, expires_at: expiresAt ?? null };
  if ('missing' in likeness) {
    const { kind, ...fault } = likeness.missing satisfies NotMade;
    return {
      ...common,
      ...{ kind, quality: 0, frames: 0, seconds: null, bytes: 0, shelf: NOTHING, query: NOTHING },
      ...{ missing: JSON.stringify(fault), partly: null },
    };
  }
  checkWhole(likeness);
  const shelf = bufferOf(likeness.shelf);
  return {
    ...common,
    kind: likeness.kind,
    quality: Math.round(likeness.quality),
    frames: likeness.frames,
    seconds: likeness.seconds ?? null,
    missing: null,
    partly: partly === undefined ? null : JSON.stringify(bareFault(partly)),
    bytes: shelf.length,
    shelf,
    // A sound is asked with as it is kept; of a scan nobody asks with all the turns.
    query: likeness.kind === 'sound' || 'scan' in holder ? NOTHING : bufferOf(likeness.query),
  };
}

function checkWhole({ kind, frames, shelf, query }: Likeness): void {
  const each = kind === 'sound' ? VALUE_BYTES : HASH_BYTES * frames;
  const whole =
    Number.isSafeInteger(frames) &&
    frames > 0 &&
    shelf.length > 0 &&
    shelf.length % each === 0 &&
    query.length % (kind === 'sound' ? VALUE_BYTES : HASH_BYTES) === 0;
  if (!whole) throw new RangeError('not whole fingerprints');
  if (shelf.length > MOST_BYTES || query.length > MOST_BYTES)
    throw new RangeError('a fingerprint is too large');
}

const bufferOf = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const holderKey = ({ holder, holder_id: id, item }: HolderColumns): string[] => [holder, id, item];

/** What kysely-fingerprints.ts says of `put`. */
export async function putRows(inside: Inside, rows: readonly Row[], now: string): Promise<void> {
  const there = await withoutQueries(inside, await whoseHolderIsThere(inside, rows));
  for (let at = 0; at < there.length; at += AT_ONCE)
    await putSome(inside, there.slice(at, at + AT_ONCE), now);
}

/** Of a collection's items: with all the turns those of a watched one alone are asked with, when they come. */
async function withoutQueries(inside: Inside, rows: readonly Row[]): Promise<Row[]> {
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
    row.holder === 'collection' && !watched.has(row.holder_id) ? { ...row, query: NOTHING } : row,
  );
}

async function putSome(inside: Inside, rows: readonly Row[], now: string): Promise<void> {
  // Before what is there is read: nobody else changes anything of it from here on.
  const first = await takeNumbers(inside, rows.length);
  const before = await kept(inside, rows);
  const replaced: number[] = [];
  const news: Row[] = [];
  for (const row of rows) {
    const old = before.get(JSON.stringify([row.tenant, ...holderKey(row), row.kind]));
    if (old !== undefined && isSame(old, row)) {
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
  // Numbers of their own, which are later ones: a follower meets the old one before it meets that it went, and both in the end.
  await removeFingerprints(inside, replaced, now);
  const made = await inside
    .insertInto('fingerprints')
    .values(news.map(({ query: _, ...row }, place) => ({ ...row, seq: first + place })))
    .returning(['id', 'seq'])
    .execute();
  const queries = made.flatMap(({ id, seq }) => {
    const query = news[seq - first]?.query ?? NOTHING;
    return query.length === 0 ? [] : [{ fingerprint: id, query }];
  });
  if (queries.length > 0) await inside.insertInto('fingerprint_queries').values(queries).execute();
}

async function kept(inside: Inside, rows: readonly Row[]) {
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

type Kept = Awaited<ReturnType<typeof kept>> extends Map<string, infer R> ? R : never;

/** `query` comes from the same picture in the same way, so it need not be asked. */
const isSame = (old: Kept, row: Row): boolean =>
  old.missing === row.missing &&
  old.partly === row.partly &&
  old.quality === row.quality &&
  old.frames === row.frames &&
  old.seconds === row.seconds &&
  // libsql gives bytes as an ArrayBuffer.
  Buffer.from(old.shelf).equals(row.shelf);

/** Holders are held, so that none of them goes before its fingerprint is there to go with it. */
async function whoseHolderIsThere(inside: Inside, rows: readonly Row[]): Promise<Row[]> {
  const there = new Set<string>();
  const note = (tenant: string, ...key: string[]) => there.add(JSON.stringify([tenant, ...key]));
  const of = (holder: Row['holder']) => rows.filter((row) => row.holder === holder);

  const inspections = [...new Set(of('inspection').map((row) => row.holder_id))];
  for (let at = 0; at < inspections.length; at += AT_ONCE) {
    const found = await inside
      .selectFrom('inspections')
      .select(['id', 'tenant'])
      .where('id', 'in', inspections.slice(at, at + AT_ONCE))
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
    for (let at = 0; at < keys.length; at += AT_ONCE) {
      const found = await inside
        .selectFrom('scan_records')
        .select('path_key')
        .where('scan', '=', Number(id))
        .where(
          'path_key',
          'in',
          keys.slice(at, at + AT_ONCE).map(({ item }) => item),
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
    for (let at = 0; at < items.length; at += AT_ONCE) {
      const found = await inside
        .selectFrom('collection_items')
        .select('id')
        .where('collection', '=', id)
        .where(
          'id',
          'in',
          items.slice(at, at + AT_ONCE).map(({ item }) => item),
        )
        .orderBy('id')
        .forKeyShare()
        .execute();
      for (const item of found) note(collection.tenant, 'collection', id, item.id);
    }
  }
  return rows.filter((row) => there.has(JSON.stringify([row.tenant, ...holderKey(row)])));
}

import { removeOf } from './fingerprint-rows.js';
import { newsOf } from './fingerprints.js';
import type { Inside, Query } from './inside.js';
import { putRows, rowsOf } from './put-fingerprints.js';
import { BESIDE_BOUNDS, type BesideCounts, type BesideRecord, type ScanRecordRow } from './scans.js';

/** What is kept with a record: fingerprints, a small picture, the manifest store. It comes and goes in the record's transaction. */

/** Ids in one statement, and rows that may be large. */
const KEYS_AT_ONCE = 200;
const ROWS_AT_ONCE = 20;

type Keyed = readonly [key: string, record: ScanRecordRow];
interface Beside extends BesideRecord {
  key: string;
  path: string;
}

/** Throws a RangeError where something is too large. */
export function besidesOf(records: readonly Keyed[]): Beside[] {
  const news = records.flatMap(([key, { path, beside }]) =>
    beside === undefined ? [] : [{ key, path, ...beside }],
  );
  for (const { preview, manifest } of news) {
    if ((preview?.length ?? 0) > BESIDE_BOUNDS.previewBytes) throw new RangeError('a preview is too large');
    if ((manifest?.bytes.length ?? 0) > BESIDE_BOUNDS.manifestBytes + SEAL_BYTES)
      throw new RangeError('a manifest store is too large');
  }
  return news;
}

/** What sealing adds, and some. */
const SEAL_BYTES = 64;

/** Keys of those records that speak of other bytes than they do now. Before they are replaced; they are held. */
export async function otherContent(
  inside: Inside,
  scan: number,
  records: readonly Keyed[],
): Promise<string[]> {
  const other: string[] = [];
  for (let at = 0; at < records.length; at += KEYS_AT_ONCE) {
    const some = new Map(records.slice(at, at + KEYS_AT_ONCE));
    const before = await inside
      .selectFrom('scan_records')
      .select(['path_key', 'sha256'])
      .where('scan', '=', scan)
      .where('path_key', 'in', [...some.keys()])
      .orderBy('path_key')
      .forUpdate()
      .execute();
    for (const { path_key: key, sha256 } of before)
      if (sha256 === null || sha256 !== some.get(key)?.sha256) other.push(key);
  }
  return other;
}

export async function putBeside(
  inside: Inside,
  scan: number,
  news: readonly Beside[],
  stale: readonly string[],
): Promise<void> {
  const of = await inside
    .selectFrom('scans')
    .select(['tenant', 'beside'])
    .where('number', '=', scan)
    .executeTakeFirst();
  // It was deleted meanwhile.
  if (of === undefined) return;
  await dropPieces(inside, scan, stale);
  if (news.length > 0 && of.beside === 0)
    await inside.updateTable('scans').set({ beside: 1 }).where('number', '=', scan).execute();
  await putPieces(inside, scan, news);
  const at = new Date().toISOString();
  const rows = rowsOf(
    news.flatMap(({ path, likenesses }) => {
      const { made = [], missing = [], partly = [] } = likenesses ?? {};
      return newsOf({ tenant: of.tenant, holder: { scan, path }, at }, { made, missing, partly });
    }),
  );
  await removeOf(inside, of.tenant, { holder: 'scan', holder_id: String(scan), items: stale }, at);
  await putRows(inside, rows, at);
}

async function putPieces(inside: Inside, scan: number, news: readonly Beside[]): Promise<void> {
  const previews = news.flatMap(({ key, preview }) =>
    preview === undefined ? [] : [{ scan, path_key: key, content: Buffer.from(preview) }],
  );
  for (let at = 0; at < previews.length; at += ROWS_AT_ONCE)
    await inside
      .insertInto('scan_previews')
      .values(previews.slice(at, at + ROWS_AT_ONCE))
      .onConflict((conflict) =>
        conflict.columns(['scan', 'path_key']).doUpdateSet((eb) => ({ content: eb.ref('excluded.content') })),
      )
      .execute();
  for (const { key, manifest } of news) {
    if (manifest === undefined) continue;
    const sealed = { secret_key: manifest.key, sealed: Buffer.from(manifest.bytes) };
    await inside
      .insertInto('scan_manifests')
      .values({ scan, path_key: key, ...sealed })
      .onConflict((conflict) => conflict.columns(['scan', 'path_key']).doUpdateSet(sealed))
      .execute();
  }
}

/** At the end of the transaction in which the records go. */
export async function dropBeside(inside: Inside, scan: number, keys: readonly string[]): Promise<void> {
  const of = await inside.selectFrom('scans').select('tenant').where('number', '=', scan).executeTakeFirst();
  await dropPieces(inside, scan, keys);
  if (of !== undefined)
    await removeOf(inside, of.tenant, { holder: 'scan', holder_id: String(scan), items: keys });
}

async function dropPieces(inside: Inside, scan: number, keys: readonly string[]): Promise<void> {
  for (let at = 0; at < keys.length; at += KEYS_AT_ONCE)
    for (const table of ['scan_previews', 'scan_manifests'] as const)
      await inside
        .deleteFrom(table)
        .where('scan', '=', scan)
        .where('path_key', 'in', keys.slice(at, at + KEYS_AT_ONCE))
        .execute();
}

export async function countBeside(query: Query, scan: number): Promise<BesideCounts> {
  const { tenant } = (await query
    .selectFrom('scans')
    .select('tenant')
    .where('number', '=', scan)
    .executeTakeFirst()) ?? { tenant: '' };
  // Of a file that has frames and a sound, one that can be searched for is enough.
  const files = query
    .selectFrom('fingerprints')
    .select((eb) => ['item', eb.fn.max('bytes').as('most')])
    .where((eb) => eb.and({ tenant, holder: 'scan', holder_id: String(scan) }))
    .where('gone_at', 'is', null)
    .groupBy('item');
  const prints = await query
    .selectFrom(files.as('files'))
    .select((eb) => [
      eb.fn.countAll<number>().as('all'),
      eb.fn.sum<number | null>(eb.case().when('most', '>', 0).then(1).else(0).end()).as('searchable'),
    ])
    .executeTakeFirstOrThrow();
  const previews = await query
    .selectFrom('scan_previews')
    .select((eb) => [
      eb.fn.countAll<number>().as('number'),
      eb.fn.sum<number | null>(eb.fn('length', ['content'])).as('bytes'),
    ])
    .where('scan', '=', scan)
    .executeTakeFirstOrThrow();
  const manifests = await query
    .selectFrom('scan_manifests')
    .select((eb) => [
      eb.fn.countAll<number>().as('number'),
      eb.fn.sum<number | null>(eb.fn('length', ['sealed'])).as('bytes'),
    ])
    .where('scan', '=', scan)
    .executeTakeFirstOrThrow();
  const searchable = Number(prints.searchable ?? 0);
  return {
    searchable,
    notSearchable: Number(prints.all) - searchable,
    previews: Number(previews.number),
    previewBytes: Number(previews.bytes ?? 0),
    manifests: Number(manifests.number),
    manifestBytes: Number(manifests.bytes ?? 0),
  };
}

import type { QueryExecutor, StoreTransaction } from '../engine/transaction.js';
import { removeOwned } from '../fingerprints/fingerprint-rows.js';
import { newFingerprintsOf } from '../fingerprints/fingerprints.js';
import { storeRows, toFingerprintRows } from '../fingerprints/put-fingerprints.js';
import {
  ATTACHMENT_LIMITS,
  type AttachmentCounts,
  type ScanRecordAttachments,
  type ScanRecordRow,
} from './scans.js';

/**
 * Attachments of a scan record: fingerprints, a small picture, the manifest store. They are written and deleted in the
 * record's transaction.
 */

/** Ids per statement, and rows per statement, which may be large. */
const KEYS_AT_ONCE = 200;
const ROWS_AT_ONCE = 20;

type KeyedRecord = readonly [key: string, record: ScanRecordRow];
interface KeyedAttachments extends ScanRecordAttachments {
  key: string;
  path: string;
}

/** Throws `RangeError` if an attachment is too large. */
export function attachmentsOf(records: readonly KeyedRecord[]): KeyedAttachments[] {
  const news = records.flatMap(([key, { path, attachments: beside }]) =>
    beside === undefined ? [] : [{ key, path, ...beside }],
  );
  for (const { preview, manifest } of news) {
    if ((preview?.length ?? 0) > ATTACHMENT_LIMITS.previewBytes)
      throw new RangeError('a preview is too large');
    if ((manifest?.bytes.length ?? 0) > ATTACHMENT_LIMITS.manifestBytes + SEAL_BYTES)
      throw new RangeError('a manifest store is too large');
  }
  return news;
}

/** Upper bound of the bytes that sealing adds. */
const SEAL_BYTES = 64;

/** Returns the keys of records whose file content has changed; locks them and must be called before they are replaced. */
export async function findChangedContent(
  inside: StoreTransaction,
  scan: number,
  records: readonly KeyedRecord[],
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

export async function storeAttachments(
  inside: StoreTransaction,
  scan: number,
  news: readonly KeyedAttachments[],
  stale: readonly string[],
): Promise<void> {
  const of = await inside
    .selectFrom('scans')
    .select(['tenant', 'beside'])
    .where('number', '=', scan)
    .executeTakeFirst();
  // The scan was deleted meanwhile.
  if (of === undefined) return;
  await deleteAttachmentRows(inside, scan, stale);
  if (news.length > 0 && of.beside === 0)
    await inside.updateTable('scans').set({ beside: 1 }).where('number', '=', scan).execute();
  await insertAttachments(inside, scan, news);
  const at = new Date().toISOString();
  const rows = toFingerprintRows(
    news.flatMap(({ path, fingerprints }) => {
      const { made = [], missing = [], partly = [] } = fingerprints ?? {};
      return newFingerprintsOf({ tenant: of.tenant, holder: { scan, path }, at }, { made, missing, partly });
    }),
  );
  await removeOwned(inside, of.tenant, { holder: 'scan', holder_id: String(scan), items: stale }, at);
  await storeRows(inside, rows, at);
}

async function insertAttachments(
  inside: StoreTransaction,
  scan: number,
  news: readonly KeyedAttachments[],
): Promise<void> {
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

/** Deletes attachments, at the end of the transaction that deletes the records. */
export async function deleteAttachments(
  inside: StoreTransaction,
  scan: number,
  keys: readonly string[],
): Promise<void> {
  const of = await inside.selectFrom('scans').select('tenant').where('number', '=', scan).executeTakeFirst();
  await deleteAttachmentRows(inside, scan, keys);
  if (of !== undefined)
    await removeOwned(inside, of.tenant, { holder: 'scan', holder_id: String(scan), items: keys });
}

async function deleteAttachmentRows(
  inside: StoreTransaction,
  scan: number,
  keys: readonly string[],
): Promise<void> {
  for (let at = 0; at < keys.length; at += KEYS_AT_ONCE)
    for (const table of ['scan_previews', 'scan_manifests'] as const)
      await inside
        .deleteFrom(table)
        .where('scan', '=', scan)
        .where('path_key', 'in', keys.slice(at, at + KEYS_AT_ONCE))
        .execute();
}

export async function countAttachments(query: QueryExecutor, scan: number): Promise<AttachmentCounts> {
  const { tenant } = (await query
    .selectFrom('scans')
    .select('tenant')
    .where('number', '=', scan)
    .executeTakeFirst()) ?? { tenant: '' };
  // A file with frames and sound counts as searchable if one of the two is.
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

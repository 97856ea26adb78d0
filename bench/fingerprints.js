/**
 * Measures the storage of fingerprints in the database of DATABASE_URL or in a new SQLite file: one picture of an
 * inspection per transaction, 200 of a scan with their records per transaction against the same records alone, reading
 * all of them as a searching process does, and bytes per row. Processor time is that of this process only, without a
 * database server.
 */
import '../scripts/from-sources.js';

import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [single = '1000', many = '20000'] = process.argv.slice(2);
const { sql } = await import('kysely');
const { openDatabase } = await import('../src/storage/engine/database.ts');
const { FingerprintRepository: KyselyFingerprints } = await import(
  '../src/storage/fingerprints/kysely-fingerprints.ts'
);
const { ScanRepository: KyselyScans } = await import('../src/storage/scans/kysely-scans.ts');
const dataDir = mkdtempSync(join(tmpdir(), 'assay-fingerprints-'));
const url = process.env.DATABASE_URL;
const database = await openDatabase({ dataDir, ...(url ? { url } : {}) });
const fingerprints = new KyselyFingerprints(database);
const scans = new KyselyScans(database);
const at = new Date().toISOString();
const tenant = `bench-${randomUUID()}`;
const fingerprint = () => ({
  ...{ kind: 'picture', quality: 90, frames: 1 },
  ...{ shelf: randomBytes(17 * 32), query: randomBytes(24 * 32) },
});

async function told(name, count, work) {
  const [begun, before] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(before);
  const millis = (user + system) / 1_000 / count;
  const rate = Math.round((count / (performance.now() - begun)) * 1_000);
  console.log(`${name}: ${rate} a second, ${millis.toFixed(3)} ms of processor time each`);
  return millis;
}

const size = async () => {
  if (database.dialect === 'sqlite') {
    await sql`pragma wal_checkpoint(truncate)`.execute(database.query);
    return statSync(join(dataDir, 'assay.sqlite')).size;
  }
  const { rows } = await sql`select pg_database_size(current_database()) as bytes`.execute(database.query);
  return Number(rows[0].bytes);
};

const ids = Array.from({ length: Number(single) }, () => randomUUID());
for (let from = 0; from < ids.length; from += 500)
  await database.query
    .insertInto('inspections')
    .values(
      ids.slice(from, from + 500).map((id) => ({
        ...{ id, tenant, created_at: at, status: 'done', request: '{}', attempts: 1, interrupted: 0 },
        ...{ faults: 0, tags: '[]', notes: '[]' },
      })),
    )
    .execute();
let bytes = await size();
await told('one of an inspection at a time', ids.length, async () => {
  for (const inspection of ids)
    await fingerprints.put([{ tenant, holder: { inspection }, at, fingerprint: fingerprint() }]);
});
const perInspection = ((await size()) - bytes) / ids.length;

const records = (beside) =>
  Array.from({ length: 200 }, () => {
    const path = `/archive/${randomUUID()}.jpg`;
    const record = {
      path,
      bytes: 1,
      modified: 1,
      outcome: 'plain',
      sha256: path,
      record: `{"path":"${path}"}`,
    };
    return beside ? { ...record, beside: { fingerprints: { made: [fingerprint()], missing: [] } } } : record;
  });
const put = async (scan, beside) => {
  for (let n = 0; n < Number(many); n += 200) await scans.put(scan, records(beside));
};
const plain = await scans.create({ id: randomUUID(), tenant, header: '{}' }, at);
const printed = await scans.create({ id: randomUUID(), tenant, header: '{}' }, at);
bytes = await size();
const without = await told('records of a scan alone', Number(many), () => put(plain, false));
const perRecord = ((await size()) - bytes) / Number(many);
bytes = await size();
const along = await told('the same with a fingerprint', Number(many), () => put(printed, true));
const perPrinted = ((await size()) - bytes) / Number(many) - perRecord;
console.log(`processor time with and without: ${(along / without).toFixed(2)} times`);
console.log(`bytes each: ${Math.round(perInspection)} of an inspection, ${Math.round(perPrinted)} of a scan`);

let read = 0;
await told('read to be searched', Number(single) + Number(many), async () => {
  for (let after = 0; ; ) {
    const rows = await fingerprints.follow(after, 10_000);
    if (rows.length === 0) break;
    read += rows.length;
    after = rows.at(-1).seq;
  }
});
console.log(`${read} rows read`);
await told('removed with their scan', Number(many), () => scans.delete(printed.number));
await database.close();
rmSync(dataDir, { recursive: true, force: true });

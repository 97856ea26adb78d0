/**
 * Prints the query plans of the stored scans, over generated rows (5 million; --short: 20,000) in the PostgreSQL of
 * DATABASE_URL, which should be an empty, dedicated database. One file in fifty carries a mark, as in archives.
 */
import '../scripts/from-sources.js';

import pg from 'pg';

const short = process.argv.includes('--short');
const [count = short ? '20000' : '5000000'] = process.argv.slice(2).filter((arg) => arg !== '--short');
const url = process.env.DATABASE_URL;
if (!url) {
  console.error('usage: DATABASE_URL=postgres://… node bench/scan-plans.js [ROWS] [--short]');
  process.exit(2);
}
const { openDatabase } = await import('../src/storage/engine/database.ts');
await (await openDatabase({ dataDir: '.', url })).close();
const client = new pg.Client({ connectionString: url });
await client.connect();
const { rows } = await client.query(
  "insert into scans (id, created_at, status, header) values ('bench-' || gen_random_uuid(), '', 'done', '{}') returning number",
);
const scan = rows[0].number;
const begun = performance.now();
await client.query(
  `insert into scan_records (scan, path_key, path, bytes, modified, outcome, sha256, kind, origin, backing, presence,
     integrity, signer, error_code, record)
   select $1::bigint, substr(md5(n::text), 1, 22), '/archive/' || n || '.jpg', 200000, 0,
     case when n % 50 = 0 then 'signed' else 'plain' end, md5(n::text) || md5((-n)::text), 'image',
     case when n % 50 = 0 then 'ai-generated' else 'none' end, case when n % 50 = 0 then 'trusted' end,
     case when n % 50 = 0 then 'present' else 'absent' end,
     case when n % 5000 = 0 then 'altered' when n % 50 = 0 then 'intact' end,
     case when n % 50 = 0 then 'Signer ' || n % 20 end, case when n % 10007 = 0 then 'not-readable' end,
     repeat('x', 1500)
   from generate_series(1, $2::bigint) as n`,
  [scan, count],
);
await client.query('analyze scan_records');
console.log(`${count} rows in ${((performance.now() - begun) / 1_000).toFixed(0)} s`);
const size = await client.query(
  "select pg_table_size('scan_records') as rows, pg_indexes_size('scan_records') as indexes",
);
console.log(
  `${Math.round(size.rows[0].rows / Number(count))} bytes a row (1,500 of them the record, before compression), ${Math.round(size.rows[0].indexes / Number(count))} of indexes`,
);

/** The queries of kysely-scans.ts. */
const QUESTIONS = {
  'first page': '',
  'a page from the middle': " and path_key > '80'",
  'origin = ai-generated': " and origin = 'ai-generated' and origin <> 'none'",
  'integrity = altered': " and integrity = 'altered'",
  'signer = Signer 0': " and signer = 'Signer 0'",
  errors: ' and error_code is not null',
};
for (const [name, condition] of Object.entries(QUESTIONS)) {
  const sql = `select path_key, record from scan_records where scan = ${Number(scan)}${condition} order by path_key limit 500`;
  const plan = await client.query(`explain (analyze, costs off, timing off) ${sql}`);
  console.log(`\n${name}\n${plan.rows.map((row) => `  ${row['QUERY PLAN']}`).join('\n')}`);
}
await client.query('delete from scans where number = $1', [scan]);
await client.end();

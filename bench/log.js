/**
 * Measures the cost of the transparency log: processor time per leaf against a row of a plain table (the former audit
 * log), the time of a proof, and the time of rebuilding the tree of 100,000 leaves. Set `DATABASE_URL` for PostgreSQL.
 */
import { execFileSync } from 'node:child_process';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
if (!process.argv.includes('--built'))
  execFileSync('npm', ['run', '-s', 'build'], { cwd: ROOT, stdio: 'inherit' });
const { openStores } = await import(join(ROOT, 'dist/store/stores.js'));
const { checkLog } = await import(join(ROOT, 'dist/store/log-check.js'));
const { addLeaves, heldTree } = await import(join(ROOT, 'dist/store/log-rows.js'));

const REQUESTS = 10_000;
const LEAVES = 100_000;
const folder = mkdtempSync(join(tmpdir(), 'assay-bench-log-'));
const stores = await openStores({ dataDir: folder, url: process.env.DATABASE_URL });
const { query } = stores.database;
const { privateKey } = generateKeyPairSync('ed25519');
stores.log.signWith({ privateKey, host: 'bench.example' });

const event = (tenant, at) => ({
  ...{
    tenant,
    at: new Date(Date.now() + at).toISOString(),
    action: 'inspection.viewed',
    operation: 'getInspection',
  },
  ...{ subject: `s${at % 1_000}`, status: 200, requestId: `r${at}`, who: 'desk', keyId: 'k1' },
});
const row = ({ operation, keyId, requestId, ...one }) => ({
  ...one,
  action: operation,
  key_id: keyId,
  request_id: requestId,
});

/** Milliseconds of processor time of this process, without a PostgreSQL server. */
async function cost(work) {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}
const each = (millis, count) => `${((millis / count) * 1_000).toFixed(1)} µs`;

// Both are written in batches of a hundred, as a busy server does.
const rounds = { rows: [], leaves: [] };
for (let round = 0; round < 3; round += 1) {
  const tenant = `t${round}`;
  rounds.rows.push(
    await cost(async () => {
      for (let at = 0; at < REQUESTS; at += 100)
        await query
          .insertInto('audit')
          .values(Array.from({ length: 100 }, (_, n) => row(event(tenant, at + n))))
          .execute();
    }),
  );
  rounds.leaves.push(
    await cost(async () => {
      for (let at = 0; at < REQUESTS; at += 100) {
        for (let n = 0; n < 100; n += 1) stores.log.note(event(tenant, at + n));
        await stores.log.flush();
      }
    }),
  );
}
const best = (all) => Math.min(...all);
console.log(`a row of a plain table   ${each(best(rounds.rows), REQUESTS)}`);
console.log(`a leaf with who it was   ${each(best(rounds.leaves), REQUESTS)}`);

for (let at = 0; at < LEAVES; at += 5_000)
  await query.transaction().execute(async (inside) =>
    addLeaves(
      inside,
      await heldTree(inside, 'a'),
      Array.from({ length: 5_000 }, (_, n) => event('a', at + n)),
    ),
  );
await stores.log.head('a');
const proofs = await cost(async () => {
  for (let turn = 0; turn < 200; turn += 1) await stores.log.inclusion('a', (turn * 499) % LEAVES, LEAVES);
});
console.log(`a proof of ${LEAVES}        ${each(proofs, 200)}`);
const extract = await cost(() => stores.log.extract('a', ['s1', 's2'], { persons: true }));
console.log(`an extract of 200 leaves ${extract.toFixed(0)} ms`);
let checked;
const check = await cost(async () => {
  checked = await checkLog(query, 'a', { heads: [], key: createPublicKey(privateKey) });
});
console.log(`all of ${LEAVES} anew       ${check.toFixed(0)} ms, ${checked.count} problems`);
await stores.close();
rmSync(folder, { recursive: true, force: true });

import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LogEvent } from '../../src/storage/log/log.js';
import { type GivenHead, type VerifiedLog, verifyLog } from '../../src/storage/log/log-check.js';
import { HeadsFile, readHeadsFile } from '../../src/storage/log/log-heads-file.js';
import { addLeaves, lockTree } from '../../src/storage/log/log-rows.js';
import { openStores, type Stores } from '../../src/storage/stores.js';

const { privateKey } = generateKeyPairSync('ed25519');
const key = createPublicKey(privateKey);

/** Applies changes that exist only while `look` runs. */
async function meddled<T>(
  { database }: Stores,
  statements: readonly string[],
  look: (query: Stores['database']['query']) => Promise<T>,
): Promise<T> {
  let seen: { result: T } | undefined;
  await database.query
    .transaction()
    .execute(async (inside) => {
      for (const statement of statements) await sql.raw(statement).execute(inside);
      seen = { result: await look(inside) };
      throw new Undone();
    })
    .catch((error: unknown) => {
      if (!(error instanceof Undone)) throw error;
    });
  if (seen === undefined) throw new Error('nothing was looked at');
  return seen.result;
}

class Undone extends Error {}

const swap = (one: number, other: number) => [
  `update log_leaves set at_index = -1 where at_index = ${one}`,
  `update log_leaves set at_index = ${one} where at_index = ${other}`,
  `update log_leaves set at_index = ${other} where at_index = -1`,
];

function describeLog(
  name: string,
  { count, block }: { count: number; block: number },
  define: (log: { stores: () => Stores; heads: GivenHead[]; file: () => string }) => void,
): void {
  describe(name, () => {
    let folder: string;
    let stores: Stores;
    const heads: GivenHead[] = [];
    const place = () => join(folder, 'heads');
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'assay-log-'));
      stores = await openStores({ dataDir: folder });
      stores.log.signWith({ privateKey, host: 'desk.example' });
      const file = await HeadsFile.open(stores.database.query, place());
      for (let first = 0; first < count; first += block) {
        await stores.database.query.transaction().execute(async (inside) => {
          const length = Math.min(block, count - first);
          const events = Array.from({ length }, (_, at) => event(first + at));
          await addLeaves(inside, await lockTree(inside, 'a'), events);
        });
        await stores.log.signHeads();
      }
      await file.add();
      for await (const { line, text } of readHeadsFile(place()))
        if (text !== undefined) heads.push({ line, text });
    });
    afterAll(async () => {
      await stores.close();
      await rm(folder, { recursive: true, force: true });
    });
    define({ stores: () => stores, heads, file: place });
  });
}

const event = (at: number): LogEvent => ({
  tenant: 'a',
  at: new Date(1_796_000_000_000 + at * 1_000).toISOString(),
  action: 'inspection.viewed',
  operation: 'getInspection',
  subject: `s${at % 1_000}`,
  status: 200,
  requestId: `r${at}`,
  ...(at % 50 === 0 ? { who: 'Anna' } : {}),
});

const told = ({ problems }: VerifiedLog) =>
  problems.map(({ code, index, with: other, size }) => [
    code,
    index ?? size,
    ...(other === undefined ? [] : [other]),
  ]);

describeLog('a log of 100,000 leaves', { count: 100_000, block: 10_000 }, ({ stores, heads }) => {
  it('holds; then shows one row that was changed, one that was removed, two that were swapped', async () => {
    const { query } = stores().database;
    expect(await verifyLog(query, 'a', { heads, key })).toMatchObject({
      ...{ size: 100_000, count: 0 },
      heads: { kept: 10, file: 10 },
    });
    const statements = [
      `update log_leaves set leaf = replace(leaf, 'getInspection', 'getEvidence') where at_index = 50123`,
      'delete from log_leaves where at_index = 77777',
      ...swap(70_001, 90_001),
    ];
    const seen = await meddled(stores(), statements, (inside) => verifyLog(inside, 'a', { heads, key }));
    expect(told(seen)).toEqual([
      ['changed', 50_123],
      ['removed', 77_777],
      ['swapped', 70_001, 90_001],
    ]);
  });
});

describeLog('a log', { count: 1_960, block: 100 }, ({ stores, heads, file }) => {
  const look = (statements: readonly string[], others = heads) =>
    meddled(stores(), statements, (query) => verifyLog(query, 'a', { heads: others, key }));
  const codes = async (...statements: string[]) => told(await look(statements));

  it('shows what was done to rows whose hashes are kept in them alone', async () => {
    expect(await codes(...swap(1_940, 1_955))).toEqual([
      ['swapped', 1_940, 1_955],
      ['head', 1_960],
      ['head', 1_960],
      ['tree', undefined],
    ]);
    expect(await codes('delete from log_leaves where at_index = 1950')).toEqual([['removed', 1_950]]);
    expect(await codes(`update log_leaves set subject = 's1' where at_index = 12`)).toEqual([
      ['changed', 12],
    ]);
  });

  it('shows what was done to hide it', async () => {
    // Moves up the rows after a removed one, and adjusts the size.
    const moved = await codes(
      'delete from log_leaves where at_index = 1900',
      'delete from log_persons where at_index >= 1900',
      'update log_leaves set at_index = -at_index where at_index > 1900',
      'update log_leaves set at_index = -at_index - 1 where at_index < 0',
      'update log_trees set size = 1959',
    );
    expect(moved.slice(0, 3)).toEqual([
      ['removed', 1_900],
      ['shorter', 1_960],
      ['shorter', 1_960],
    ]);
    expect(await codes(`update log_persons set who = 'Berta' where at_index = 50`)).toEqual([['person', 50]]);
    expect(
      await codes(
        'update log_trees set pruned = 600',
        'delete from log_leaves where at_index < 512',
        'update log_leaves set leaf = null where at_index < 600',
      ),
    ).toEqual([['pruned', 600]]);
    expect(await codes('update log_trees set size = 1900')).toEqual([
      ['added', 1_900],
      ['shorter', 1_960],
      ['shorter', 1_960],
      ['tree', undefined],
    ]);
    expect(await codes('delete from log_persons where at_index = 50')).toEqual([['person', 50]]);
    // Entries of one moment and before are deleted together, because deletion goes by day.
    expect(await codes('delete from log_persons where at_index <= 50')).toEqual([]);
    const origins = `update log_trees set tenant = 'b'`;
    expect(await codes(origins, 'delete from log_heads')).toEqual([
      ['added', 0],
      ...heads.map(({ text }) => ['shorter', Number(text.split('\n')[1])]),
    ]);
    // Deletes everything except what was written elsewhere.
    const tables = ['log_trees', 'log_leaves', 'log_persons', 'log_tiles', 'log_heads'];
    const gone = await codes(...tables.map((table) => `delete from ${table}`));
    expect(gone).toEqual(heads.map(({ text }) => ['shorter', Number(text.split('\n')[1])]));
  });

  it('shows the log of another tenant in the place of this one', async () => {
    const tables = ['log_trees', 'log_leaves', 'log_persons', 'log_tiles', 'log_heads'];
    const renamed = tables.map((table) => `update ${table} set tenant = 'c'`);
    const seen = await meddled(stores(), renamed, (query) => verifyLog(query, 'c', { heads: [], key }));
    expect(new Set(seen.problems.map(({ code }) => code))).toEqual(new Set(['head']));
  });

  it('shows heads that are another key’s, and lines that are none', async () => {
    const { query } = stores().database;
    const other = generateKeyPairSync('ed25519').publicKey;
    const by = await verifyLog(query, 'a', { heads, key: other });
    expect(by.problems).toHaveLength(40);
    expect(new Set(by.problems.map(({ code }) => code))).toEqual(new Set(['key']));
    await appendFile(file(), '\ndesk.example/a\n12');
    const broken = [];
    for await (const { line, text } of readHeadsFile(file())) if (text === undefined) broken.push(line);
    expect(broken).toEqual([heads.length * 6 + 2]);
    expect(told(await look([], [{ line: 7, text: 'no head\n' }]))).toEqual([['unreadable', 0]]);
  });
});

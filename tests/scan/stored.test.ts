import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ScanRepository } from '../../src/storage/scans/kysely-scans.js';
import { openStores } from '../../src/storage/stores.js';
import { kill, type Launched, launch, stopped } from '../cli/launched.js';
import { assayHere } from '../cli/run-here.js';
import { assay, finished, fixture, start } from '../cli/spawn-assay.js';
import { type Postgres, startPostgres } from '../support/postgres.js';
import { describeWith } from '../support/system-parts.js';
import { zipOf } from './archive-files.js';
import { type Scanned, scanned } from './scanned.js';

const INTACT = fixture('c2pa/png-c2pa-intact.png');
const ALTERED = fixture('c2pa/png-c2pa-altered-data.png');
/** The long form is bench/scan-kill.js. */
const KILL_FILES = Number(process.env['ASSAY_SCAN_KILL_FILES'] ?? 240);
const KILLS = Number(process.env['ASSAY_SCAN_KILLS'] ?? 5);
const KILL_MILLIS = 400_000 + KILL_FILES * 200 + KILLS * 20_000;

let folder: string;
let tree: string;
let data: string;
let turn = 0;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-kept-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => {
  turn += 1;
  tree = join(folder, `tree-${turn}`);
  data = join(folder, `data-${turn}`);
  mkdirSync(join(tree, 'many'), { recursive: true });
});

/** Each file has another length, so that none is a copy of another. */
function many(count: number): void {
  const picture = readFileSync(INTACT);
  for (let i = 0; i < count; i += 1) {
    writeFileSync(join(tree, `many/${String(i).padStart(4, '0')}.png`), picture.subarray(0, 100 + i));
  }
}

const byPath = ({ records }: Scanned) =>
  records.map((record) => ({ ...record, duplicateOf: undefined })).sort((a, b) => (a.path < b.path ? -1 : 1));

/** Results of an uninterrupted scan of the same files. */
async function undisturbed(...args: string[]): Promise<Scanned> {
  const out = join(folder, `whole-${turn}.ndjson`);
  await assayHere(['scan', tree, '--out', out, ...args]);
  return scanned(readFileSync(out, 'utf8'));
}

const exportOf = async (id: string, env: Record<string, string>, ...args: string[]) =>
  (await assayHere(['scan', 'export', id, ...args], env)).stdout;
const statusOf = async (id: string, env: Record<string, string>) =>
  JSON.parse((await assayHere(['scan', 'status', id, '--json'], env)).stdout);
const idIn = (stderr: string) => {
  const id = /scan ([0-9a-f-]{36})/.exec(stderr)?.[1];
  if (id === undefined) throw new Error(`no scan is named: ${stderr}`);
  return id;
};

describe('a scan kept in SQLite', () => {
  it('has the records a file would have, goes on, and is written in any form', async () => {
    copyFileSync(INTACT, join(tree, 'a.png'));
    copyFileSync(ALTERED, join(tree, '=b.png'));
    const env = { ASSAY_DATA_DIR: data };
    const first = await assay(['scan', tree, join(tree, 'late.png'), '--store'], env);
    expect(first.code).toBe(3);
    const id = idIn(first.stderr);
    expect(await statusOf(id, env)).toMatchObject({
      status: 'done',
      records: { files: 3, errors: 1, integrity: { intact: 1, altered: 1 } },
    });
    copyFileSync(INTACT, join(tree, 'late.png'));
    const again = await assay(['scan', tree, '--store', '--scan', id], env);
    expect(again).toMatchObject({ code: 0, stderr: expect.stringContaining('2 done before') });
    const whole = await undisturbed();
    const kept = scanned(await exportOf(id, env));
    expect(byPath(kept)).toEqual(byPath(whole));
    expect({ ...kept.summary?.tally, duplicates: 0 }).toEqual({ ...whole.summary?.tally, duplicates: 0 });
    expect(
      await exportOf(id, env, '--integrity', 'altered', '--format', 'csv', '--columns', 'path,integrity'),
    ).toBe(`path,integrity\r\n${join(tree, '=b.png')},altered\r\n`);
    expect((await assayHere(['scan', 'status'], env)).stdout).toContain(`${id}  done`);
    expect((await assayHere(['scan', 'cancel', id], env)).code).toBe(2);
    expect((await assayHere(['scan', tree, '--distributed'], env)).stderr).toContain('DATABASE_URL');
    expect((await assayHere(['scan', 'export', 'none'], env)).code).toBe(2);
  });
});

describe('equal bytes in a scan that is kept', () => {
  it('are read once, and their records say whose answer they are', async () => {
    for (let i = 0; i < 40; i += 1) copyFileSync(INTACT, join(tree, `${String(i).padStart(2, '0')}.png`));
    copyFileSync(INTACT, join(tree, 'other.jpg'));
    const env = { ASSAY_DATA_DIR: data };
    const { stderr } = await assay(['scan', tree, '--store', '--jobs', '1'], env);
    const records = scanned(await exportOf(idIn(stderr), env)).records.filter((one) => 'asset' in one);
    expect(records).toHaveLength(41);
    const copies = records.filter(({ duplicateOf }) => duplicateOf !== undefined);
    // The first few may have been started before the first of them was answered.
    expect(copies.length).toBeGreaterThan(20);
    // Any of the equal files may have been answered first, because directory order is undefined.
    const first = records.find(({ path, duplicateOf }) => duplicateOf === undefined && path.endsWith('.png'));
    const own = (record: (typeof records)[number]) => ({
      ...record,
      path: '',
      modified: '',
      duplicateOf: '',
      asset: { ...record.asset, name: '' },
    });
    if (first === undefined) throw new Error('no record stands for itself');
    for (const copy of copies) expect(own(copy)).toEqual(own(first));
    // Another extension may contradict the bytes, so such a copy is inspected itself.
    expect(copies.some(({ path }) => path.endsWith('.jpg'))).toBe(false);
  });
});

describeWith('postgres', 'a scan that many machines share', (program) => {
  let server: Postgres;
  const workers: Launched[] = [];
  beforeAll(async () => {
    server = await startPostgres(program);
  });
  afterAll(async () => {
    await Promise.all(workers.map(kill));
    await server.stop();
  });

  const envOf = (url: string): Record<string, string> => ({
    DATABASE_URL: url,
    ASSAY_DATA_DIR: data,
    ASSAY_LEASE_SECONDS: '3',
    ASSAY_JOBS: '2',
  });
  const worker = async (env: Record<string, string>) => {
    const one = await launch('worker', env);
    workers.push(one);
    return one;
  };

  async function untilDone(id: string, env: Record<string, string>): Promise<void> {
    for (const until = Date.now() + KILL_MILLIS / 2; Date.now() < until; await delay(500)) {
      const { status } = await statusOf(id, env).catch(() => ({ status: 'away' }));
      if (status === 'done') return;
    }
    throw new Error('the scan did not come to its end');
  }

  it('gives each file its record, whichever worker reads it, archives among them', async () => {
    many(40);
    copyFileSync(ALTERED, join(tree, 'b.png'));
    writeFileSync(join(tree, 'c.zip'), zipOf([{ name: 'in.png', bytes: readFileSync(INTACT) }]));
    const env = envOf(await server.migratedDatabase());
    const two = [await worker(env), await worker(env)];
    const asked = ['--archives', 'zip', '--jurisdiction', 'CN', '--as-of', '2026-11-25'];
    const gone = join(tree, 'gone.png');
    const shared = await assay(['scan', tree, gone, '--distributed', '--wait', ...asked], env);
    expect(shared.code).toBe(3);
    const id = idIn(shared.stderr);
    const kept = scanned(await exportOf(id, env));
    const whole = await undisturbed(...asked);
    expect(byPath(kept).filter(({ path }) => path !== gone)).toEqual(byPath(whole));
    expect(kept.records.find(({ path }) => path === gone)).toMatchObject({ code: 'not-found' });
    expect(await statusOf(id, env)).toMatchObject({
      status: 'done',
      records: { files: 43, errors: 1 },
      // 8, 16 and 18 files; the one that is missing is not handed out.
      handedOut: { jobs: 3, jobsDone: 3, files: 42, filesDone: 42, filesCancelled: 0 },
      sources: [tree, gone],
      filesPerSecond: expect.any(Number),
      seenAt: expect.any(String),
    });
    const { workers } = await statusOf(id, env);
    const done = (workers as { files: number; holds: number }[]).reduce((sum, { files }) => sum + files, 0);
    expect([done, workers[0].holds]).toEqual([42, 0]);
    expect((await assayHere(['scan', 'status', id], env)).stdout).toMatch(/files done, [\d.]+ a second/);
    // On resuming, only files without a record are handed out; an archive has none of its own, and is read again.
    const more = await assay(['scan', tree, '--distributed', '--scan', id, '--wait', ...asked], env);
    // The attachments of the deleted file are deleted with it.
    expect(more.code).toBe(0);
    expect(await statusOf(id, env)).toMatchObject({
      records: { files: 42 },
      handedOut: { jobs: 4, jobsDone: 4 },
    });
    for (const one of two) expect(await stopped(one)).toBe(0);
  });

  it('brings each fingerprint once, and what is kept beside it', async () => {
    const picture = readFileSync(INTACT);
    // Each file has another length and the same picture.
    for (let i = 0; i < 10; i += 1)
      writeFileSync(join(tree, `${i}.png`), Buffer.concat([picture, Buffer.alloc(i)]));
    const url = await server.migratedDatabase();
    const env = {
      ...envOf(url),
      ASSAY_SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
    };
    const keyless = await worker({ ...env, ASSAY_SECRET_KEY: Buffer.alloc(32, 8).toString('base64') });
    const asked = ['--keep', 'previews,manifests'];
    const id = idIn((await assayHere(['scan', tree, '--distributed', ...asked], env)).stderr);
    const heard = Date.now() + 60_000;
    while (!keyless.messages().includes('under a key') && Date.now() < heard) await delay(100);
    expect(keyless.messages()).toContain('with a key that this machine does not have');
    expect(await stopped(keyless)).toBe(0);

    const stores = await openStores({ dataDir: data, url }, { supervise: false });
    const scans = new ScanRepository(stores.database);
    // A job that a worker cannot do is put off for longer than this test should take.
    const wake = () =>
      sql`update pgboss.job set start_after = now() where state = 'retry'`.execute(stores.database.query);
    const two = [await worker(env), await worker(env)];
    for (const until = Date.now() + 120_000; Date.now() < until; await delay(100)) {
      await wake();
      if ((await scans.get(id))?.status === 'done') break;
    }
    const { number = 0 } = (await scans.get(id)) ?? {};
    const rows = (await stores.fingerprints.follow(0, 1_000)).filter(({ gone }) => !gone);
    const holders = await stores.fingerprints.findOwners(
      'local',
      rows.map((row) => row.id),
    );
    const paths = [...holders.values()].map((holder) => ('path' in holder ? holder.path : ''));
    expect(paths.sort()).toEqual([...Array(10).keys()].map((i) => join(tree, `${i}.png`)));
    expect(await scans.countAttachments(number)).toMatchObject({
      searchable: 10,
      previews: 10,
      manifests: 10,
    });
    for (const one of two) expect(await stopped(one)).toBe(0);
    await stores.close();
  });

  it('is left to others by a machine with other lists, and ends when it is cancelled', async () => {
    many(10);
    const env = envOf(await server.migratedDatabase());
    const trust = join(folder, `trust-${turn}`);
    mkdirSync(join(trust, 'private'), { recursive: true });
    copyFileSync(fixture('ca/root.pem'), join(trust, 'private/ours.pem'));
    const other = await worker({ ...env, ASSAY_TRUST_DIR: trust });
    const { stderr } = await assayHere(['scan', tree, '--distributed'], env);
    const id = idIn(stderr);
    for (
      const until = Date.now() + 60_000;
      !other.messages().includes('other trust lists') && Date.now() < until;
    ) {
      await delay(100);
    }
    expect(other.messages()).toContain(`scan ${id} was begun with other trust lists`);
    expect((await assayHere(['scan', 'cancel', id], env)).code).toBe(0);
    expect(await statusOf(id, env)).toMatchObject({
      status: 'cancelled',
      records: { files: 0 },
      // The final counts say that none was done, whoever asks later.
      handedOut: { files: 10, filesDone: 0, filesCancelled: 10 },
    });
    expect(scanned(await exportOf(id, env)).records).toEqual([]);
    expect((await assayHere(['scan', tree, '--distributed', '--scan', id], env)).code).toBe(2);
    expect(await stopped(other)).toBe(0);
  });

  it('has one record a file, whoever is killed: scanner, worker, database', {
    timeout: KILL_MILLIS,
  }, async () => {
    many(KILL_FILES);
    const url = await server.migratedDatabase();
    const env = envOf(url);
    let reader = await worker(env);
    let finder = start(['scan', tree, '--distributed'], env);
    let closed = finished(finder);
    let said = '';
    finder.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    while (!/scan [0-9a-f-]{36}/.test(said)) await delay(50);
    const id = idIn(said);
    for (let kills = 0; kills < KILLS; kills += 1) {
      await delay(300 + Math.random() * (1_000 + KILL_FILES));
      if (kills === 0) {
        finder.kill('SIGKILL');
        await closed;
        finder = start(['scan', tree, '--distributed', '--scan', id], env);
        closed = finished(finder);
      } else if (kills % 3 === 2) {
        await server.kill();
        await delay(500);
        await server.start();
      } else {
        await kill(reader);
        reader = await worker(env);
      }
    }
    await closed;
    // A start without the database ends the scan, so it is started once more.
    if (finder.exitCode !== 0) {
      const again = await assay(['scan', tree, '--distributed', '--scan', id], env);
      expect(again).toMatchObject({ code: 0 });
    }
    await untilDone(id, env);
    const kept = byPath(scanned(await exportOf(id, env)));
    expect(kept).toEqual(byPath(await undisturbed()));
    expect(kept).toHaveLength(KILL_FILES);
    await kill(reader);
  });
});

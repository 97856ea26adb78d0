import { mkdtemp, readFile, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Kysely, sql } from 'kysely';
import Sqlite from 'libsql';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { CheckpointScheduler } from '../../src/storage/engine/checkpoints.js';
import { openDatabase } from '../../src/storage/engine/database.js';
import { withFaultDetection } from '../../src/storage/engine/fault-driver.js';
import { type CommitSync, ImmediateSqliteDialect } from '../../src/storage/engine/sqlite-dialect.js';
import { SqliteDisk } from '../../src/storage/engine/sqlite-disk.js';
import { WalSync } from '../../src/storage/engine/wal-sync.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-disk-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A disk whose every sync the test releases. */
class HeldDisk implements CommitSync {
  readonly wrote: boolean[] = [];
  readonly turns: { done: () => void; fail: (error: Error) => void }[] = [];
  async onRelease(wrote: boolean): Promise<void> {
    this.wrote.push(wrote);
    if (!wrote) return;
    await new Promise<void>((done, fail) => this.turns.push({ done, fail }));
  }
  async close(): Promise<void> {}
}

function held() {
  const disk = new HeldDisk();
  const database = new Sqlite(':memory:');
  database.exec('create table notes (text text not null)');
  database.exec("insert into notes values ('first')");
  const query = new Kysely<unknown>({
    dialect: withFaultDetection(new ImmediateSqliteDialect(database, disk)),
  });
  const write = (text: string) => sql`insert into notes values (${text})`.execute(query);
  const count = async () =>
    (await sql<{ number: number }>`select count(*) as number from notes`.execute(query)).rows[0]?.number;
  return { disk, query, write, count };
}

describe('a commit', () => {
  it('is answered when it is on the disk, and nobody else waits for that', async () => {
    const { disk, write, count } = held();
    let answered = false;
    const writing = write('one').then(() => {
      answered = true;
    });
    await vi.waitFor(() => expect(disk.turns).toHaveLength(1));
    expect(await count()).toBe(2);
    expect(answered).toBe(false);
    const second = write('two');
    await vi.waitFor(() => expect(disk.turns).toHaveLength(2));
    for (const { done } of disk.turns) done();
    await Promise.all([writing, second]);
    expect(answered).toBe(true);
  });

  it.each([
    ['select 1', false],
    ['  explain select * from notes', false],
    ['pragma user_version', false],
    ["insert into notes values ('x')", true],
    ["insert into notes values ('x') returning text", true],
    ["with words as (select 'x' as text) insert into notes select text from words", true],
    ["update notes set text = 'y'", true],
    ["update notes set text = 'y' returning text", true],
    ["update notes set text = 'y' where text = 'nobody'", false],
    ["update notes set text = 'y' where text = 'nobody' returning text", false],
    ['delete from notes', true],
    ["delete from notes where text = 'nobody'", false],
    ['create table others (text text)', true],
  ])('of %s: %s', async (statement, wrote) => {
    const { disk, query } = held();
    const done = sql.raw(statement).execute(query);
    await vi.waitFor(() => expect(disk.wrote).toEqual([wrote]));
    for (const { done } of disk.turns) done();
    await done;
  });

  it('is one for a whole transaction, and none where it only read', async () => {
    const { disk, query } = held();
    await query.transaction().execute((inside) => sql`select * from notes`.execute(inside));
    const writing = query.transaction().execute(async (inside) => {
      for (const text of ['one', 'two']) await sql`insert into notes values (${text})`.execute(inside);
    });
    await vi.waitFor(() => expect(disk.turns).toHaveLength(1));
    disk.turns[0]?.done();
    await writing;
    expect(disk.wrote).toEqual([false, true]);
  });

  it.each([
    ['ENOSPC', 'store.full'],
    ['EIO', 'store.unavailable'],
  ])('that the disk refuses with %s is %s', async (code, fault) => {
    const { disk, write } = held();
    const writing = write('one');
    await vi.waitFor(() => expect(disk.turns).toHaveLength(1));
    disk.turns[0]?.fail(Object.assign(new Error(code), { code, syscall: 'fdatasync' }));
    await expect(writing).rejects.toMatchObject({ name: 'StoreFault', code: fault });
  });
});

describe('the log of a database', () => {
  it('is brought to the disk: what the system says of that is told', async () => {
    const never = async () => false;
    const none = new WalSync(join(folder, 'none.sqlite'), never);
    await expect(none.flush()).rejects.toMatchObject({ code: 'ENOENT' });
    const log = new WalSync(await withoutDisk(), never);
    await expect(log.flush()).rejects.toMatchObject({ syscall: 'fdatasync' });
    await log.close();
  });

  it('is waited for but where it was spared, and that holds for one use of the connection', async () => {
    const disk = new SqliteDisk(await withoutDisk());
    await expect(disk.onRelease(true)).rejects.toThrow();
    disk.skipSync();
    await disk.onRelease(true);
    await expect(disk.onRelease(true)).rejects.toThrow();
    disk.skipSync();
    await disk.onRelease(false);
    await expect(disk.onRelease(true)).rejects.toThrow();
    await disk.close();
  });

  it('that was refused once counts as on the disk when the database has all of it', async () => {
    const path = join(await mkdtemp(join(folder, 'refused-')), 'assay.sqlite');
    const database = new Sqlite(path);
    database.exec('pragma journal_mode = wal; pragma synchronous = normal; create table notes (text text)');
    // An alias path of the same database, under which its journal cannot be flushed to a disk.
    const alias = await withoutDisk();
    await symlink(path, alias);
    const disk = new SqliteDisk(alias);
    const inDatabase = async (text: string) => (await readFile(path)).includes(text);

    database.exec("insert into notes values ('refused-once')");
    await expect(disk.onRelease(true)).rejects.toMatchObject({ syscall: 'fdatasync' });
    expect(await inDatabase('refused-once')).toBe(false);
    const reader = new Sqlite(path);
    reader.exec('begin; select * from notes');
    database.exec("insert into notes values ('while-somebody-reads')");
    await expect(disk.onRelease(true)).rejects.toMatchObject({ syscall: 'fdatasync' });
    reader.exec('commit');
    reader.close();
    database.exec("insert into notes values ('all-is-well')");
    await disk.onRelease(true);
    for (const text of ['refused-once', 'while-somebody-reads', 'all-is-well']) {
      expect(await inDatabase(text)).toBe(true);
    }
    await disk.close();
    database.close();
  });

  it('is written back into the database while that is open', async () => {
    const { query, close } = await openDatabase({ dataDir: folder });
    const path = join(folder, 'assay.sqlite');
    await sql`create table pages (content blob not null)`.execute(query);
    const before = (await stat(path)).size;
    const page = Buffer.alloc(4_096, 1);
    // A thousand pages: SQLite itself would checkpoint after sixteen times as many.
    for (let turn = 0; turn < 1_000; turn += 1) await sql`insert into pages values (${page})`.execute(query);
    await vi.waitFor(async () => expect((await stat(path)).size - before).toBeGreaterThan(400_000), 20_000);
    await close();
  });
});

it('what was deleted is in neither file once nothing was committed for a while', async () => {
  const path = join(await mkdtemp(join(folder, 'quiet-')), 'assay.sqlite');
  const database = new Sqlite(path);
  database.exec('pragma journal_mode = wal; pragma secure_delete = on; create table notes (text text)');
  const checkpoints = new CheckpointScheduler(path, 50);
  database.exec("insert into notes values ('nobody-shall-read-this')");
  database.exec('delete from notes');
  expect((await readFile(`${path}-wal`)).includes('nobody-shall-read-this')).toBe(true);
  checkpoints.noteCommit();
  await vi.waitFor(async () => expect((await stat(`${path}-wal`)).size).toBe(0), 20_000);
  expect((await readFile(path)).includes('nobody-shall-read-this')).toBe(false);
  await checkpoints.close();
  database.close();
});

it('what was deleted leaves the log when the one who read meanwhile is done', async () => {
  const path = join(await mkdtemp(join(folder, 'read-')), 'assay.sqlite');
  const database = new Sqlite(path);
  database.exec('pragma journal_mode = wal; create table notes (text text)');
  const reader = new Sqlite(path);
  reader.exec('begin; select * from notes');
  database.exec("insert into notes values ('one')");
  const checkpoints = new CheckpointScheduler(path, 50);
  checkpoints.noteCommit();
  expect(await checkpoints.checkpointAll()).toBe(false);
  await sleep(200);
  expect((await stat(`${path}-wal`)).size).toBeGreaterThan(0);
  reader.exec('commit');
  await vi.waitFor(async () => expect((await stat(`${path}-wal`)).size).toBe(0), 20_000);
  await checkpoints.close();
  reader.close();
  database.close();
});

it('a thread that cannot open the database keeps nobody from closing it', async () => {
  const checkpoints = new CheckpointScheduler(join(folder, 'no-such-folder', 'assay.sqlite'));
  expect(await checkpoints.checkpointAll()).toBe(false);
  const asked = checkpoints.checkpointAll();
  await checkpoints.close();
  expect(await asked).toBe(false);
});

/** Returns a database whose log can be opened, but never flushed to a disk. */
async function withoutDisk(): Promise<string> {
  const path = join(await mkdtemp(join(folder, 'without-')), 'assay.sqlite');
  await symlink('/dev/null', `${path}-wal`);
  return path;
}

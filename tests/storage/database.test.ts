import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, type DatabaseLocation, openDatabase } from '../../src/storage/engine/database.js';
import { MIGRATIONS } from '../../src/storage/schema/migrations/index.js';
import { type Postgres, startPostgres } from '../support/postgres.js';
import { describeWith } from '../support/system-parts.js';

/** Contract of both databases. `place` returns a new, empty one. */
function describeDatabase(name: string, place: () => Promise<DatabaseLocation>): void {
  describe(`${name} as a database`, () => {
    const open: Database[] = [];
    const opened = async (at: DatabaseLocation) => {
      const database = await openDatabase(at);
      open.push(database);
      return database;
    };
    afterAll(async () => {
      for (const each of open) await each.close();
    });

    it('is migrated once when several open it at once', async () => {
      const at = await place();
      const all = await Promise.all([opened(at), opened(at), opened(at)]);
      for (const { query } of all) {
        const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(
          query,
        );
        expect(rows.map((row) => row.name)).toEqual(Object.keys(MIGRATIONS));
      }
    });

    it('is refused unchanged if another version has written it', async () => {
      const at = await place();
      const namesIn = async ({ query }: Database) =>
        (await sql<{ name: string }>`select name from kysely_migration`.execute(query)).rows;
      const database = await openDatabase(at);
      const own = await namesIn(database);
      await sql`update kysely_migration set name = '0010-inspections'`.execute(database.query);
      for (let times = 0; times < 2; times += 1)
        await expect(openDatabase(at)).rejects.toMatchObject({
          code: 'store.otherVersion',
          userMessage: { id: 'error.store.otherVersion' },
        });
      expect(await namesIn(database)).toEqual([{ name: '0010-inspections' }]);
      await sql`update kysely_migration set name = ${own[0]?.name}`.execute(database.query);
      await database.close();
      await opened(at);
    });

    it('lets two transactions that read first and write later both through', async () => {
      const at = await place();
      const [first, second] = [await opened(at), await opened(at)];
      await sql`create table tally (number integer not null)`.execute(first.query);
      await sql`insert into tally values (0)`.execute(first.query);
      const add = (database: Database) =>
        database.query.transaction().execute(async (inside) => {
          const lock = database.dialect === 'postgres' ? sql`for update` : sql``;
          const { rows } = await sql<{ number: number }>`select number from tally ${lock}`.execute(inside);
          await sql`update tally set number = ${(rows[0]?.number ?? 0) + 1}`.execute(inside);
        });
      await Promise.all(Array.from({ length: 20 }, (_, turn) => add(turn % 2 === 0 ? first : second)));
      const { rows } = await sql<{ number: number }>`select number from tally`.execute(first.query);
      expect(rows).toEqual([{ number: 20 }]);
    });

    it('keeps what can be made again whole, or not at all', async () => {
      const database = await opened(await place());
      const { query } = database;
      await sql`create table makeable (number integer not null)`.execute(query);
      await database.runReproducible((inside) => sql`insert into makeable values (1)`.execute(inside));
      const broken = database.runReproducible(async (inside) => {
        await sql`insert into makeable values (2)`.execute(inside);
        throw new Error('not made');
      });
      await expect(broken).rejects.toThrow('not made');
      expect((await sql`select number from makeable`.execute(query)).rows).toEqual([{ number: 1 }]);
    });

    it('gives sizes beyond 2^31 as numbers', async () => {
      const { query } = await opened(await place());
      await sql`create table sizes (bytes bigint not null)`.execute(query);
      await sql`insert into sizes values (${5 * 1024 ** 3})`.execute(query);
      const { rows } = await sql<{ bytes: number }>`select bytes from sizes`.execute(query);
      expect(rows).toEqual([{ bytes: 5 * 1024 ** 3 }]);
    });
  });
}

describe('SQLite', () => {
  const folders: string[] = [];
  afterAll(async () => {
    for (const folder of folders) await rm(folder, { recursive: true, force: true });
  });
  describeDatabase('SQLite', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'assay-sqlite-'));
    folders.push(dataDir);
    return { dataDir };
  });
});

describeWith('postgres', 'PostgreSQL', (program) => {
  let server: Postgres;
  beforeAll(async () => {
    server = await startPostgres(program);
  });
  afterAll(async () => {
    await server.stop();
  });
  describeDatabase('PostgreSQL', async () => ({ dataDir: tmpdir(), url: await server.newDatabase() }));

  it('waits for the disk again after what can be made again', async () => {
    const database = await openDatabase({ dataDir: tmpdir(), url: await server.newDatabase() });
    const asked = async (inside: typeof database.query) =>
      Object.values((await sql`show synchronous_commit`.execute(inside)).rows[0] ?? {});
    await database.runReproducible(async (inside) => expect(await asked(inside)).toEqual(['off']));
    expect(await asked(database.query)).toEqual(['on']);
    await database.close();
  });

  it('is open again after the server was killed and came back', async () => {
    const database = await openDatabase({ dataDir: tmpdir(), url: await server.newDatabase() });
    await server.kill();
    await expect(database.ping()).rejects.toThrow();
    await server.start();
    await database.ping();
    await database.close();
  });

  it('fails what was asked of a server that ends meanwhile, and nothing else', async () => {
    const strays: unknown[] = [];
    const stray = (error: unknown) => strays.push(error);
    process.on('uncaughtExceptionMonitor', stray);
    const database = await openDatabase({ dataDir: tmpdir(), url: await server.newDatabase() });
    let gone = () => {};
    const killed = new Promise<void>((resolve) => {
      gone = resolve;
    });
    // Connections inside a transaction, both busy and idle.
    const asleep = database.query.transaction().execute((inside) => sql`select pg_sleep(60)`.execute(inside));
    const idle = database.query.transaction().execute(async (inside) => {
      await sql`select 1`.execute(inside);
      await killed;
      await sql`select 1`.execute(inside);
    });
    const both = Promise.allSettled([asleep, idle]);
    const busyAndIdle = sql<{ state: string }>`
      select state from pg_stat_activity
      where datname = current_database() and (query like '%pg_sleep(60)' or state = 'idle in transaction')`;
    await expect
      .poll(async () => (await busyAndIdle.execute(database.query)).rows.map(({ state }) => state).sort())
      .toEqual(['active', 'idle in transaction']);
    await server.kill();
    gone();
    expect((await both).map((one) => one.status)).toEqual(['rejected', 'rejected']);
    expect(strays).toEqual([]);
    process.off('uncaughtExceptionMonitor', stray);
    await server.start();
    await database.ping();
    await database.close();
  });
});

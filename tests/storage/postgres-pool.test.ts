import { once } from 'node:events';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { withFaultDetection } from '../../src/storage/engine/fault-driver.js';
import { StatementBoundedPool } from '../../src/storage/engine/postgres-pool.js';
import { type Postgres, startPostgres } from '../support/postgres.js';
import { describeWith } from '../support/system-parts.js';

describeWith('postgres', 'connections to PostgreSQL', (program) => {
  let server: Postgres;
  beforeAll(async () => {
    server = await startPostgres(program);
  });
  afterAll(() => server.stop());

  const opened = async (statementMillis: number) => {
    const pool = new StatementBoundedPool(await server.newDatabase(), { statementMillis });
    const query = new Kysely<{ notes: { words: string } }>({
      dialect: withFaultDetection(new PostgresDialect({ pool })),
    });
    onTestFinished(() => query.destroy());
    await pool.withoutTimeout(() => sql`create table notes (words text not null)`.execute(query));
    return { pool, query };
  };
  const words = async ({ query }: Awaited<ReturnType<typeof opened>>) =>
    (await query.selectFrom('notes').select('words').execute()).map((row) => row.words);

  it('are given up with the transaction on them, and nobody else has one of those', async () => {
    const database = await opened(3_000);
    const { query } = database;
    const kept = query.transaction().execute(async (inside) => {
      await inside.insertInto('notes').values({ words: 'half' }).execute();
      await sql`select pg_sleep(6)`.execute(inside);
    });
    await expect(kept).rejects.toMatchObject({ name: 'StoreFault', code: 'store.unavailable' });
    // Ten at once use every allowed connection.
    const each = Array.from({ length: 10 }, (_, number) =>
      query
        .insertInto('notes')
        .values({ words: `${number}` })
        .execute(),
    );
    await Promise.all(each);
    const all = Array.from({ length: 10 }, (_, number) => `${number}`);
    expect((await words(database)).sort()).toEqual(all);
    // It also works after the server has finished the abandoned queries.
    const asleep = sql<{ number: number }>`
      select count(*) as number from pg_stat_activity
      where datname = current_database() and query like '%pg_sleep(6)' and state <> 'idle'`;
    await expect.poll(async () => (await asleep.execute(query)).rows).toEqual([{ number: 0 }]);
    expect((await words(database)).sort()).toEqual(all);
  });

  it('stay where the server refuses, and wait where they may', async () => {
    const { pool, query } = await opened(3_000);
    const connection = async () =>
      (await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(query)).rows[0]?.pid;
    const before = await connection();
    await expect(sql`select nothing`.execute(query)).rejects.toMatchObject({ code: '42703' });
    expect(await connection()).toBe(before);
    await pool.withoutTimeout(() => sql`select pg_sleep(4)`.execute(query));
    expect(await connection()).toBe(before);
  });

  it('wait no longer because others may, nor because those who began them might have', async () => {
    const { pool, query } = await opened(3_000);
    const asleep = () => sql`select pg_sleep(6)`.execute(query);
    const end = new AbortController();
    const ended = once(end.signal, 'abort');
    let leftBehind: Promise<unknown> = Promise.resolve();
    await pool.withoutTimeout(async () => {
      leftBehind = ended.then(asleep);
    });
    const may = pool.withoutTimeout(asleep);
    end.abort();
    const away = { name: 'StoreFault', code: 'store.unavailable' };
    await Promise.all([
      expect(may).resolves.toBeDefined(),
      expect(asleep()).rejects.toMatchObject(away),
      expect(query.transaction().execute(() => asleep())).rejects.toMatchObject(away),
      expect(leftBehind).rejects.toMatchObject(away),
    ]);
  });
});

import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Language } from '../../../src/i18n/languages.js';
import { translatorFor } from '../../../src/i18n/translator.js';
import { toDoctorPartView } from '../../../src/service/doctor/part.js';
import { checkDatabase } from '../../../src/service/doctor/parts/database.js';
import { type Database, type DatabaseLocation, openDatabase } from '../../../src/storage/engine/database.js';
import { type Postgres, startPostgres } from '../../support/postgres.js';
import { describeWith } from '../../support/system-parts.js';

const folder = mkdtempSync(join(tmpdir(), 'assay-doctor-database-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let made = 0;
function dataDir(): string {
  made += 1;
  const dir = join(folder, `${made}`);
  mkdirSync(dir);
  return dir;
}

const look = async ({ url, dataDir }: DatabaseLocation, language: Language = 'en') => {
  const [part] = await checkDatabase(url, dataDir);
  return part && toDoctorPartView(part, translatorFor(language));
};

async function changed(place: DatabaseLocation, change: (database: Database) => Promise<unknown>) {
  const database = await openDatabase(place);
  await change(database);
  await database.close();
}

const foresee = ({ query }: Database) =>
  sql`insert into kysely_migration (name, timestamp) values ('9999-later', '2030')`.execute(query);

function describeTables(name: string, id: string, place: () => Promise<DatabaseLocation>): void {
  describe(`what is told of ${name}`, () => {
    it('tables of this version', async () => {
      const at = await place();
      await changed(at, async () => {});
      expect(await look(at)).toMatchObject({
        id,
        state: 'found',
        detail: expect.stringMatching(/; its tables are of this version$/),
      });
    });

    it('tables of another version', async () => {
      const at = await place();
      await changed(at, foresee);
      expect(await look(at)).toMatchObject({
        id,
        state: 'failed',
        detail: expect.stringMatching(
          /; its tables are of another version of Assay, and this one does not convert them$/,
        ),
        lost: expect.stringContaining('cannot start'),
      });
      await expect(openDatabase(at)).rejects.toMatchObject({ code: 'store.otherVersion' });
    });
  });
}

describeTables('a SQLite file', 'sqlite', async () => ({ dataDir: dataDir() }));

describe('a SQLite file', () => {
  it('that is not there is not made by a look', async () => {
    const dir = dataDir();
    expect(await look({ dataDir: dir })).toMatchObject({
      id: 'sqlite',
      state: 'found',
      detail: `${join(dir, 'assay.sqlite')} is made at the first start`,
    });
    expect(await look({ dataDir: join(dir, 'none') })).toMatchObject({ state: 'found' });
    expect(readdirSync(dir)).toEqual([]);
  });

  it('without a log is read with nothing made beside it, and one in use while it is', async () => {
    const [dir, other] = [dataDir(), dataDir()];
    const database = await openDatabase({ dataDir: dir });
    await sql`pragma wal_checkpoint(truncate)`.execute(database.query);
    copyFileSync(join(dir, 'assay.sqlite'), join(other, 'assay.sqlite'));
    for (const each of [dir, other])
      expect(await look({ dataDir: each })).toMatchObject({
        detail: expect.stringMatching(/of this version$/),
      });
    await database.close();
    expect(readdirSync(other)).toEqual(['assay.sqlite']);
  });

  it('that is none, or a folder, is said', async () => {
    const [dir, other] = [dataDir(), dataDir()];
    writeFileSync(join(dir, 'assay.sqlite'), 'no database '.repeat(1_000));
    mkdirSync(join(other, 'assay.sqlite'));
    for (const each of [dir, other])
      expect(await look({ dataDir: each })).toMatchObject({
        state: 'failed',
        detail: expect.stringContaining('could not be opened'),
      });
  });
});

describeWith('postgres', 'on a server', (program) => {
  let server: Postgres;
  beforeAll(async () => {
    server = await startPostgres(program);
  });
  afterAll(() => server?.stop());
  describeTables('PostgreSQL', 'postgresql', async () => ({
    dataDir: folder,
    url: await server.newDatabase(),
  }));

  it('an empty database is not changed by a look', async () => {
    const at = { dataDir: folder, url: await server.newDatabase() };
    for (let times = 0; times < 2; times += 1)
      expect(await look(at)).toMatchObject({
        state: 'found',
        detail: expect.stringMatching(/^\d.*; its tables are made at the first start$/),
      });
  });
});

it('is told in Chinese too', async () => {
  const at = { dataDir: dataDir() };
  const before = await look(at, 'zh-Hans');
  await changed(at, async () => {});
  const current = await look(at, 'zh-Hans');
  const later = { dataDir: dataDir() };
  await changed(later, foresee);
  const other = await look(later, 'zh-Hans');
  const bad = dataDir();
  writeFileSync(join(bad, 'assay.sqlite'), 'no database '.repeat(1_000));
  for (const part of [before, current, other, await look({ dataDir: bad }, 'zh-Hans')]) {
    const { detail = '', lost, remedy } = part ?? {};
    for (const text of [detail, lost, remedy])
      if (text !== undefined) expect(text).toMatch(/[\u4e00-\u9fff]/);
    expect(detail).not.toMatch(/tables|first start|opened/);
  }
});

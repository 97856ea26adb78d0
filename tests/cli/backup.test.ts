import { once } from 'node:events';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openStores } from '../../src/storage/stores.js';
import { multipart } from '../http/posting.js';
import { fetched } from '../support/fetched.js';
import { type Postgres, startPostgres } from '../support/postgres.js';
import { describeWith } from '../support/system-parts.js';
import { type Launched, launch } from './launched.js';
import { assayHere } from './run-here.js';
import { assay, fixture } from './spawn-assay.js';

const PICTURE = readFileSync(fixture('c2pa/png-c2pa-trained.png'));
const NOW = '2026-11-29T10:00:00.000Z';

let folder: string;
const running: Launched[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-backup-'));
});
afterEach(async () => {
  for (const program of running.splice(0)) await stop(program);
  rmSync(folder, { recursive: true, force: true });
});

async function stop({ child }: Launched): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

async function serve(env: Record<string, string>): Promise<Launched> {
  const program = await launch('serve', {
    ASSAY_SELF_TEST: 'skip',
    ASSAY_LOG_LEVEL: 'silent',
    ASSAY_PREVIEWS: 'off',
    ...env,
  });
  running.push(program);
  return { ...program, url: program.url ?? '' };
}

/** Uploads a different file for each number. */
async function post(url: string, number: number, prefer?: string): Promise<string> {
  const content = Buffer.concat([PICTURE, Buffer.from(`${number}`)]);
  const { payload, headers } = multipart([{ name: 'file', filename: `${number}.png`, content }]);
  const answer = await fetched(`${url}/v1/inspections`, {
    method: 'POST',
    body: new Uint8Array(payload),
    headers: { ...headers, ...(prefer === undefined ? {} : { prefer }) },
  });
  return answer.headers.get('location') ?? `none: ${answer.status}`;
}

const text = async (url: string) => (await fetch(url)).text();

/** Backs up reports, a derivative and waiting jobs while more arrive, and restores them at another location. */
async function roundTrip(first: Record<string, string>, second: Record<string, string>): Promise<void> {
  const before = await serve({ ...first, ASSAY_EMBEDDED_WORKER: '0' });
  const done = await post(before.url, 1);
  const report = await text(`${before.url}${done}`);
  const waiting = [await post(before.url, 2, 'respond-async'), await post(before.url, 3, 'respond-async')];
  const place = { dataDir: first['ASSAY_DATA_DIR'] ?? '', url: first['DATABASE_URL'] };
  const preview = { kind: 'preview', mediaType: 'image/webp', content: Buffer.from([0, 1, 255]) } as const;
  const id = done.split('/').at(-1) ?? '';
  const stores = await openStores(place, { supervise: false });
  await stores.inspections.putDerivatives('local', id, [preview]);
  const values = Buffer.alloc(400, 7);
  const fingerprint = { kind: 'sound', quality: 100, frames: 1, shelf: values, query: values } as const;
  await stores.fingerprints.put([{ tenant: 'local', holder: { inspection: id }, at: NOW, fingerprint }]);
  await stores.close();

  let more = true;
  const rest = (async () => {
    for (let number = 10; more; number += 1) await post(before.url, number, 'respond-async');
  })();
  const to = join(folder, 'copy');
  const made = await assay(['backup', to], first);
  more = false;
  await rest;
  expect(made).toMatchObject({ code: 0, stdout: '' });
  expect(made.stderr).not.toContain('whose file was lost');
  expect(statSync(to).mode & 0o777).toBe(0o700);
  expect((await assay(['backup', to], first)).stderr).toContain('exists already');
  await stop(before);

  // A refusal comes before anything is restored, so that the target stays empty.
  const file = join(to, 'assay-backup.json');
  const contents = readFileSync(file, 'utf8');
  writeFileSync(file, JSON.stringify({ ...JSON.parse(contents), migrations: ['0010-inspections'] }));
  const other = await assay(['restore', to], second);
  expect([other.code, other.stderr]).toEqual([2, expect.stringContaining('of another version of Assay')]);
  writeFileSync(file, contents);
  const back = await assay(['restore', to], second);
  expect(back.stderr).toContain('are back');
  expect(back.code).toBe(0);
  const after = await serve(second);
  expect(await text(`${after.url}${done}`)).toBe(report);
  for (const url of waiting) {
    for (;;) {
      const answer = await fetched(`${after.url}${url}`);
      if (answer.status !== 202) {
        expect(JSON.parse(answer.text)).toMatchObject({ status: 'done' });
        break;
      }
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
  const kept = await openStores(
    { dataDir: second['ASSAY_DATA_DIR'] ?? '', url: second['DATABASE_URL'] },
    { supervise: false },
  );
  expect(await kept.inspections.getDerivative('local', id, 'preview')).toEqual(preview);
  expect((await kept.fingerprints.getForSearch('local', { inspection: id })).made).toContainEqual(
    fingerprint,
  );
  const counts = await kept.inspections.countByStatus('local', {});
  expect(counts.failed).toBe(0);
  await kept.close();
  await stop(after);

  const twice = await assay(['restore', to], second);
  expect(twice.code).toBe(2);
  expect(twice.stderr).toContain('is not empty');
}

describe('assay backup and assay restore', () => {
  it('bring everything back on SQLite, trust lists too', async () => {
    const [one, two] = [join(folder, 'one'), join(folder, 'two')];
    mkdirSync(join(one, 'trust', 'private'), { recursive: true });
    writeFileSync(join(one, 'trust', 'private', 'ours.pem'), 'no certificate');
    await roundTrip({ ASSAY_DATA_DIR: one }, { ASSAY_DATA_DIR: two });
    expect(readFileSync(join(two, 'trust', 'private', 'ours.pem'), 'utf8')).toBe('no certificate');
    expect(statSync(join(two, 'assay.sqlite')).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder).sort()).toEqual(['copy', 'one', 'two']);
  });

  it('refuse what is not there, not whole, or not theirs, and leave nothing behind', async () => {
    const data = { ASSAY_DATA_DIR: join(folder, 'data') };
    const [to, back] = [join(folder, 'copy'), { ASSAY_DATA_DIR: join(folder, 'back') }];
    const none = await assayHere(['backup', to], data);
    expect([none.code, none.stdout]).toEqual([2, '']);
    expect(none.stderr).toContain('no assay.sqlite');
    expect(readdirSync(folder)).toEqual([]);

    await assayHere(['keys', 'create', 'desk'], data);
    expect((await assay(['backup', to], data)).code).toBe(0);
    const contents = join(to, 'assay-backup.json');
    const good = readFileSync(contents, 'utf8');
    const refusedWith = async (words: string) => {
      const { code, stderr } = await assayHere(['restore', to], back);
      expect(stderr).toContain(words);
      expect(code).toBe(2);
      expect(readdirSync(folder).sort()).toEqual(['copy', 'data']);
    };
    const file = JSON.parse(good).files[0];
    for (const path of ['../../etc/passwd', 'uploads/../x', 'trust//x', 'trust/..', '/etc/passwd']) {
      writeFileSync(contents, JSON.stringify({ ...JSON.parse(good), files: [file, { ...file, path }] }));
      await refusedWith('names a file that does not belong in a backup');
    }
    writeFileSync(contents, JSON.stringify({ ...JSON.parse(good), migrations: ['0010-inspections'] }));
    await refusedWith('of another version of Assay');
    writeFileSync(contents, '{}');
    await refusedWith('is not what this version of Assay writes');
    writeFileSync(contents, good);
    appendFileSync(join(to, 'assay.sqlite'), 'x');
    await refusedWith('has changed since the backup was made');
    rmSync(join(to, 'assay.sqlite'));
    await refusedWith('is missing from the backup');
    const postgres = { ...back, DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' };
    expect((await assayHere(['restore', to], postgres)).stderr).toContain('of SQLite');
  });

  describeWith('postgres', 'on PostgreSQL', (program) => {
    let server: Postgres;
    beforeAll(async () => {
      server = await startPostgres(program);
    });
    afterAll(() => server.stop());

    it('bring everything back with PostgreSQL’s own tools', async () => {
      const [one, two] = [await server.newDatabase(), await server.newDatabase()];
      await roundTrip(
        { ASSAY_DATA_DIR: join(folder, 'one'), DATABASE_URL: one },
        { ASSAY_DATA_DIR: join(folder, 'two'), DATABASE_URL: two },
      );
      const filled = { ASSAY_DATA_DIR: join(folder, 'three'), DATABASE_URL: two };
      expect((await assay(['restore', join(folder, 'copy')], filled)).stderr).toContain('not empty');
    });
  });
});

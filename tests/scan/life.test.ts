import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { run } from '../../src/cli/run.js';
import { installLaw } from '../../src/service/law-updates/install.js';
import { LawFolder } from '../../src/service/law-updates/law-folder.js';
import { openDatabase } from '../../src/storage/engine/database.js';
import { ScanRepository } from '../../src/storage/scans/kysely-scans.js';
import { ScanQueue } from '../../src/storage/scans/scan-queue.js';
import { launched, stopped } from '../cli/launched.js';
import { assayHere } from '../cli/run-here.js';
import { assay, assayHeldToModes, fixture } from '../cli/spawn-assay.js';
import { inEnglish } from '../i18n/english.js';
import {
  BOOK,
  BUILT_IN_EDITION,
  builtInAfterwards,
  MADE,
  newKeys,
  TestLaw,
} from '../service/law-updates/law.js';
import { startReceiver } from '../service/webhooks/receiver.js';
import { type Postgres, startPostgres } from '../support/postgres.js';
import { describeWith, itWith } from '../support/system-parts.js';
import { zipOf } from './archive-files.js';
import { type Scanned, scanned } from './scanned.js';

const INTACT = fixture('c2pa/png-c2pa-intact.png');
const ALTERED = fixture('c2pa/png-c2pa-altered-data.png');
const TRAINED = fixture('c2pa/jpeg-c2pa-trained.jpg');
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw+aaaaaaaaaa=';

let folder: string;
let tree: string;
let out: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-life-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  [tree, out] = [join(folder, 'tree'), join(folder, 'out.ndjson')];
  mkdirSync(tree);
  copyFileSync(INTACT, join(tree, 'a.png'));
  copyFileSync(INTACT, join(tree, 'g.png'));
});

/** Changes one file, deletes one and adds one. */
function live(): void {
  copyFileSync(ALTERED, join(tree, 'a.png'));
  rmSync(join(tree, 'g.png'));
  copyFileSync(TRAINED, join(tree, 'n.jpg'));
}
const LIVED = { new: 1, changed: 1, gone: 1, newlyAi: 1, newlyAltered: 1, newlyUnread: 0 };

const results = () => scanned(readFileSync(out, 'utf8'));
const goneIn = ({ records }: Scanned) =>
  records.filter((record) => 'gone' in record && record.gone !== undefined).map(({ path }) => path);
const idIn = (stderr: string) => /scan ([0-9a-f-]{36})/.exec(stderr)?.[1] ?? 'none';

describe('results in a file that are gone on with', () => {
  it('tell what changed, mark what is gone, and are left alone by a question that is another', async () => {
    const scan = (...args: string[]) => assayHere(['scan', tree, '--out', out, ...args]);
    await scan();
    live();
    const { code, stderr } = await scan('--resume');
    expect(code).toBe(0);
    expect(stderr).toContain('1 newly stating AI');
    expect(stderr).toContain(join(tree, 'n.jpg'));
    expect(results().summary).toMatchObject({ changes: LIVED, tally: { files: 2, gone: 1 } });
    expect(goneIn(results())).toEqual([join(tree, 'g.png')]);
    const csv = await assayHere(['report', out, '--format', 'csv', '--columns', 'path,gone']);
    expect(csv.stdout).toMatch(/g\.png,\d{4}-/);
    const page = await assayHere(['report', out]);
    expect(page.stdout).toContain(inEnglish('overview.gone', { count: 1 }));

    const before = readFileSync(out);
    const other = await scan('--resume', '--jurisdiction', 'EU');
    expect(other.code).toBe(2);
    expect(other.stderr).toContain('--recheck rulebooks');
    expect(readFileSync(out)).toEqual(before);
    expect((await scan('--resume', '--jurisdiction', 'EU', '--recheck', 'rulebooks')).code).toBe(0);
    const records = results().records.filter((record) => 'asset' in record && record.gone === undefined);
    expect(records.every((record) => 'findings' in record && record.findings.length > 0)).toBe(true);

    // A deleted file is not requested, and its record stays unchanged.
    const again = join(folder, 'again.ndjson');
    const rejudged = await assayHere(['law', 'rejudge', out, '--json', '--out', again]);
    expect(rejudged).toMatchObject({ code: 0, stdout: expect.stringContaining('"reports":2,"judged":2') });
    const written = scanned(readFileSync(again, 'utf8'));
    expect(goneIn(written)).toEqual([join(tree, 'g.png')]);
    expect(written.summary).toMatchObject({ tally: { files: 2, gone: 1 } });

    // A file that returns is read, and counts again; an unmounted folder removes nothing.
    copyFileSync(INTACT, join(tree, 'g.png'));
    await scan('--resume', '--jurisdiction', 'EU');
    expect(results().summary).toMatchObject({ changes: { new: 1, gone: 0 }, tally: { files: 3 } });
    renameSync(tree, `${tree}-away`);
    mkdirSync(tree);
    const empty = await scan('--resume', '--jurisdiction', 'EU');
    expect(empty).toMatchObject({ code: 3, stderr: expect.stringContaining('is its volume mounted?') });
    expect(goneIn(results())).toEqual([]);
    rmSync(tree, { recursive: true });
    renameSync(`${tree}-away`, tree);
    rmSync(join(tree, 'g.png'));
    expect((await scan('--resume', '--jurisdiction', 'EU', '--gone', 'drop')).code).toBe(0);
    expect(
      results()
        .records.map(({ path }) => path)
        .sort(),
    ).toEqual([join(tree, 'a.png'), join(tree, 'n.jpg')]);
    expect(results().summary).toMatchObject({ changes: { gone: 1 }, tally: { files: 2, errors: {} } });
  });

  itWith('setpriv', 'mark nothing as gone in a folder that could not be looked into', async () => {
    const sub = join(tree, 'sub');
    mkdirSync(sub);
    for (const name of ['c.png', 'd.png']) copyFileSync(INTACT, join(sub, name));
    const scan = ['scan', tree, '--out', out];
    expect((await assayHeldToModes(scan)).code).toBe(0);
    rmSync(join(sub, 'c.png'));
    chmodSync(sub, 0o000);
    expect((await assayHeldToModes([...scan, '--resume'])).code).toBe(3);
    expect(goneIn(results())).toEqual([]);
    chmodSync(sub, 0o700);
    expect((await assayHeldToModes([...scan, '--resume'])).code).toBe(0);
    expect(goneIn(results())).toEqual([join(sub, 'c.png')]);
  });

  it('are watched until told to end, and what changed is told to a webhook, signed', async () => {
    const receiver = await startReceiver();
    const interrupt = new AbortController();
    let stderr = '';
    const into = new Writable({
      decodeStrings: false,
      write(chunk: string, _encoding, done) {
        stderr += chunk;
        // Happens while it waits for its second run.
        if (stderr.includes('the next run') && !stderr.includes('since the last run')) {
          copyFileSync(TRAINED, join(tree, 'n.jpg'));
        }
        if (chunk.includes('the next run') && receiver.received.length > 0) interrupt.abort();
        done();
      },
    });
    const env = {
      PATH: process.env['PATH'] ?? '',
      ASSAY_SCAN_WEBHOOK_SECRET: SECRET,
      ASSAY_WEBHOOK_ALLOWED_HOSTS: receiver.host,
    };
    const asked = ['scan', tree, '--out', out, '--watch', '1s', '--webhook', receiver.url];
    const io = { stdout: into, stderr: into, env, isTTY: false, interrupted: interrupt.signal };
    expect(await run(asked, io)).toBe(0);
    expect(stderr).toContain('stopped watching');
    const [message] = receiver.received;
    const headers = message?.headers as Record<string, string>;
    const body = new Webhook(SECRET).verify(message?.body ?? '', headers);
    expect(body).toMatchObject({
      type: 'scan.delta',
      data: { run: 2, changes: { new: 1, newlyAi: 1 }, names: { newlyAi: [join(tree, 'n.jpg')] } },
    });
    const refused = await assayHere([...asked.slice(0, -1), 'http://10.0.0.1/'], env);
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('https') });
    expect((await assayHere(asked)).stderr).toContain('ASSAY_SCAN_WEBHOOK_SECRET');
  });
});

describe('law that is installed while results are watched', () => {
  it('holds from the next run on, and its records are asked anew where that is asked for', async () => {
    builtInAfterwards();
    const keys = newKeys(folder);
    const law = join(folder, 'law');
    const { archive } = await new TestLaw(undefined, [BOOK])
      .saying('Another', '2027-01-01')
      .bundle(keys, { made: MADE });
    const interrupt = new AbortController();
    let stderr = '';
    let installed: Promise<unknown> | undefined;
    const into = new Writable({
      decodeStrings: false,
      write(chunk: string, _encoding, done) {
        stderr += chunk;
        if (chunk.includes('the next run')) {
          installed ??= installLaw(archive, {
            ...{ folder: new LawFolder(law), keys: [keys.publicKey], now: new Date(), allowOlder: true },
          }).catch((error: unknown) => {
            interrupt.abort();
            throw error;
          });
          if (stderr.includes('in force')) interrupt.abort();
        }
        done();
      },
    });
    mkdirSync(law);
    const env = { PATH: process.env['PATH'] ?? '', ASSAY_LAW_DIR: law, ASSAY_LAW_KEY: keys.publicFile };
    const asked = ['scan', tree, '--out', out, '--resume', '--rulebooks', BOOK, '--recheck', 'rulebooks'];
    const io = { stdout: into, stderr: into, env, isTTY: false, interrupted: interrupt.signal };
    expect(await run([...asked, '--watch', '1s'], io), stderr).toBe(0);
    await installed;
    const { headers, records } = results();
    const editions = headers.map(({ versions }) => versions.rulebooks[0]?.split(' ')[1]);
    expect([editions[0], editions.at(-1)]).toEqual([BUILT_IN_EDITION, '2027-01-01']);
    expect(records.map((record) => 'readIn' in record && record.readIn)).toEqual([1, 1]);
  });
});

describe('a scan in the database', () => {
  it('tells what changed, belongs to its tenant, and is exported, deleted, imported and rechecked', async () => {
    const env = { ASSAY_DATA_DIR: join(folder, 'data') };
    const here = (...args: string[]) => assayHere(['scan', ...args], env);
    const id = idIn((await here(tree, '--store', '--tenant', 'desk')).stderr);
    live();
    expect((await here(tree, '--store', '--scan', id)).code).toBe(2);
    const again = await here(tree, '--store', '--scan', id, '--tenant', 'desk');
    expect(again.stderr).toContain('1 newly stating AI');
    const status = JSON.parse((await here('status', id, '--json', '--tenant', 'desk')).stdout);
    expect(status).toMatchObject({ run: 2, changes: LIVED, records: { files: 2, gone: 1 } });
    for (const command of ['status', 'export', 'cancel', 'delete', 'recheck'])
      expect([command, (await here(command, id)).code]).toEqual([command, 2]);
    expect((await here('status')).stdout).toBe('');
    await here('export', id, '--tenant', 'desk', '--out', out);
    expect(goneIn(results())).toEqual([join(tree, 'g.png')]);
    expect((await here('import', out)).code).toBe(2);
    expect((await here('delete', id, '--tenant', 'desk')).code).toBe(0);
    expect((await here('status', '--tenant', 'desk')).stdout).toBe('');
    expect((await here('import', out)).code).toBe(0);
    const same = await here('diff', out, id, '--json', '--fail-on', 'new,changed,gone');
    expect(same).toMatchObject({ code: 0 });
    // Results as left by resumed runs: with lines that no longer count.
    const grown = join(folder, 'grown.ndjson');
    await here(tree, '--out', grown);
    copyFileSync(INTACT, join(tree, 'n.jpg'));
    await here(tree, '--out', grown, '--resume');
    expect(readFileSync(grown, 'utf8')).toContain('assay.dead');
    const imported = await here('import', grown);
    expect(imported).toMatchObject({ code: 0, stderr: expect.stringContaining('2 records') });
    copyFileSync(TRAINED, join(tree, 'n.jpg'));
    expect(await here('import', join(folder, 'none.ndjson'))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('none.ndjson'),
    });

    const trust = join(folder, 'trust/private');
    mkdirSync(trust, { recursive: true });
    copyFileSync(fixture('ca/root.pem'), join(trust, 'ours.pem'));
    const rechecked = await assayHere(['scan', 'recheck', id], {
      ...env,
      ASSAY_TRUST_DIR: join(folder, 'trust'),
    });
    expect(rechecked).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('2 of 2 records redone'),
    });
    expect(JSON.parse((await here('status', id, '--json')).stdout)).toMatchObject({ run: 2, status: 'done' });
  });
});

describe('a recheck of what stands in archives', () => {
  it('leaves out what the scan had left out', async () => {
    const parts = [
      { name: 'one.png', bytes: readFileSync(INTACT) },
      { name: 'two.jpg', bytes: readFileSync(TRAINED) },
    ];
    writeFileSync(join(tree, 'z.zip'), zipOf(parts));
    const env = { ASSAY_DATA_DIR: join(folder, 'data') };
    const asked = [tree, '--store', '--archives', 'zip', '--include', '*.png'];
    const id = idIn((await assayHere(['scan', ...asked], env)).stderr);
    const trust = join(folder, 'trust/private');
    mkdirSync(trust, { recursive: true });
    copyFileSync(fixture('ca/root.pem'), join(trust, 'ours.pem'));
    const { stderr } = await assayHere(['scan', 'recheck', id], {
      ...env,
      ASSAY_TRUST_DIR: join(folder, 'trust'),
    });
    expect(stderr).toContain('3 of 3 records redone');
    await assayHere(['scan', 'export', id, '--out', out], env);
    const paths = results().records.map(({ path }) => path.slice(tree.length + 1));
    expect(paths.sort()).toEqual(['a.png', 'g.png', 'z.zip!/one.png']);
  });
});

describeWith('postgres', 'a worker on which a folder is not mounted', (program) => {
  let server: Postgres;
  beforeAll(async () => {
    server = await startPostgres(program);
  });
  afterAll(() => server.stop());

  it('leaves its jobs to one that has it, and a recheck is done by one that has the parts', async () => {
    const env = { DATABASE_URL: await server.migratedDatabase(), ASSAY_DATA_DIR: join(folder, 'data') };
    const database = await openDatabase({ dataDir: env.ASSAY_DATA_DIR, url: env.DATABASE_URL });
    onTestFinished(() => database.close());
    const scans = new ScanRepository(database);
    const id = idIn((await assayHere(['scan', tree, '--distributed'], env)).stderr);
    const done = async () => {
      // A job that a worker cannot do is put off for longer than this test should take.
      await sql`update pgboss.job set start_after = now() where state = 'retry'`.execute(database.query);
      return (await scans.get(id))?.status === 'done';
    };
    const until = async (isSo: () => boolean | Promise<boolean>) => {
      while (!(await isSo())) await delay(100);
    };
    const exported = async () => {
      await assayHere(['scan', 'export', id, '--out', out, '--overwrite'], env);
      return results();
    };

    renameSync(tree, `${tree}-away`);
    const without = await launched('worker', env);
    await until(() => without.messages().includes('is not there, or empty'));
    renameSync(`${tree}-away`, tree);
    expect(await stopped(without)).toBe(0);
    const worker = await launched('worker', env);
    await until(done);
    expect((await exported()).records.map(({ path }) => path).sort()).toEqual([
      join(tree, 'a.png'),
      join(tree, 'g.png'),
    ]);

    const trust = join(folder, 'trust/private');
    mkdirSync(trust, { recursive: true });
    copyFileSync(fixture('ca/root.pem'), join(trust, 'ours.pem'));
    const later = { ...env, ASSAY_TRUST_DIR: join(folder, 'trust') };
    const { code, stderr } = await assayHere(['scan', 'recheck', id], later);
    expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringContaining('2 of 2') });
    await until(() => worker.messages().includes('trust lists'));
    expect(await done()).toBe(false);
    const fit = await launched('worker', later);
    await until(done);
    const { headers, records } = await exported();
    // Four lists come with Assay.
    expect(headers[0]?.versions.lists).toHaveLength(5);
    const trusts = records.map((record) => 'asset' in record && record.contentCredentials.trust);
    expect(trusts).toEqual(['private', 'private']);
    expect(await Promise.all([stopped(worker), stopped(fit)])).toEqual([0, 0]);
  });

  it('gives its jobs back, and tells no file as not found', async () => {
    const env = {
      DATABASE_URL: await server.migratedDatabase(),
      ASSAY_DATA_DIR: join(folder, 'data'),
      ASSAY_JOBS: '1',
    };
    // A later run named the folder.
    const other = join(folder, 'other');
    mkdirSync(other);
    copyFileSync(TRAINED, join(other, 'o.jpg'));
    const id = idIn((await assayHere(['scan', other, '--distributed'], env)).stderr);
    expect((await assay(['scan', tree, '--distributed', '--scan', id], env)).code).toBe(0);
    renameSync(tree, `${tree}-away`);
    const worker = await launched('worker', env);
    while (!worker.messages().includes('is not there, or empty')) await delay(50);
    const status = JSON.parse((await assayHere(['scan', 'status', id, '--json'], env)).stdout);
    expect(status).toMatchObject({
      records: { files: 1, errors: 0 },
      handedOut: { jobsDone: 1, handedBack: 1, handedBackFor: [expect.stringContaining(tree)] },
    });
    expect(await stopped(worker)).toBe(0);
    // After the cancellation nobody waits for its jobs: neither a watcher, nor a scan that still hands out.
    expect((await assayHere(['scan', 'cancel', id], env)).code).toBe(0);
    const after = JSON.parse((await assayHere(['scan', 'status', id, '--json'], env)).stdout);
    expect(after.handedOut).toMatchObject({ filesCancelled: 2 });
    expect(after.handedOut.handedBack ?? 0).toBe(0);
    const database = await openDatabase({ dataDir: env.ASSAY_DATA_DIR, url: env.DATABASE_URL });
    onTestFinished(() => database.close());
    const queue = await ScanQueue.open(database.query);
    const scan = await new ScanRepository(database).get(id);
    expect(await queue.countOpen(scan?.number ?? 0, 10)).toBe(0);
    await queue.close();
  });
});

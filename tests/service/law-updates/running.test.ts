import { mkdtempSync, rmSync, watch, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalizedReport } from '../../../src/core/report/report.js';
import { LawFolder } from '../../../src/service/law-updates/law-folder.js';
import { loadLaw } from '../../../src/service/law-updates/loaded-law.js';
import { launch, launched } from '../../cli/launched.js';
import { assayHere } from '../../cli/run-here.js';
import { assay, finished, fixture, start } from '../../cli/spawn-assay.js';
import { post } from '../../faults/posts.js';
import { temporaryDirectory } from '../../http/posting.js';
import { inEnglish } from '../../i18n/english.js';
import { type Postgres, startPostgres } from '../../support/postgres.js';
import { describeWith } from '../../support/system-parts.js';
import { share } from '../../support/whole.js';
import { BOOK, BUILT_IN_EDITION, newKeys, TestLaw } from './law.js';

/**
 * Creates bundles of two laws, each later than the built-in one, and their signing keys, once for all tests. They
 * contain one rulebook and follow the program's own law with `FEWER`, because every process here reads them repeatedly.
 * install.test.ts installs a whole law.
 */
async function made(folder: string) {
  const keys = newKeys(folder);
  const bundle = async (edition: string) => {
    const { archive, digest } = await new TestLaw(join(folder, edition), [BOOK])
      .saying(`Of ${edition}`, edition)
      .bundle(keys);
    const file = join(folder, `${edition}.tar`);
    writeFileSync(file, archive);
    return { edition, digest, file };
  };
  return { keys, first: await bundle('2027-01-01'), second: await bundle('2027-01-02') };
}

/** Allows a law with fewer rulebooks than the built-in one. */
const FEWER = '--allow-older';

let folder: string;
let laws: Awaited<ReturnType<typeof made>>;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'assay-running-'));
  laws = await made(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const QUIET = { ASSAY_SELF_TEST: 'skip', ASSAY_PREVIEWS: 'off', ASSAY_JOBS: '2' };

/** Edition of the rulebook in a Report, and whether the Report is new for this file or stored. */
interface Told {
  edition: string | undefined;
  digest: string | undefined;
  title: string | undefined;
  cachedFrom: string | undefined;
}

async function answered(url: string, id: string | undefined): Promise<Told> {
  let told: { status: string; report?: LocalizedReport; cachedFrom?: string } = { status: 'queued' };
  await expect
    .poll(async () => {
      told = (await (await fetch(`${url}/v1/inspections/${id}`)).json()) as typeof told;
      return told.status;
    })
    .toBe('done');
  const book = told.report?.tool.rulebooks.find((one) => one.id === BOOK);
  return {
    edition: book?.edition,
    digest: book?.digest,
    title: book?.title,
    cachedFrom: told.cachedFrom,
  };
}

/** Requests the same picture repeatedly: synchronously, or from a worker. */
const asked = async (url: string, how: { later: boolean }, number = 1): Promise<Told> =>
  answered(url, (await post(url, number, how)).id);

/** Runs in this process; these tests are about the other processes. */
async function done(args: string[], env: Record<string, string>): Promise<void> {
  const { code, stderr } = await assayHere(['law', ...args], env);
  expect([code, stderr]).toEqual([0, '']);
}

describe('a running server and its worker', () => {
  it('take other law without a restart, both the same, and go back', async () => {
    const { keys, first, second } = laws;
    const env = {
      ...QUIET,
      ASSAY_DATA_DIR: temporaryDirectory(),
      ASSAY_LAW_DIR: join(temporaryDirectory(), 'law'),
      ASSAY_LAW_KEY: keys.publicFile,
      ASSAY_EMBEDDED_WORKER: '0',
    };
    const server = await launched('serve', env);
    const worker = await launched('worker', env);
    const both = async () => [
      await asked(server.url, { later: false }),
      await asked(server.url, { later: true }),
    ];
    const [builtIn] = await both();
    expect(builtIn?.edition).toBe(BUILT_IN_EDITION);

    await done(['install', first.file, FEWER], env);
    for (const told of await both())
      expect(told).toMatchObject({ edition: first.edition, title: `Of ${first.edition}` });
    // An answer on the same file under another law already exists.
    const again = await both();
    expect(again.map(({ cachedFrom }) => cachedFrom !== undefined)).toEqual([true, true]);
    expect(again.map(({ edition }) => edition)).toEqual([first.edition, first.edition]);

    await done(['install', second.file], env);
    for (const told of await both()) expect(told).toMatchObject({ edition: second.edition });
    const published = (await (await fetch(`${server.url}/v1/rulebooks/${BOOK}`)).json()) as {
      edition: string;
    };
    expect(published.edition).toBe(second.edition);
    const form = await (await fetch(`${server.url}/`, { headers: { accept: 'text/html' } })).text();
    expect(form).toContain(`Of ${second.edition}`);
    // A worker without jobs, because its answers are stored, checks every two seconds.
    for (const program of [server, worker])
      await expect.poll(program.messages).toContain(`the law ${second.digest} is in force now`);

    await done(['rollback'], env);
    for (const told of await both())
      expect(told).toMatchObject({ edition: first.edition, cachedFrom: expect.any(String) });
    await done(['rollback', '--to', 'built-in'], env);
    for (const told of await both())
      expect(told).toMatchObject({ edition: BUILT_IN_EDITION, digest: builtIn?.digest });
  });

  it('stay with what is in force where the other is broken, and say so', async () => {
    const { keys, first, second } = laws;
    const env = {
      ...QUIET,
      ASSAY_DATA_DIR: temporaryDirectory(),
      ASSAY_LAW_DIR: temporaryDirectory(),
      ASSAY_LAW_KEY: keys.publicFile,
    };
    await done(['install', first.file, FEWER], env);
    const server = await launched('serve', env);
    expect(await asked(server.url, { later: false })).toMatchObject({ edition: first.edition });
    const folder = new LawFolder(env.ASSAY_LAW_DIR);
    await folder.setCurrent({ digest: second.digest, before: [first.digest], at: '2027-01-02T00:00:00Z' });
    expect(await asked(server.url, { later: true }, 2)).toMatchObject({ edition: first.edition });
    await expect.poll(server.messages).toContain('other law was refused');
    // A process that starts now finds no complete law to use.
    await expect(launch('serve', { ...env, ASSAY_DATA_DIR: temporaryDirectory() })).rejects.toThrow(
      /does not hold a complete copy/,
    );
    await done(['install', second.file, '--allow-older'], env);
    expect(await asked(server.url, { later: false }, 3)).toMatchObject({ edition: second.edition });
  });

  it('say that the law is stale, and keep to it', async () => {
    const keys = newKeys();
    const law = await new TestLaw(undefined, [BOOK])
      .saying('Short', '2027-01-01')
      .bundle(keys, { made: '2020-01-01', expires: '2020-01-02' });
    const folder = new LawFolder(temporaryDirectory());
    const { openBundle } = await import('../../../src/service/law-updates/open-bundle.js');
    await folder.store(openBundle(law.archive, [keys.publicKey]), async () => undefined);
    await folder.setCurrent({ digest: law.digest, before: [undefined], at: '2020-01-01T00:00:00Z' });
    const file = join(temporaryDirectory(), 'law.tar');
    writeFileSync(file, law.archive);
    const env = {
      ...QUIET,
      ASSAY_DATA_DIR: temporaryDirectory(),
      ASSAY_LAW_DIR: folder.dir,
      ASSAY_LAW_KEY: keys.publicFile,
    };
    const stale = /the law [0-9a-f]{64} was good until 2020-01-02, and is stale/;
    const server = await launched('serve', env);
    expect(server.messages()).toMatch(stale);
    expect(await asked(server.url, { later: false })).toMatchObject({ edition: '2027-01-01' });
    const status = await assay(['law', 'status'], env);
    expect(status.stdout).toContain(inEnglish('lawUpdate.stale', { day: '2020-01-02' }));
    const doctor = await assay(['doctor', '--json'], env);
    const { parts } = JSON.parse(doctor.stdout) as { parts: { id: string; state: string; lost?: string }[] };
    expect(parts.find(({ id }) => id === 'law')).toMatchObject({
      state: 'limited',
      lost: expect.stringContaining('good until 2020-01-02'),
    });
    const refused = await assay(['law', 'install', file, '--json'], env);
    expect([refused.code, JSON.parse(refused.stdout)]).toEqual([
      3,
      expect.objectContaining({ code: 'law.expired' }),
    ]);
  });
});

describe('commands', () => {
  it('take the law of the folder, and refuse with a code what they must not take', async () => {
    const { keys, first, second } = laws;
    const env = { ASSAY_LAW_DIR: join(temporaryDirectory(), 'law') };
    const edition = async () => {
      const { stdout } = await assay(['rulebooks', 'show', BOOK, '--json'], env);
      return (JSON.parse(stdout) as { edition: string }).edition;
    };
    const refused = async (code: string, ...args: string[]) => {
      const ran = await assayHere(['law', ...args], env);
      expect([ran.code, ran.stderr]).toEqual([3, expect.stringContaining(`refused (${code})`)]);
      expect(ran.stdout).toBe('');
    };
    await refused('law.noKey', 'install', first.file);
    await refused('law.keyPrivate', 'install', first.file, '--key', keys.privateFile);
    await refused('law.signature', 'verify', first.file, '--key', newKeys().publicFile);
    await refused('law.unreadable', 'verify', '/nowhere.tar', '--key', keys.publicFile);
    expect(await edition()).toBe(BUILT_IN_EDITION);
    await done(['install', first.file, FEWER, '--key', newKeys().publicFile, '--key', keys.publicFile], env);
    expect(await edition()).toBe(first.edition);
    await done(['install', second.file, '--key', keys.publicFile], env);
    await refused('law.older', 'install', first.file, '--key', keys.publicFile);
    expect(await edition()).toBe(second.edition);
    const noFolder = await assay(['law', 'install', first.file, '--key', keys.publicFile]);
    expect([noFolder.code, noFolder.stderr]).toEqual([3, expect.stringContaining('law.noFolder')]);
    const status = await assay(['law', 'status', '--json'], env);
    expect(JSON.parse(status.stdout)).toMatchObject({
      schema: 'assay.law-status/1',
      digest: second.digest,
      before: [
        { digest: first.digest, whole: true },
        { digest: 'built-in', whole: true },
      ],
    });
    const picture = fixture('c2pa/png-c2pa-trained.png');
    const inspected = await assay(['inspect', '--json', picture], env);
    const scanned = await assay(['scan', '--full', '--rulebooks', BOOK, picture], env);
    for (const { stdout } of [inspected, scanned])
      expect(stdout).toMatch(new RegExp(`"id":"${BOOK}"[^}]*"edition":"${second.edition}"`));
    // The law in force can be exported as source, and signed again as the same text.
    const folder = temporaryDirectory();
    expect(await assay(['law', 'export', BOOK, '--out', folder], env)).toMatchObject({ code: 0, stderr: '' });
    const out = join(temporaryDirectory(), 'again.tar');
    const sign = ['sign', folder, '--signer', 'Assay', '--out', out, '--key', keys.privateFile];
    sign.push('--expires', '2099-12-31');
    expect(await assay(['law', ...sign], env)).toMatchObject({ code: 0, stderr: '' });
    const verified = await assay(['law', 'verify', out, '--key', keys.publicFile, '--json']);
    const { books } = JSON.parse(status.stdout);
    expect(JSON.parse(verified.stdout)).toMatchObject({ outcome: 'good', books });
    const there = await assay(['law', ...sign], env);
    expect([there.code, there.stderr]).toEqual([2, expect.stringContaining('is there already')]);
  });
});

describe('an install that is killed', () => {
  it('leaves one whole law in force, at whatever step it dies', async () => {
    const { keys, first, second } = laws;
    const folder = new LawFolder(temporaryDirectory());
    const env = { ASSAY_LAW_DIR: folder.dir, ASSAY_LAW_KEY: keys.publicFile };
    await done(['install', first.file, FEWER], env);
    const seen = new Set<string | undefined>();
    let died = 0;
    for (const step of [1, ...share([2, 3, 4, 5, 6, 7, 8], 3)]) {
      const child = start(['law', 'install', second.file], env);
      let changes = 0;
      // Files appear, are renamed and disappear; each change is a step.
      const watcher = watch(folder.dir, () => {
        changes += 1;
        if (changes === step) child.kill('SIGKILL');
      });
      const { code } = await finished(child);
      watcher.close();
      if (code === null) died += 1;
      const current = await folder.readCurrent();
      seen.add(current?.digest);
      expect([first.digest, second.digest]).toContain(current?.digest);
      expect((await loadLaw(folder, current?.digest ?? '')).books.size).toBe(1);
      const used = await assay(['rulebooks', 'show', BOOK, '--json'], env);
      const wanted = current?.digest === first.digest ? first.edition : second.edition;
      expect(JSON.parse(used.stdout)).toMatchObject({ edition: wanted });
      if (current?.digest === second.digest) await done(['rollback'], env);
    }
    expect(died).toBeGreaterThan(0);
    expect(seen).toContain(first.digest);
    // Leftovers of failed runs obstruct nothing.
    await done(['install', second.file], env);
    expect((await folder.readCurrent())?.digest).toBe(second.digest);
  });
});

describeWith('postgres', 'machines that share a database', (program) => {
  let postgres: Postgres;
  beforeAll(async () => {
    postgres = await startPostgres(program);
  });
  afterAll(() => postgres?.stop());

  /** Each machine has its own folders; they share the database and the uploads. */
  const machine = (shared: Record<string, string>) => ({
    ...shared,
    ASSAY_LAW_DIR: join(temporaryDirectory(), 'law'),
  });

  it('have the same law, wherever it was installed, and one that cannot have it takes no work', async () => {
    const { keys, first, second } = laws;
    const shared = {
      ...QUIET,
      DATABASE_URL: await postgres.migratedDatabase(),
      ASSAY_DATA_DIR: temporaryDirectory(),
      ASSAY_LAW_KEY: keys.publicFile,
      ASSAY_EMBEDDED_WORKER: '0',
    };
    const [one, other, third] = [machine(shared), machine(shared), machine(shared)];
    const server = await launched('serve', one);
    const worker = await launched('worker', other);
    expect(await asked(server.url, { later: true }, 1)).toMatchObject({ edition: BUILT_IN_EDITION });

    // Runs on a machine with neither of them.
    await done(['install', first.file, FEWER], third);
    expect(await asked(server.url, { later: false }, 2)).toMatchObject({ edition: first.edition });
    expect(await asked(server.url, { later: true }, 3)).toMatchObject({ edition: first.edition });
    const here = await assay(['rulebooks', 'show', BOOK, '--json'], other);
    expect(JSON.parse(here.stdout)).toMatchObject({ edition: first.edition });

    await done(['install', second.file], one);
    expect(await asked(server.url, { later: true }, 4)).toMatchObject({ edition: second.edition });
    await done(['rollback'], third);
    expect(await asked(server.url, { later: true }, 5)).toMatchObject({ edition: first.edition });
    expect(worker.messages()).toContain(`the law ${second.digest} is in force now`);

    // A process that trusts another key finds no law of its own and refuses to start; a running one accepts no jobs.
    const stranger = { ...machine(shared), ASSAY_LAW_KEY: newKeys().publicFile };
    await expect(launch('worker', stranger)).rejects.toThrow(/None of the named keys signed this/);
    await done(['rollback', '--to', 'built-in'], one);
    const left = await launched('worker', stranger);
    worker.child.kill('SIGKILL');
    await done(['install', second.file, FEWER], one);
    const waiting = await post(server.url, 6, { later: true });
    await expect.poll(left.messages).toContain('other law was refused');
    const status = (await (await fetch(`${server.url}/v1/inspections/${waiting.id}`)).json()) as {
      status: string;
    };
    expect(status.status).toBe('queued');
    await launched('worker', machine(shared));
    expect(await answered(server.url, waiting.id)).toMatchObject({ edition: second.edition });
  });

  it('take up the law that one of them had before they shared any', async () => {
    const { keys, first } = laws;
    const url = await postgres.migratedDatabase();
    const own = { ...QUIET, ASSAY_DATA_DIR: temporaryDirectory(), ASSAY_LAW_KEY: keys.publicFile };
    const one = { ...machine(own), DATABASE_URL: url };
    const { DATABASE_URL: _, ...alone } = one;
    await done(['install', first.file, FEWER], alone);
    await launched('worker', one);
    const server = await launched('serve', { ...machine(own), DATABASE_URL: url });
    expect(await asked(server.url, { later: false })).toMatchObject({ edition: first.edition });
  });
});

import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStores } from '../../../src/storage/stores.js';
import { kill, launch, launched } from '../../cli/launched.js';
import { assayHere } from '../../cli/run-here.js';
import { assay, fixture } from '../../cli/spawn-assay.js';
import { multipart, temporaryDirectory } from '../../http/posting.js';
import { inEnglish } from '../../i18n/english.js';
import { fetched } from '../../support/fetched.js';
import { type Postgres, startPostgres } from '../../support/postgres.js';
import { describeWith } from '../../support/system-parts.js';
import { startReceiver } from '../webhooks/receiver.js';
import { BOOK, newKeys, TestLaw } from './law.js';

const MARKED = fixture('labels/jpeg-iptc-trained.jpg');
const PLAIN = fixture('plain/plain.png');
const RULE = 'test-marks';

interface Told {
  status: string;
  summary?: string;
  counts: Record<string, unknown>;
  changes: { inspection: string; rulebook: string; rule: string; is: string }[];
}

/** Installs one of the program's rulebooks with an additional clause that sees an unsigned mark. */
async function madeLater(folder: string) {
  const keys = newKeys(folder);
  const law = new TestLaw(join(folder, 'law'), [BOOK])
    .clauses((clauses) => {
      const [first] = clauses;
      if (first === undefined) throw new Error('a clause to go by');
      const { sources, provision } = first;
      clauses.push({
        ...{
          id: RULE,
          provision,
          clause: 'Article 99',
          kind: 'mark',
          binds: ['provider'],
          covers: ['image'],
        },
        ...{ periods: [{ from: '2026-01-01' }], sources },
        parts: [{ id: 'some', when: { any: [{ signal: 'file.aiMark.unsigned' }] } }],
      });
    })
    .edition('2027-01-01');
  for (const language of ['en', 'zh-Hans'])
    law.change(`texts.${language}.json`, (texts) =>
      Object.assign(texts, {
        [`${RULE}.title`]: 'Test',
        [`${RULE}.asks`]: 'Test',
        [`${RULE}.part.some`]: 'test',
      }),
    );
  const { archive } = await law.bundle(keys);
  const file = join(folder, 'law.tar');
  writeFileSync(file, archive);
  return { file, keys };
}

let ofAll: string;
let laterLaw: Awaited<ReturnType<typeof madeLater>>;
beforeAll(async () => {
  ofAll = mkdtempSync(join(tmpdir(), 'assay-rejudged-'));
  laterLaw = await madeLater(ofAll);
});
afterAll(() => rmSync(ofAll, { recursive: true, force: true }));

async function post(url: string, path: string, number: number): Promise<string> {
  const content = Buffer.concat([readFileSync(path), Buffer.from(`file ${number}`)]);
  const { payload, headers } = multipart([{ name: 'file', filename: `${number}.jpg`, content }]);
  const body = new Uint8Array(payload);
  const answer = await fetched(`${url}/v1/inspections`, { method: 'POST', body, headers });
  expect(answer.status).toBeLessThan(300);
  return answer.headers.get('location')?.split('/').at(-1) ?? '';
}

const json = async <T>(url: string, init?: RequestInit): Promise<T> =>
  (await (await fetch(url, init)).json()) as T;

const QUIET = { ASSAY_SELF_TEST: 'skip', ASSAY_PREVIEWS: 'off', ASSAY_JOBS: '2', ASSAY_RETENTION_DAYS: '0' };

describe('other law on a running server', () => {
  it('gives 3 of 7 kept Reports a new finding: by API, by command, and webhooks are told', async () => {
    const { file, keys } = laterLaw;
    const receiver = await startReceiver();
    const env = {
      ...QUIET,
      ASSAY_DATA_DIR: temporaryDirectory(),
      ASSAY_LAW_DIR: join(temporaryDirectory(), 'law'),
      ASSAY_LAW_KEY: keys.publicFile,
      ASSAY_WEBHOOK_ALLOWED_HOSTS: receiver.host,
    };
    const { url, messages } = await launched('serve', env);
    const marked: string[] = [];
    for (let n = 0; n < 3; n += 1) marked.push(await post(url, MARKED, n));
    for (let n = 3; n < 7; n += 1) await post(url, PLAIN, n);
    await json(`${url}/v1/webhooks`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ url: receiver.url, events: ['law.rejudged'] }),
    });
    expect((await assayHere(['law', 'install', file, '--allow-older'], env)).code).toBe(0);
    await expect.poll(messages, { timeout: 20_000 }).toContain('assay law rejudge');
    // No rejudgement starts automatically.
    expect(await json(`${url}/v1/law/rejudgements`)).toEqual({ rejudgements: [] });

    const { id } = await json<{ id: string }>(`${url}/v1/law/rejudgements`, { method: 'POST' });
    const told = () => json<Told>(`${url}/v1/law/rejudgements/${id}?new=true`);
    await expect.poll(async () => (await told()).status, { timeout: 30_000 }).toBe('done');
    const done = await told();
    expect(done.summary).toBe('3 of 7 reports have a new finding.');
    expect(done.counts).toMatchObject({ reports: 7, judged: 7, newFindings: 3 });
    expect(done.changes.map(({ inspection }) => inspection)).toEqual(marked);
    expect(done.changes[0]).toMatchObject({ rulebook: BOOK, rule: RULE, is: 'new', after: 'answered' });

    await expect.poll(() => receiver.received.length, { timeout: 20_000 }).toBe(1);
    const message = JSON.parse(receiver.received[0]?.body ?? '{}');
    expect(message).toMatchObject({
      type: 'law.rejudged',
      data: {
        ...{ id, reports: 7, judged: 7, newFindings: 3, notJudged: 0, list: `/v1/law/rejudgements/${id}` },
        message: { id: 'rejudged.found', params: { found: 3, reports: 7 } },
      },
    });
    // Reports stay unchanged.
    const report = await json<{ report: object }>(`${url}/v1/inspections/${marked[0]}`);
    expect(JSON.stringify(report)).not.toContain(RULE);

    const command = await assay(['law', 'rejudge', '--json'], env);
    expect([command.code, command.stderr]).toEqual([0, '']);
    const lines = command.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.filter(({ is }) => is === 'new').map(({ inspection }) => inspection)).toEqual(marked);
    expect(lines.at(-1)).toMatchObject({
      ...{ schema: 'assay.rejudgement-counts/1', judged: 7, newFindings: 3 },
      summary: '3 of 7 reports have a new finding.',
    });
    const inChinese = await assay(['law', 'rejudge', '--lang', 'zh-Hans'], env);
    expect(inChinese.stdout).toContain('7 份报告中有 3 份有新的发现。');
    expect((await assay(['law', 'rejudge', '--tenant', 'nobody'], env)).stdout).toBe(
      `${inEnglish('rejudged.nothing')}\n`,
    );
    await receiver.close();
  });

  it('asks by itself where the operator says so, and once', async () => {
    const { file, keys } = laterLaw;
    const env = {
      ...QUIET,
      ASSAY_DATA_DIR: temporaryDirectory(),
      ASSAY_LAW_DIR: join(temporaryDirectory(), 'law'),
      ASSAY_LAW_KEY: keys.publicFile,
      ASSAY_LAW_REJUDGE: '1',
    };
    const { url } = await launched('serve', env);
    const listed = async () =>
      (await json<{ rejudgements: Told[] }>(`${url}/v1/law/rejudgements`)).rejudgements;
    await post(url, MARKED, 1);
    expect((await assayHere(['law', 'install', file, '--allow-older'], env)).code).toBe(0);
    await expect
      .poll(async () => (await listed())[0]?.summary, { timeout: 30_000 })
      .toBe('1 of 1 report has a new finding.');
    expect(await listed()).toHaveLength(1);
  });
});

describeWith('postgres', 'a worker that is killed in the middle', (program) => {
  let server: Postgres;
  beforeAll(async () => {
    server = await startPostgres(program);
  });
  afterAll(async () => {
    await server.stop();
  });

  it('is followed by another that goes on, and every Report counts once', async () => {
    const { file, keys } = laterLaw;
    const dataDir = temporaryDirectory();
    const env = {
      ...QUIET,
      ASSAY_DATA_DIR: dataDir,
      DATABASE_URL: await server.migratedDatabase(),
      ASSAY_LAW_DIR: join(temporaryDirectory(), 'law'),
      ASSAY_LAW_KEY: keys.publicFile,
      ASSAY_EMBEDDED_WORKER: '0',
      ASSAY_LEASE_SECONDS: '1',
    };
    const { url } = await launched('serve', env);
    const first = await post(url, MARKED, 1);
    const stores = await openStores({ dataDir, url: env.DATABASE_URL }, { supervise: false });
    try {
      const record = await stores.inspections.get('local', first);
      if (record?.report === undefined || record.versions === undefined) throw new Error('no report');
      const { report: text, versions, request } = record;
      const REPORTS = 600;
      for (let n = 1; n < REPORTS; n += 1) {
        const id = `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
        await stores.inspections.createDone(
          { id, tenant: 'local', createdAt: record.createdAt, request },
          { report: JSON.parse(text), text, versions, finishedAt: record.createdAt },
        );
      }
      expect((await assayHere(['law', 'install', file, '--allow-older'], env)).code).toBe(0);
      const { id } = await json<{ id: string }>(`${url}/v1/law/rejudgements`, { method: 'POST' });
      const judged = async () => (await stores.rejudgements.get('local', id))?.counts.judged ?? 0;
      const worker = await launch('worker', env);
      await expect.poll(judged, { timeout: 60_000, interval: 20 }).toBeGreaterThan(0);
      await kill(worker);
      const before = await judged();
      expect(before).toBeLessThan(REPORTS);
      await launched('worker', env);
      const told = () => json<Told>(`${url}/v1/law/rejudgements/${id}`);
      await expect.poll(async () => (await told()).status, { timeout: 120_000 }).toBe('done');
      const counts = { reports: REPORTS, judged: REPORTS, newFindings: REPORTS };
      expect((await told()).counts).toMatchObject(counts);
      const rows = await stores.database.query
        .selectFrom('rejudged_reports')
        .select((eb) => [eb.fn.countAll<number>().as('all')])
        .executeTakeFirstOrThrow();
      expect(Number(rows.all)).toBe(REPORTS);
      process.stderr.write(`killed after ${before} of ${REPORTS} reports\n`);
    } finally {
      await stores.close();
    }
  });
});

describe('results of a scan', () => {
  it('are asked again without their files, and are written anew whole or not at all', async () => {
    const { file, keys } = laterLaw;
    const folder = temporaryDirectory();
    const files = join(folder, 'files');
    mkdirSync(files);
    for (const n of [1, 2, 3]) copyFileSync(MARKED, join(files, `marked-${n}.jpg`));
    for (const n of [1, 2]) copyFileSync(PLAIN, join(files, `plain-${n}.png`));
    writeFileSync(join(files, 'empty.jpg'), '');
    const env = { ASSAY_LAW_DIR: join(folder, 'law'), ASSAY_LAW_KEY: keys.publicFile };
    const [slim, full] = [join(folder, 'slim.ndjson'), join(folder, 'full.ndjson')];
    const slimScan = await assay(['scan', files, '--out', slim, '--rulebooks', BOOK], env);
    const fullScan = await assay(['scan', files, '--out', full, '--full', '--jurisdiction', 'VN'], env);
    expect([slimScan.code, fullScan.code]).toEqual([0, 0]);
    expect((await assayHere(['law', 'install', file, '--allow-older'], env)).code).toBe(0);
    rmSync(files, { recursive: true });

    const was = readFileSync(slim, 'utf8');
    for (const results of [slim, full]) {
      const { code, stdout } = await assay(['law', 'rejudge', results, '--json'], env);
      const lines = stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
      expect(code).toBe(0);
      const found = lines.filter(({ rule, is }) => rule === RULE && is === 'new');
      expect(found.map(({ path }) => path.split('/').at(-1)).sort()).toEqual(
        [1, 2, 3].map((n) => `marked-${n}.jpg`),
      );
      expect(lines.at(-1)).toMatchObject({ newFindings: 3, summary: '3 of 6 reports have a new finding.' });
    }
    expect(readFileSync(slim, 'utf8')).toBe(was);
    const out = join(folder, 'out.ndjson');
    expect((await assay(['law', 'rejudge', slim, '--out', out], env)).code).toBe(0);
    expect((await assay(['law', 'rejudge', full, '--in-place'], env)).code).toBe(0);
    for (const written of [out, full]) {
      const again = await assay(['law', 'rejudge', written], env);
      expect(again.stdout).toBe('None of 6 reports has a new finding.\n');
      const lines = readFileSync(written, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
      const headers = lines.filter(({ schema }) => schema === 'assay.scan/1');
      expect(headers.map(({ run }) => run)).toEqual([1, 2]);
      expect(JSON.stringify(headers[1].versions.rulebooks)).toContain('2027-01-01');
      expect(lines.at(-1)).toMatchObject({ schema: 'assay.scan-summary/1', tally: { files: 6 } });
      expect(lines.filter(({ schema }) => schema === 'assay.scan-record/1')).toHaveLength(6);
    }
    const refused = await assay(['law', 'rejudge', slim, full, '--out', out], env);
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('--out')]);
    writeFileSync(out, was.split('\n').slice(0, 3).join('\n').concat('\n'));
    expect((await assay(['law', 'rejudge', out], env)).stderr).toContain('has no end');
  });
});

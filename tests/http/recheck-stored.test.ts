import { copyFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { StoredReport } from '../../src/core/report/report.js';
import { createInspector } from '../../src/inspect/pool/create-inspector.js';
import type { Stores } from '../../src/storage/stores.js';
import { describeOnBoth } from '../contracts/stores.js';
import { onePart, type TestApp, temporaryDirectory, testApp, upload } from './harness.js';

/** Rechecks after the file is deleted: the signers are judged again from their stored data. */

const FIXTURES = resolve(import.meta.dirname, '../../fixtures');
const SLOW = { timeout: 120_000 };
const SIGNED = 'c2pa/jpeg-c2pa-timestamped.jpg';
const LISTS = { 'private/root.pem': 'root.pem', 'private/tsa/tsa.pem': 'tsa.pem' };

interface Desk extends TestApp {
  /** Installs lists of our test authority. */
  install(lists: Record<string, string>): void;
  remove(list: string): void;
}

async function desk(stores?: Stores, today = () => '2026-11-26'): Promise<Desk> {
  const trustDir = temporaryDirectory();
  const inspector = createInspector({ jobs: 1, trustDir });
  const env = { ASSAY_TRUST_DIR: trustDir };
  const test = await testApp({ inspector, env, today, ...(stores ? { stores } : {}) });
  onTestFinished(() => inspector.close());
  return {
    ...test,
    install: (lists) => {
      for (const [to, from] of Object.entries(lists)) {
        mkdirSync(dirname(join(trustDir, to)), { recursive: true });
        copyFileSync(join(FIXTURES, 'ca', from), join(trustDir, to));
      }
    },
    remove: (list) => rmSync(join(trustDir, list)),
  };
}

/** Inspects from the bytes, regardless of stored results. */
async function inspected({ app }: Desk, name = SIGNED): Promise<{ url: string; report: StoredReport }> {
  const part = onePart({
    filename: 'a.jpg',
    type: 'image/jpeg',
    content: readFileSync(join(FIXTURES, name)),
  });
  const sent = await upload(app, [part], { headers: { 'cache-control': 'no-cache' } });
  expect(sent.statusCode).toBe(201);
  return { url: String(sent.headers.location), report: sent.json().report };
}

async function rechecked({ app }: Desk, url: string) {
  const answer = await app.inject({ method: 'POST', url: `${url}/recheck` });
  return { status: answer.statusCode, body: answer.json() };
}

describeOnBoth('a recheck without the file', (open) => {
  it(
    'finds the signer on a list that came since, and off it again, as an inspection does',
    SLOW,
    async () => {
      const stores = await open();
      const test = await desk(stores);
      const first = await inspected(test);
      expect(first.report.contentCredentials.signer?.trust).toBe('unlisted');
      expect(test.uploads()).toEqual([]);

      test.install(LISTS);
      const { status, body } = await rechecked(test, first.url);
      expect(status).toBe(201);
      expect(body.report).toEqual((await inspected(test)).report);
      expect(body.report.contentCredentials).toMatchObject({
        signer: { trust: 'private', serial: '[serial number: masked]' },
        time: { authorityTrust: 'private' },
      });
      expect(body.changes).toMatchObject({
        reasons: [
          { what: 'list', name: 'private/root.pem' },
          { what: 'list', name: 'private/tsa/tsa.pem' },
        ],
        notApplied: [],
      });
      expect(body.changes.answer.map(({ pointer }: { pointer: string }) => pointer)).toContain(
        '/contentCredentials/signer/trust',
      );
      const old = (await test.app.inject({ url: `${first.url}` })).json();
      expect(old).toMatchObject({ supersededBy: body.id, report: first.report });
      const events = await stores.database.query
        .transaction()
        .execute((inside) => stores.events.next(inside, 50));
      expect(events.map(({ type }) => type)).toContain('inspection.superseded');

      test.remove('private/root.pem');
      const again = await rechecked(test, `/v1/inspections/${body.id}`);
      expect(again.status).toBe(201);
      expect(again.body.report).toEqual((await inspected(test)).report);
      expect(again.body.report.contentCredentials.signer.trust).toBe('unlisted');
      expect(test.uploads()).toEqual([]);
    },
  );

  it('keeps what it needs with the inspection, and no longer', SLOW, async () => {
    const stores = await open();
    const test = await desk(stores);
    const { url } = await inspected(test);
    const id = url.split('/').at(-1) ?? '';
    const kinds = async () => {
      const all = stores.database.query.selectFrom('inspection_derivatives').select('kind');
      return (await all.where('inspection_id', '=', id).execute()).map(({ kind }) => kind);
    };
    expect(await kinds()).toContain('trust');
    await test.app.inject({ method: 'DELETE', url });
    expect(await kinds()).toEqual([]);
  });
});

describe('a recheck without the file', () => {
  it('judges validity on the day that it is asked about', SLOW, async () => {
    let day = '2026-11-26';
    const test = await desk(undefined, () => day);
    test.install(LISTS);
    const { url, report } = await inspected(test, 'c2pa/jpeg-c2pa-trained.jpg');
    expect(report.contentCredentials.time?.validity).toBe('inside');
    day = '2099-01-01';
    const { body } = await rechecked(test, url);
    expect(body.report).toEqual((await inspected(test, 'c2pa/jpeg-c2pa-trained.jpg')).report);
    expect(body.report.contentCredentials.time.validity).toBe('expired-without-timestamp');
  });

  it('takes the file where a list may hold the very certificate, and says so', SLOW, async () => {
    const test = await desk();
    const { url } = await inspected(test);
    test.install({ 'private/signer.pem': 'signer.pem' });
    const { status, body } = await rechecked(test, url);
    expect([status, body.code]).toEqual([409, 'asset-gone']);
    expect(body.detail).toContain('whether a list holds the certificate itself');
    test.remove('private/signer.pem');
    test.install({ 'private/other.pem': 'nobody-root.pem' });
    const other = await rechecked(test, url);
    expect(other.body.report).toEqual((await inspected(test)).report);
    expect(other.body.report.contentCredentials.signer.trust).toBe('unlisted');
  });

  it('takes the file where nothing was kept, unless what is asked needs nothing of it', SLOW, async () => {
    let day = '2026-11-26';
    const test = await desk(undefined, () => day);
    const { url } = await inspected(test, 'c2pa/jpeg-c2pa-trained.jpg');
    await test.database.query.deleteFrom('inspection_derivatives').where('kind', '=', 'trust').execute();
    expect((await rechecked(test, url)).status).toBe(201);
    day = '2026-11-27';
    expect((await rechecked(test, url)).body.code).toBe('asset-gone');
    day = '2026-11-26';
    test.install(LISTS);
    expect((await rechecked(test, url)).body.code).toBe('asset-gone');
  });
});

import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { inflateSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { httpLimits } from '../../src/http/contract/limits.js';
import { SealService } from '../../src/http/services/sealing.js';
import { createInspector } from '../../src/inspect/pool/create-inspector.js';
import { UploadDirectory } from '../../src/service/inspections/upload-directory.js';
import { verifyBag } from '../../src/service/sealing/verify.js';
import { LOCAL_TENANT } from '../../src/storage/access/scopes.js';
import type { InspectionRecord } from '../../src/storage/inspections/inspections.js';
import { assayHere } from '../cli/run-here.js';
import { filesOf, unpacked } from '../service/sealing/unpacked.js';
import {
  BROWSER,
  multipart,
  onePart,
  type TestApp,
  temporaryDirectory,
  testApp,
  testStores,
  upload,
} from './harness.js';
import { blankPaper, sealKey } from './seal-key.js';
import { alikeApp, fingerprint, looksLike } from './similar-pictures.js';
import { bearer, guarded, newKey, withScopes } from './with-keys.js';

const FIXTURES = resolve(import.meta.dirname, '../../fixtures');
const inspector = createInspector({ jobs: 1 });
afterAll(() => inspector.close());

const idOf = (answer: { headers: Record<string, unknown> }): string =>
  String(answer.headers['location']).split('/').at(-1) ?? '';

const asked = (test: TestApp, id: string, payload: object, headers: Record<string, string> = {}) =>
  test.app.inject({ method: 'POST', url: `/v1/inspections/${id}/seal`, payload, headers });

const given = (
  test: TestApp,
  at: string,
  parts: Parameters<typeof multipart>[0],
  headers: Record<string, string> = {},
) => {
  const form = multipart(parts);
  const url = at.startsWith('/') ? at : `/v1/inspections/${at}/seal`;
  return test.app.inject({
    method: 'POST',
    url,
    payload: form.payload,
    headers: { ...form.headers, ...headers },
  });
};
const field = (name: string, content: string) => ({ name, content });

function saved(answer: { rawPayload: Buffer }): string {
  const path = join(temporaryDirectory(), 'bundle.zip');
  writeFileSync(path, answer.rawPayload);
  return path;
}

/** Returns the files that must be identical each time, as text, because Buffers would be compared number by number. */
const data = (files: ReadonlyMap<string, Buffer>) =>
  [...files]
    .filter(([path]) => path.startsWith('data/') || path === 'manifest-sha256.txt')
    .map(([path, content]) => [path, content.toString('latin1')]);

describe('POST /v1/inspections/{id}/seal', () => {
  it('answers the same data each time, from the kept file, one given again, and the command line', async () => {
    const dataDir = temporaryDirectory();
    const key = sealKey();
    const env = { ...key, ASSAY_DATA_DIR: dataDir, ASSAY_KEEP_UPLOADS_HOURS: '1', ASSAY_ALLOW_REVEAL: '1' };
    const test = await testApp({ env, inspector, stores: await testStores(dataDir) });
    const content = readFileSync(join(FIXTURES, 'c2pa/jpeg-c2pa-trained.jpg'));
    const id = idOf(await upload(test.app, [onePart({ filename: 'photo.JPG', content })]));
    const kept = await asked(test, id, { kind: 'full' });
    expect([kept.statusCode, kept.headers['content-type']]).toEqual([200, 'application/zip']);
    expect(kept.headers['content-disposition']).toMatch(/^attachment; filename="assay-[0-9a-f]{12}\.zip"$/);
    expect(Number(kept.headers['content-length'])).toBe(kept.rawPayload.length);
    const again = await given(test, id, [field('kind', 'full'), onePart({ filename: 'other.png', content })]);
    expect(again.statusCode).toBe(200);
    const out = join(dataDir, 'cli.zip');
    const { code, stderr } = await assayHere(
      ['seal', id, '--kind', 'full', '--key', key.ASSAY_SEAL_KEY, '--lang', 'en', '--out', out],
      { ASSAY_DATA_DIR: dataDir },
    );
    expect([code, stderr]).toEqual([
      0,
      expect.stringContaining(`sealed the inspection ${id}, as it is kept`),
    ]);
    const bundles = [saved(kept), saved(again), out];
    // Requests that are refused before anything is created.
    const other = join(dataDir, 'other.jpg');
    writeFileSync(other, 'another');
    const unknown = '0f8fad5b-d9cb-469f-a165-70867728950e';
    for (const [what, ends, says, ...more] of [
      [id, 2, 'is there already', '--out', out],
      [id, 2, 'there is no folder', '--out', join(dataDir, 'nowhere/a.zip')],
      [id, 2, 'is sealed with the options it was made with', '--as-of', '2026-01-01'],
      [id, 3, 'this is not the file that was inspected', '--file', other],
      [id, 3, 'no such file', '--file', join(dataDir, 'nothing.jpg')],
      [id, 3, 'cannot be read', '--file', join(dataDir, 'n'.repeat(300))],
      [id, 2, '--file goes with --kind full', '--kind', 'shareable', '--file', other],
      [unknown, 2, `no inspection ${unknown} is kept here`],
      [id, 2, `no inspection ${id} is kept here (tenant others)`, '--tenant', 'others'],
      [other, 2, '--file goes with the id', '--file', other],
    ] as const) {
      const args = ['seal', what, '--kind', 'full', '--key', key.ASSAY_SEAL_KEY, '--lang', 'en'];
      const ran = await assayHere([...args, '--out', join(dataDir, 'none.zip'), ...more], {
        ASSAY_DATA_DIR: dataDir,
      });
      expect([more, ran.code, ran.stderr]).toEqual([more, ends, expect.stringContaining(says)]);
    }
    expect(readdirSync(dataDir).filter((name) => name.includes('none.zip'))).toEqual([]);
    const [one, two, three] = await Promise.all(bundles.map(filesOf));
    expect(one).toBeDefined();
    expect(data(two ?? new Map())).toEqual(data(one ?? new Map()));
    expect(data(three ?? new Map())).toEqual(data(one ?? new Map()));
    for (const bundle of bundles)
      expect(await verifyBag(bundle)).toMatchObject({ problems: [], kind: 'full' });
    expect(one?.get('data/file.jpg')?.equals(content)).toBe(true);
    // A JUMBF superbox of the type c2pa.
    expect(one?.get('data/manifest-store.c2pa')?.subarray(4, 8).toString()).toBe('jumb');
    expect(content.includes(one?.get('data/manifest-store.c2pa')?.subarray(0, 200) ?? '')).toBe(true);
    expect(JSON.parse(String(one?.get('matches.json')))).toMatchObject({
      ...{ schema: 'assay.matches/1', inspection: id, state: 'off', searched: 0 },
      at: expect.any(String),
    });
    expect(String(one?.get('bag-info.txt'))).toContain('Assay-File-From: kept\n');
    expect(String(two?.get('bag-info.txt'))).toContain('Assay-File-From: given\n');
    // The upload that only served this request is deleted.
    await expect.poll(() => readdirSync(join(dataDir, 'uploads'))).toEqual([id]);
    const folder = await unpacked(out);
    const lines = readFileSync(join(folder, 'VERIFY.txt'), 'utf8').split('\n');
    const commands = lines.filter((line) => /^(sha256sum|openssl|test|!) /.test(line));
    const codes = commands.map((line) => spawnSync('sh', ['-c', line], { cwd: folder }).status);
    expect(codes).toEqual(Array(7).fill(0));
  });

  it('leaves out of what is to be passed on all that leads to a person, and what others are', async () => {
    const env = { ...sealKey(), ASSAY_KEYS: 'required', ASSAY_KEEP_UPLOADS_HOURS: '1' };
    const test = await alikeApp({ env, inspector });
    test.stores.log.signWith({
      privateKey: generateKeyPairSync('ed25519').privateKey,
      host: 'assay.example',
    });
    const headers = bearer(await newKey(test, { name: 'Keyholder Quandt' }));
    const content = readFileSync(join(FIXTURES, 'labels/jpeg-camera-exif-personal.jpg'));
    const sent = async (filename: string, bytes: string | Buffer) => {
      const parts = [onePart({ filename, content: bytes }), field('caseRef', 'Casus Belli')];
      const url = '/v1/inspections?reveal=location,serial,names';
      return idOf(await upload(test.app, parts, { headers, url }));
    };
    const looks = fingerprint();
    const [id, other] = [await sent('a.jpg', content), await sent('neighbour.jpg', 'a neighbour')];
    for (const one of [id, other]) await looksLike(test.stores, one, looks);
    await test.search.refresh();
    const note = { note: 'Notewriter says so' };
    await test.app.inject({ method: 'PATCH', url: `/v1/inspections/${id}`, payload: note, headers });
    const all = async (kind: string) => {
      const answer = await asked(test, id, { kind }, headers);
      expect(answer.statusCode).toBe(200);
      const files = await filesOf(saved(answer));
      return { files, texts: [...files].map(([path, bytes]) => `${path}\n${plain(path, bytes)}`).join('\n') };
    };
    const full = await all('full');
    // The words are in the source and are to be left out.
    for (const word of ['SN-0012345', 'Alex Example', 'Notewriter', 'neighbour.jpg', 'Casus', 'Keyholder'])
      expect(full.texts).toContain(word);
    const { files, texts } = await all('shareable');
    // A caller with more rights gets the shareable kind on the page, too.
    const form = [field('kind', 'shareable')];
    const paged = await given(test, `/inspections/${id}/seal`, form, { ...headers, ...BROWSER });
    const masked = await filesOf(saved(paged));
    expect(data(masked)).toEqual(data(files));
    // The log records that the other was sealed earlier.
    const actions = JSON.parse(String(files.get('log.json'))).leaves.map(
      ({ leaf }: { leaf: { action: string } }) => leaf.action,
    );
    expect(actions).toEqual(
      expect.arrayContaining(['inspection.received', 'note.written', 'inspection.sealed']),
    );
    expect(texts).not.toMatch(
      /48\.000000|-2\.000000|SN-0012345|Alex Example|Keyholder|Quandt|Casus|Notewriter|neighbour/,
    );
    expect([...files.keys()].sort()).toEqual([
      ...['VERIFY.txt', 'bag-info.txt', 'bagit.txt', 'data/dossier.html', 'data/dossier.pdf'],
      ...['data/finding.html', 'data/finding.pdf', 'data/report.json', 'data/versions.json'],
      ...['log-head-signed.txt', 'log-head.sig', 'log-head.txt', 'log-key.pem', 'log.json'],
      ...['manifest-sha256.txt', 'public-key.pem', 'signature.sig', 'tagmanifest-sha256.txt'],
    ]);
  });

  it('is refused with a code of its own for each reason, and nothing stays', async () => {
    const key = sealKey();
    const test = await guarded(key, { bundlePrinter: blankPaper });
    const headers = await withScopes(test, 'inspect', 'read', 'reveal');
    const id = idOf(await upload(test.app, undefined, { headers }));
    const code = async (answer: ReturnType<typeof asked>) => (await answer).json().code;
    const unknown = '0f8fad5b-d9cb-469f-a165-70867728950e';
    const file = [field('kind', 'full'), onePart({ content: 'other bytes' })];
    const without = await withScopes(test, 'inspect', 'read');
    const reader = await withScopes(test, 'read', 'reveal');
    expect([
      await code(asked(test, id, { kind: 'full' }, headers)),
      await code(given(test, id, file, headers)),
      await code(asked(test, id, { kind: 'full' }, without)),
      await code(given(test, id, [onePart(), field('kind', 'full')], without)),
      await code(asked(test, id, { kind: 'shareable' }, reader)),
      await code(asked(test, unknown, { kind: 'shareable' }, headers)),
      await code(asked(test, id, {}, headers)),
      await code(asked(test, id, { kind: 'shareable', at: '2026-11-29' }, headers)),
      await code(asked(test, id, { kind: 'shareable', lang: 'xx' }, headers)),
      await code(asked(test, id, { kind: 'shareable', note: 'x' }, headers)),
      await code(given(test, id, [field('kind', 'full'), field('kind', 'full')], headers)),
      await code(given(test, id, [field('kinds', 'full')], headers)),
      await code(given(test, id, [...file, onePart()], headers)),
      await code(given(test, id, [onePart({ content: '' })], headers)),
    ]).toEqual([
      ...['asset-gone', 'seal-other-file', 'reveal-not-allowed', 'reveal-not-allowed', 'scope-missing'],
      ...[
        'inspection-not-found',
        'bad-field',
        'bad-field',
        'bad-field',
        'bad-field',
        'bad-field',
        'bad-field',
      ],
      ...['several-files', 'file-empty'],
    ]);
    expect(test.uploads()).toEqual([]);
    // The message about the operator's key says only that it cannot be used.
    writeFileSync(key.ASSAY_SEAL_KEY, 'no key');
    const broken = await asked(test, id, { kind: 'shareable' }, headers);
    expect([broken.statusCode, broken.json().code]).toEqual([500, 'seal-key']);
    expect(broken.body).not.toContain(key.ASSAY_SEAL_KEY);
  });

  it('makes nothing where the authority gives no answer, or where there is no key', async () => {
    const silent = await testApp({
      env: { ...sealKey(), ASSAY_SEAL_TSA: 'http://127.0.0.1:1/' },
      bundlePrinter: blankPaper,
    });
    const bare = await testApp();
    const answers = [];
    for (const test of [silent, bare]) {
      const id = idOf(await upload(test.app));
      const answer = await asked(test, id, { kind: 'shareable' });
      answers.push([answer.statusCode, answer.json().code]);
    }
    expect(answers).toEqual([
      [502, 'seal-authority'],
      [409, 'seal-off'],
    ]);
  });

  it('makes few at a time, and lets few wait', async () => {
    const test = await testApp({ env: sealKey() });
    const { config, stores, inspector: shell } = test;
    let find: (found: undefined) => void = () => undefined;
    const looked = new Promise<undefined>((resolve) => {
      find = resolve;
    });
    const sealing = new SealService({
      ...{ config, stores, inspector: shell, now: () => new Date() },
      uploads: new UploadDirectory(join(config.dataDir, 'uploads')),
      allowedPaths: { find: () => looked },
      matching: { searchByInspection: async () => ({ state: 'off' }) },
    });
    const kept = await stores.inspections.get(LOCAL_TENANT, idOf(await upload(test.app)));
    const record = { ...kept, request: { ...kept?.request, path: '/elsewhere/a.jpg' } } as InspectionRecord;
    const ask = () =>
      sealing
        .seal(record, { kind: 'full', language: 'en', actor: { who: 'test' } })
        .catch(({ code }) => code);
    const taken = Array.from({ length: httpLimits.sealsAtOnce + httpLimits.sealsWaiting }, ask);
    expect(await ask()).toBe('seal-busy');
    find(undefined);
    expect(new Set(await Promise.all(taken))).toEqual(new Set(['asset-gone']));
    expect(await ask()).toBe('asset-gone');
  });
});

describe('the page where a report is sealed', () => {
  it('says what each kind holds, downloads one, and tells what is wrong beside what was chosen', async () => {
    const test = await guarded({ ...sealKey() }, { bundlePrinter: blankPaper });
    const key = async (
      ...scopes: Parameters<typeof withScopes> extends [unknown, ...infer S] ? S : never
    ) => ({
      ...(await withScopes(test, ...scopes)),
      ...BROWSER,
    });
    const may = await key('inspect', 'read', 'reveal');
    const id = idOf(await upload(test.app, undefined, { headers: may }));
    const page = async (url: string, headers: Record<string, string>) =>
      (await test.app.inject({ url, headers })).body;
    const link = `href="/inspections/${id}/seal"`;
    expect(await page(`/inspections/${id}`, may)).toContain(link);
    expect(await page(`/inspections/${id}`, await key('read'))).not.toContain(link);
    const form = await page(`/inspections/${id}/seal`, may);
    expect(form).toMatch(/value="shareable"[^>]* checked/);
    expect(form).toContain('type="file"');
    const fewer = await page(`/inspections/${id}/seal?lang=zh-Hans`, await key('inspect', 'read'));
    expect(fewer).toMatch(/value="full"[^>]* disabled/);
    expect(fewer).not.toContain('type="file"');
    const untouched = { name: 'file', filename: '', type: 'application/octet-stream', content: '' };
    const at = `/inspections/${id}/seal`;
    const answer = await given(test, at, [field('kind', 'shareable'), untouched], may);
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'application/zip']);
    expect((await verifyBag(saved(answer))).problems).toEqual([]);
    const other = await given(test, at, [field('kind', 'full'), onePart({ content: 'another' })], may);
    expect(other.statusCode).toBe(409);
    expect(other.body).toMatch(/role="alert">[^<]*This is not the file that was inspected/);
    expect(other.body).toMatch(/value="full"[^>]* checked/);
    // A shared page offers no link to it.
    const shared = await test.app.inject({
      ...{ method: 'POST', url: `/v1/inspections/${id}/shares`, payload: {}, headers: may },
    });
    const { pathname } = new URL(shared.json().url);
    const open = await test.app.inject({ url: pathname, headers: BROWSER });
    expect(open.body).not.toContain('/seal');
    const off = await testApp();
    const bare = idOf(await upload(off.app));
    expect((await off.app.inject({ url: `/inspections/${bare}`, headers: BROWSER })).body).not.toContain(
      '/seal',
    );
  });

  it('asks for the file where what is kept is not it any more', async () => {
    const dataDir = temporaryDirectory();
    const env = {
      ...{ ...sealKey(), ASSAY_DATA_DIR: dataDir },
      ...{ ASSAY_KEEP_UPLOADS_HOURS: '1', ASSAY_ALLOW_REVEAL: '1' },
    };
    const test = await testApp({ env, bundlePrinter: blankPaper, stores: await testStores(dataDir) });
    const id = idOf(await upload(test.app));
    const url = `/inspections/${id}/seal`;
    expect((await test.app.inject({ url, headers: BROWSER })).body).not.toContain('type="file"');
    writeFileSync(join(dataDir, 'uploads', id), 'another');
    const answer = await given(test, url, [field('kind', 'full')], BROWSER);
    expect([answer.statusCode, answer.body.includes('type="file"')]).toEqual([409, true]);
  });
});

/**
 * Returns all text of a file: for a PDF the decompressed streams, and its text if a program for reading it is
 * available.
 */
function plain(path: string, bytes: Buffer): string {
  const text = bytes.toString('latin1');
  if (!path.endsWith('.pdf')) return text.replaceAll(/<wbr>|&#8203;/g, '');
  const streams = [...text.matchAll(/stream\r?\n([\s\S]*?)endstream/g)].map(([, packed = '']) => {
    try {
      return inflateSync(Buffer.from(packed, 'latin1')).toString('latin1');
    } catch {
      return packed;
    }
  });
  const words = spawnSync('pdftotext', ['-', '-'], { input: bytes }).stdout;
  return [text, ...streams, words?.toString('utf8') ?? ''].join('\n');
}

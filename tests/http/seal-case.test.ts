import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { translatorFor } from '../../src/i18n/translator.js';
import { createInspector } from '../../src/inspect/pool/create-inspector.js';
import { collectCaseToSeal } from '../../src/service/cases/case-to-seal.js';
import { verifyBag } from '../../src/service/sealing/verify.js';
import { LOCAL_TENANT } from '../../src/storage/access/scopes.js';
import { assayHere } from '../cli/run-here.js';
import { reportOf } from '../core/renderers/report-literal.js';
import { filesOf, unpacked } from '../service/sealing/unpacked.js';
import { onePart, type TestApp, temporaryDirectory, testApp, testStores, upload } from './harness.js';
import { blankPaper, sealKey } from './seal-key.js';

const FIXTURES = resolve(import.meta.dirname, '../../fixtures');
const inspector = createInspector({ jobs: 1 });
afterAll(() => inspector.close());

function saved(answer: { rawPayload: Buffer }): string {
  const path = join(temporaryDirectory(), 'bundle.zip');
  writeFileSync(path, answer.rawPayload);
  return path;
}

const jsonOf = (files: ReadonlyMap<string, Buffer>, path: string) => JSON.parse(String(files.get(path)));

/** Creates a case with two files, one of which is deleted, and with notes on them. */
async function told(test: TestApp) {
  const content = readFileSync(join(FIXTURES, 'c2pa/jpeg-c2pa-trained.jpg'));
  const sent = async (filename: string, bytes: Buffer | string) => {
    const parts = [onePart({ filename, content: bytes }), { name: 'caseRef', content: 'Harbour' }];
    return (
      String((await upload(test.app, parts)).headers['location'])
        .split('/')
        .at(-1) ?? ''
    );
  };
  const [kept, gone] = [await sent('photo.JPG', content), await sent('other.jpg', 'bytes')];
  const { id } = (await test.app.inject({ url: '/v1/cases?caseRef=Harbour' })).json().cases[0];
  const items = [
    { kind: 'note', text: 'Notewriter asked Quandt' },
    { kind: 'link', link: 'https://example.org/post', text: 'Linkwriter found it' },
    {
      kind: 'finding',
      finding: {
        ...{ claim: 'Taken last week', conclusion: 'Taken in 2014', rating: 'Wrong year' },
        ...{ url: 'https://example.org/check', author: 'Published Desk' },
      },
    },
    { kind: 'finding', finding: { claim: 'Not out yet', conclusion: 'Maybe', author: 'Hidden Author' } },
  ];
  for (const payload of items)
    await test.app.inject({ method: 'POST', url: `/v1/cases/${id}/items`, payload });
  return { id, kept, gone, content };
}

describe('a case, sealed', () => {
  it('is one bundle with each inspection in a folder of its own, checked by the tools alone and by us', async () => {
    const dataDir = temporaryDirectory();
    const key = sealKey();
    const env = {
      ...{ ...key, ASSAY_DATA_DIR: dataDir },
      ...{ ASSAY_KEEP_UPLOADS_HOURS: '1', ASSAY_ALLOW_REVEAL: '1' },
    };
    const paper = blankPaper;
    const test = await testApp({ env, inspector, bundlePrinter: paper, stores: await testStores(dataDir) });
    const { id, kept, gone, content } = await told(test);
    writeFileSync(join(dataDir, 'uploads', gone), 'other bytes');
    const seal = (kind: string) =>
      test.app.inject({ method: 'POST', url: `/v1/cases/${id}/seal`, payload: { kind } });
    const answer = await seal('full');
    expect([answer.statusCode, answer.headers['content-disposition']]).toEqual([
      ...[200, `attachment; filename="assay-case-${id.slice(0, 8)}.zip"`],
    ]);
    const bundle = saved(answer);
    const result = await verifyBag(bundle);
    expect(result).toMatchObject({ problems: [], kind: 'full', inspections: 2, received: 1 });
    const verified = await assayHere(['verify', bundle, '--lang', 'en']);
    expect(verified.stdout).toContain('a case with 2 inspections; it holds 1 file as received.');
    expect(verified.stdout).not.toContain('It holds the file');
    const files = await filesOf(bundle);
    const story = jsonOf(files, 'data/case.json');
    expect(story).toMatchObject({
      ...{ schema: 'assay.case/1', id, caseRef: 'Harbour', counts: { inspection: 2, note: 1, finding: 2 } },
    });
    const ofFile = story.inspections.map((one: { id: string; file: unknown }) => [one.id, one.file]);
    expect(ofFile.sort()).toEqual(
      [
        [kept, { from: 'kept' }],
        [gone, { notHeld: 'changed' }],
      ].sort(),
    );
    expect(files.get(`data/inspections/${kept}/file.jpg`)?.equals(content)).toBe(true);
    expect(files.has(`data/inspections/${gone}/report.json`)).toBe(true);
    expect(JSON.stringify(story.items)).toContain('Notewriter asked Quandt');
    expect(jsonOf(files, 'data/claim-review.json')['@graph']).toHaveLength(2);

    const folder = await unpacked(bundle);
    const lines = readFileSync(join(folder, 'VERIFY.txt'), 'utf8').split('\n');
    expect(lines).toContainEqual(
      expect.stringMatching(/^- data\/inspections\/, inspections\/: each inspection/),
    );
    const commands = lines.filter((line) => /^(sha256sum|openssl|test|!) /.test(line));
    const codes = commands.map((line) => spawnSync('sh', ['-c', line], { cwd: folder }).status);
    expect(codes.length).toBeGreaterThan(3);
    expect(codes.every((code) => code === 0)).toBe(true);

    // Creates the same `data/` again, and from the command line.
    const data = (all: ReadonlyMap<string, Buffer>) =>
      [...all]
        .filter(([path]) => path.startsWith('data/') && !path.endsWith('.pdf'))
        .map(([path, content]) => [path, content.toString('latin1')]);
    expect(data(await filesOf(saved(await seal('full'))))).toEqual(data(files));
    const out = join(dataDir, 'cli.zip');
    const args = ['--kind', 'full', '--key', String(key['ASSAY_SEAL_KEY']), '--lang', 'en', '--out', out];
    const { code, stderr } = await assayHere(['seal', '--case', id, ...args], { ASSAY_DATA_DIR: dataDir });
    expect([code, stderr]).toEqual([0, expect.stringContaining(`sealed the case ${id}, as it stands now`)]);
    const ofCli = await filesOf(out);
    expect(data(ofCli)).toEqual(data(files));
    expect([...ofCli.keys()].filter((path) => path.startsWith('inspections/'))).toEqual(
      [...files.keys()].filter((path) => path.startsWith('inspections/')),
    );
    const unknown = await assayHere(
      [
        'seal',
        '--case',
        randomUUID(),
        '--kind',
        'shareable',
        '--key',
        String(key['ASSAY_SEAL_KEY']),
        '--out',
        `${out}2`,
      ],
      { ASSAY_DATA_DIR: dataDir },
    );
    expect(unknown.code).toBe(2);
    const both = await assayHere(['seal', out, '--case', id, ...args], { ASSAY_DATA_DIR: dataDir });
    expect(both.code).toBe(2);
  });

  it('tells, where it is to be passed on, of nobody but whose name is published', async () => {
    const dataDir = temporaryDirectory();
    const env = { ...sealKey(), ASSAY_DATA_DIR: dataDir, ASSAY_KEEP_UPLOADS_HOURS: '1' };
    const paper = blankPaper;
    const test = await testApp({ env, inspector, bundlePrinter: paper, stores: await testStores(dataDir) });
    const { id, kept } = await told(test);
    const url = `/v1/cases/${id}/seal`;
    const refused = await test.app.inject({ method: 'POST', url, payload: { kind: 'full' } });
    expect(refused.json()).toMatchObject({
      code: 'reveal-not-allowed',
      detail: expect.stringMatching(
        /^A sealed bundle with the file in it .*scope “reveal”.*kind “shareable”/,
      ),
    });
    const inChinese = await test.app.inject({
      method: 'POST',
      url: `${url}?lang=zh`,
      payload: { kind: 'full' },
    });
    expect(inChinese.json().detail).toMatch(/^含文件的封存包（kind 为“full”）会显示.*“reveal”权限范围/);
    const answer = await test.app.inject({ method: 'POST', url, payload: { kind: 'shareable' } });
    const bundle = saved(answer);
    expect(await verifyBag(bundle)).toMatchObject({ problems: [], inspections: 2 });
    const files = await filesOf(bundle);
    const texts = [...files].map(([path, bytes]) => `${path}\n${bytes}`).join('\n');
    for (const word of ['Taken in 2014', 'Published Desk', 'Maybe']) expect(texts).toContain(word);
    expect(texts).not.toMatch(/Notewriter|Quandt|Linkwriter|example\.org\/post|Hidden Author/);
    expect(jsonOf(files, 'data/case.json').notTold).toEqual({ note: 1, link: 1, match: 0 });
    expect([...files.keys()].filter((path) => /file\.|matches|notes|manifest-store/.test(path))).toEqual([]);
    expect(files.has(`data/inspections/${kept}/finding.pdf`)).toBe(true);

    // An unreadable report of another version does not prevent the bundle, and is listed as left out.
    await test.stores.database.query
      .updateTable('inspection_reports')
      .set({ report: '{}' })
      .where('inspection_id', '=', kept)
      .execute();
    const without = await test.app.inject({ method: 'POST', url, payload: { kind: 'shareable' } });
    const story = jsonOf(await filesOf(saved(without)), 'data/case.json');
    expect(story.leftOut).toEqual([{ id: kept, reason: 'unreadable' }]);
  });

  it('names an inspection of which no Report was to be had, and why', async () => {
    const test = await testApp({ inspector });
    const { id } = await told(test);
    const asked = await collectCaseToSeal(
      { tenant: LOCAL_TENANT, id, kind: 'shareable' },
      { stores: test.stores, speech: translatorFor('en'), inspectionToSeal: async () => undefined },
    );
    const story = asked?.payload.find(({ path }) => path === 'data/case.json');
    const { leftOut } = JSON.parse(String(story?.content));
    expect(leftOut.map(({ reason }: { reason: string }) => reason)).toEqual(['unreadable', 'unreadable']);
  });

  it('is refused where more of it would be in memory than there may be', async () => {
    const test = await testApp({ inspector });
    const { id } = await told(test);
    const bare = reportOf();
    const report = { ...bare, asset: { ...bare.asset, sha256: 'ab'.repeat(32) } };
    const inspectionToSeal = async () => ({
      of: { kind: 'full', report, exchanges: Buffer.alloc(1024 ** 2) } as const,
    });
    const asked = (mostBytes: number) =>
      collectCaseToSeal(
        { tenant: LOCAL_TENANT, id, kind: 'full' },
        {
          stores: test.stores,
          speech: translatorFor('en'),
          printer: blankPaper,
          inspectionToSeal,
          maxBytes: mostBytes,
        },
      );
    await expect(asked(2 * 1024 ** 2)).rejects.toMatchObject({ code: 'case.too-large' });
    expect((await asked(8 * 1024 ** 2))?.kind).toBe('full');
  });

  it('is not made without a key, nor of more than a bundle holds', async () => {
    const bare = await testApp();
    const made = await bare.app.inject({ method: 'POST', url: '/v1/cases', payload: { name: 'Flood' } });
    const url = `/v1/cases/${made.json().id}/seal`;
    const off = await bare.app.inject({ method: 'POST', url, payload: { kind: 'shareable' } });
    expect(off.json().code).toBe('seal-off');
  });
});

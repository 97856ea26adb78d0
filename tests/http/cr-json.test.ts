import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type CrJsonMaker, createCrJsonMaker } from '../../src/inspect/makers/cr-json.js';
import { createInspector } from '../../src/inspect/pool/create-inspector.js';
import { AllowedPaths } from '../../src/service/inspections/allowed-paths.js';
import { JobUploads } from '../../src/service/inspections/upload-files.js';
import { AnswerInputs } from '../../src/service/inspections/versions.js';
import { Worker } from '../../src/worker/worker.js';
import { onePart, type TestApp, testApp, upload } from './harness.js';

const FIXTURES = resolve(import.meta.dirname, '../../fixtures');
const inspector = createInspector({ jobs: 1 });
afterAll(() => inspector.close());

const part = (name: string, over = {}) =>
  onePart({ filename: name, content: readFileSync(join(FIXTURES, name)), ...over });
const SIGNED = part('c2pa/png-c2pa-trained.png');

const withMaker = () => testApp({ inspector, crJsonMaker: createCrJsonMaker() });

describe('crJSON of what was inspected', () => {
  it('follows the answer, waits for nobody, and stays when the file is gone', async () => {
    const test = await withMaker();
    const sent = await upload(test.app, [SIGNED]);
    const url = `${sent.headers.location}/crjson`;
    const answer = await test.app.inject({ url });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(answer.headers['cache-control']).toBe('no-store');
    const crJson = answer.json();
    expect(crJson['@context']).toBeDefined();
    expect(crJson.manifests.length).toBeGreaterThan(0);
    await expect.poll(() => test.uploads()).toEqual([]);
    const held = { 'if-none-match': String(answer.headers['etag']) };
    expect((await test.app.inject({ url, headers: held })).statusCode).toBe(304);

    const again = await upload(test.app, [SIGNED]);
    expect(again.headers['assay-cached']).toBeDefined();
    expect((await test.app.inject({ url: `${again.headers.location}/crjson` })).json()).toEqual(crJson);
    const anew = await test.app.inject({ method: 'POST', url: `${sent.headers.location}/recheck` });
    expect((await test.app.inject({ url: `${anew.headers.location}/crjson` })).json()).toEqual(crJson);

    await test.app.inject({ method: 'DELETE', url: String(sent.headers.location) });
    expect((await test.app.inject({ url })).json().code).toBe('inspection-not-found');
  });

  it.each([
    ['plain/not-media.txt', /carries no Content Credentials|format are not read/],
    ['c2pa/jpeg-c2pa-remote.jpg', /kept elsewhere/],
  ])('of %s is none, and says why', async (name, why) => {
    const test = await withMaker();
    const sent = await upload(test.app, [part(name)]);
    const answer = await test.app.inject({ url: `${sent.headers.location}/crjson` });
    expect([answer.statusCode, answer.json().code]).toEqual([404, 'crjson-not-found']);
    expect(answer.json().detail).toMatch(why);
  });

  it('of a sidecar is none, and says why', async () => {
    const test = await withMaker();
    const sidecar = part('c2pa/jpeg-c2pa-remote.c2pa', { name: 'sidecar' });
    const sent = await upload(test.app, [part('c2pa/jpeg-c2pa-remote.jpg'), sidecar]);
    expect(sent.json().report.contentCredentials.presence).toBe('present');
    const answer = await test.app.inject({ url: `${sent.headers.location}/crjson` });
    expect(answer.json().detail).toMatch(/came in a sidecar/);
  });

  it('is masked as the Report is', async () => {
    const crJson = createCrJsonMaker();
    const test = await testApp({ inspector, crJsonMaker: crJson, env: { ASSAY_ALLOW_REVEAL: '1' } });
    const bodyFor = async (query: string) => {
      const sent = await upload(test.app, [SIGNED], { url: `/v1/inspections${query}` });
      return (await test.app.inject({ url: `${sent.headers.location}/crjson` })).body;
    };
    expect(await bodyFor('')).toContain('[serial number: masked]');
    expect(await bodyFor('?reveal=serial')).not.toContain('masked]');
  });

  it('is made by the worker before the upload goes', async () => {
    const test = await testApp({ inspector });
    const sent = await upload(test.app, [SIGNED], { headers: { prefer: 'respond-async' } });
    const url = `${sent.headers.location}/crjson`;
    expect((await test.app.inject({ url })).json().code).toBe('not-finished');
    await worked(test, async () => {
      await expect.poll(() => test.uploads()).toEqual([]);
      expect((await test.app.inject({ url })).json().manifests.length).toBeGreaterThan(0);
    });
  });

  it('that is still being written is not told as none', async () => {
    const maker = createCrJsonMaker();
    let begin = () => {};
    const mayBegin = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const crJson: CrJsonMaker = {
      waiting: 0,
      make: async (...asked) => {
        await mayBegin;
        return maker.make(...asked);
      },
      close: () => maker.close(),
    };
    const test = await testApp({ inspector, crJsonMaker: crJson });
    const sent = await upload(test.app, [SIGNED]);
    const url = `${sent.headers.location}/crjson`;
    const answer = await test.app.inject({ url });
    expect([answer.statusCode, answer.json().code]).toEqual([503, 'unavailable']);
    expect(answer.json().detail).toContain('still being written');
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    begin();
    await expect.poll(async () => (await test.app.inject({ url })).statusCode).toBe(200);
  });

  it('was not made where nothing makes it', async () => {
    const test = await testApp({ inspector });
    const sent = await upload(test.app, [SIGNED]);
    const answer = await test.app.inject({ url: `${sent.headers.location}/crjson` });
    expect(answer.json().detail).toMatch(/^No crJSON is stored for this inspection\./);
  });
});

async function worked(test: TestApp, look: () => Promise<void>): Promise<void> {
  const crJson = createCrJsonMaker();
  const worker = new Worker({
    ...test.stores,
    inspector,
    crJsonMaker: crJson,
    files: new JobUploads(join(test.config.dataDir, 'uploads')),
    allowedPaths: new AllowedPaths([]),
    versions: new AnswerInputs(test.config.trustDir),
    jobs: 1,
    leaseMillis: 30_000,
    keepUploads: false,
    keepFailedMillis: 0,
  });
  worker.start();
  await look();
  await worker.stop(1_000);
  await crJson.close();
}

import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import Value from 'typebox/value';
import { afterAll, describe, expect, it } from 'vitest';
import { type EvidenceView, EvidenceViewSchema } from '../../src/core/report/evidence-view.js';
import { createInspector } from '../../src/inspect/pool/create-inspector.js';
import { AllowedPaths } from '../../src/service/inspections/allowed-paths.js';
import { JobUploads } from '../../src/service/inspections/upload-files.js';
import { AnswerInputs } from '../../src/service/inspections/versions.js';
import type { Printable } from '../../src/service/pdf/printable.js';
import { Worker } from '../../src/worker/worker.js';
import { BROWSER, onePart, testApp, upload } from './harness.js';

const FIXTURES = resolve(import.meta.dirname, '../../fixtures');
const SLOW = { timeout: 60_000 };
const inspector = createInspector({ jobs: 1 });
afterAll(() => inspector.close());

const part = (name: string) => onePart({ filename: name, content: readFileSync(join(FIXTURES, name)) });
const LABELLED = part('labels/png-gb45438-xmp.png');
const CAMERA = part('labels/jpeg-camera-exif-personal.jpg');

describe('what a file says field by field', () => {
  it('is kept with the Report, given as JSON, and goes with it', SLOW, async () => {
    const { app } = await testApp({ inspector });
    const sent = await upload(app, [LABELLED]);
    const url = `${sent.headers.location}/evidence`;
    const answer = await app.inject({ url });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
    });
    const sheet: EvidenceView = answer.json();
    expect(Value.Check(EvidenceViewSchema, sheet)).toBe(true);
    expect(sheet.asset.sha256).toBe(sent.json().report.asset.sha256);
    const field = sheet.carriers[0]?.fields[0];
    expect(field).toMatchObject({
      name: 'TC260:AIGC',
      offset: 54,
      value: expect.stringContaining('"Label":"1"'),
    });
    expect(sheet.labels[0]).toMatchObject({ label: 'gb45438', offset: 330, bytes: 404 });
    const held = { 'if-none-match': String(answer.headers['etag']) };
    expect((await app.inject({ url, headers: held })).statusCode).toBe(304);

    const again = await upload(app, [LABELLED]);
    expect(again.headers['assay-cached']).toBeDefined();
    expect((await app.inject({ url: `${again.headers.location}/evidence` })).json()).toEqual(sheet);
    const anew = await app.inject({ method: 'POST', url: `${sent.headers.location}/recheck` });
    expect((await app.inject({ url: `${anew.headers.location}/evidence` })).json()).toEqual(sheet);

    await app.inject({ method: 'DELETE', url: String(sent.headers.location) });
    expect((await app.inject({ url })).json().code).toBe('inspection-not-found');
  });

  it('stands on the page, in the one file, behind a link and on paper', SLOW, async () => {
    let article = '';
    const printer = {
      print: async (printable: Printable) => {
        article = printable.article.toString();
        return { pdf: Buffer.from('%PDF-'), by: 'pdfkit' as const };
      },
    };
    const { app } = await testApp({ inspector, printer, env: { ASSAY_PUBLIC_URL: 'http://localhost' } });
    const at = String((await upload(app, [LABELLED])).headers.location);
    const page = (await app.inject({ url: at.replace('/v1', ''), headers: BROWSER })).body;
    expect(page).toContain('<a href="#field-1">Field</a>');
    expect(page).toContain('<tr id="field-1">');
    expect(page).toContain('0000014a  41 49 47 43 3e');
    expect(page).toContain(`href="${at}/evidence`);
    expect((await app.inject({ url: at, headers: { accept: 'text/html' } })).body).toContain('id="field-1"');
    const file = (await app.inject({ url: `${at}/report.html?lang=zh-Hans` })).body;
    expect(file).toContain('<tr id="field-1">');
    expect(file).toContain('逐项元数据');
    const link = await app.inject({ method: 'POST', url: `${at}/shares`, payload: {} });
    const shared = await app.inject({
      url: link.json().url.replace(/^https?:\/\/[^/]+/, ''),
      headers: BROWSER,
    });
    expect(shared.body).toContain('<tr id="field-1">');
    expect(shared.body).not.toContain('/evidence');
    await app.inject({ url: `${at}/report.pdf` });
    expect(article).toContain('0000014a  41 49 47 43 3e');
    expect(article).toContain('is not printed');
  });

  it('is masked as the Report is', SLOW, async () => {
    const { app } = await testApp({ inspector, env: { ASSAY_ALLOW_REVEAL: '1' } });
    const bodyFor = async (query: string) => {
      const sent = await upload(app, [CAMERA], { url: `/v1/inspections${query}` });
      return (await app.inject({ url: `${sent.headers.location}/evidence` })).body;
    };
    const masked = await bodyFor('');
    expect(masked).toContain('"withheld":["location"]');
    expect(masked).toContain('"withheld":["serial"]');
    expect(masked).toContain('"withheld":["names"]');
    const shown = await bodyFor('?reveal=location,serial,names');
    expect(shown).not.toContain('withheld');
    expect(shown).toContain('"revealed":["location","serial","names"]');
  });

  it('is made by the worker too', SLOW, async () => {
    const test = await testApp({ inspector });
    const sent = await upload(test.app, [LABELLED], { headers: { prefer: 'respond-async' } });
    const url = `${sent.headers.location}/evidence`;
    expect((await test.app.inject({ url })).json().code).toBe('not-finished');
    const worker = new Worker({
      ...test.stores,
      inspector,
      files: new JobUploads(join(test.config.dataDir, 'uploads')),
      allowedPaths: new AllowedPaths([]),
      versions: new AnswerInputs(test.config.trustDir),
      jobs: 1,
      leaseMillis: 30_000,
      keepUploads: false,
      keepFailedMillis: 0,
    });
    worker.start();
    try {
      await expect
        .poll(async () => (await test.app.inject({ url })).statusCode, { timeout: 30_000 })
        .toBe(200);
    } finally {
      await worker.stop(1_000);
    }
  });
});

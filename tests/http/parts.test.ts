import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import type { LocalizedReport } from '../../src/core/report/report.js';
import { createInspector } from '../../src/inspect/pool/create-inspector.js';
import { LOCAL_TENANT } from '../../src/storage/access/scopes.js';
import { inEnglish } from '../i18n/english.js';
import { svgWith } from '../support/svg-with.js';
import { BROWSER, onePart, temporaryDirectory, testApp, upload } from './harness.js';

const FIXTURES = resolve(import.meta.dirname, '../../fixtures');
const SLOW = { timeout: 60_000 };
const inspector = createInspector({ jobs: 1 });
afterAll(() => inspector.close());

const CAMERA = 'labels/jpeg-camera-exif-personal.jpg';
const SIGNED = 'c2pa/png-c2pa-trained.png';
const KIT = onePart({ filename: 'kit.svg', content: svgWith([CAMERA, SIGNED]) });

/** Personal data in the photo. */
const PERSONAL = /48\.000000|-2\.000000|SN-0012345|Alex Example/;

/** Returns what the report says about the bytes, without time and versions. */
const ofBytes = ({
  asset: { name: _, declaredMediaType: __, ...asset },
  summary,
  signals,
  contentCredentials,
}: LocalizedReport) => ({
  asset,
  summary,
  signals,
  contentCredentials,
});

describe('the report on a part', () => {
  it('is what the same bytes give alone, kept, copied and deleted with the file’s own', SLOW, async () => {
    const { app } = await testApp({ inspector });
    const sent = await upload(app, [KIT]);
    const at = String(sent.headers.location);
    const url = `${at}/parts/2`;
    const answer = await app.inject({ url });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
    });
    const own: LocalizedReport = answer.json();
    const told = sent.json().report.parts[2];
    expect(own.asset.sha256).toBe(told.sha256);
    expect(own.summary.headline?.text).toBe(told.outcome.headline);
    const alone = await upload(app, [
      onePart({ filename: 'a.png', content: readFileSync(join(FIXTURES, SIGNED)) }),
    ]);
    expect(ofBytes(own)).toEqual(ofBytes(alone.json().report));
    const held = { 'if-none-match': String(answer.headers['etag']) };
    expect((await app.inject({ url, headers: held })).statusCode).toBe(304);
    expect((await app.inject({ url: `${url}?lang=zh-Hans` })).json().tool.language).toBe('zh-Hans');

    for (const none of ['0', '3', '1x', '-1', '1e0', '01', '2 or 1=1', '999999999'])
      expect((await app.inject({ url: `${at}/parts/${encodeURIComponent(none)}` })).json().code, none).toBe(
        'part-not-found',
      );

    const again = await upload(app, [KIT]);
    expect(again.headers['assay-cached']).toBeDefined();
    expect((await app.inject({ url: `${again.headers.location}/parts/2` })).json()).toEqual(own);
    const anew = await app.inject({ method: 'POST', url: `${at}/recheck` });
    expect((await app.inject({ url: `${anew.headers.location}/parts/2` })).json()).toEqual(own);
    await app.inject({ method: 'DELETE', url: at });
    expect((await app.inject({ url })).json().code).toBe('inspection-not-found');
  });

  it('has a page that leads back to the file, behind a link too', SLOW, async () => {
    const { app } = await testApp({ inspector, env: { ASSAY_PUBLIC_URL: 'http://localhost' } });
    const at = String((await upload(app, [KIT])).headers.location);
    const page = at.replace('/v1', '');
    const file = (await app.inject({ url: `${page}?lang=zh-Hans`, headers: BROWSER })).body;
    expect(file).toContain(`href="${page}/parts/2?lang=zh-Hans"`);
    const own = await app.inject({ url: `${page}/parts/2?lang=zh-Hans`, headers: BROWSER });
    expect(own.headers['x-robots-tag']).toBe('noindex');
    expect(own.body).toContain(`href="${page}?lang=zh-Hans"`);
    expect(own.body).toContain('的第 2 个内含部分');
    expect((await app.inject({ url: `${at}/parts/2`, headers: { accept: 'text/html' } })).body).toContain(
      inEnglish('page.inside.back'),
    );

    const link = await app.inject({ method: 'POST', url: `${at}/shares`, payload: {} });
    const [shared = ''] = link
      .json()
      .url.replace(/^https?:\/\/[^/]+/, '')
      .split('?');
    const seen = (await app.inject({ url: shared, headers: BROWSER })).body;
    expect(seen).toContain(`href="${shared}/parts/2`);
    const part = await app.inject({ url: `${shared}/parts/2`, headers: BROWSER });
    expect(part.body).toContain(`href="${shared}`);
    // The page contains no link into this server, and not the inspection's id.
    expect(part.body).not.toContain(at.split('/').at(-1) ?? '');
    expect(part.headers).toMatchObject({ 'referrer-policy': 'no-referrer' });
    await app.inject({ method: 'DELETE', url: `${at}/shares/${link.json().id}` });
    expect((await app.inject({ url: `${shared}/parts/2` })).json().code).toBe('share-not-found');
  });

  it('kept while the file is asked again on another day says of which day it is', SLOW, async () => {
    let day = '2026-11-25';
    // Only a part or file with credentials is checked against lists: here the part alone.
    const trustDir = temporaryDirectory();
    mkdirSync(join(trustDir, 'private'));
    copyFileSync(join(FIXTURES, 'ca/root.pem'), join(trustDir, 'private', 'root.pem'));
    const withLists = createInspector({ jobs: 1, trustDir });
    onTestFinished(() => withLists.close());
    const { app } = await testApp({ inspector: withLists, today: () => day });
    const at = String((await upload(app, [KIT])).headers.location);
    expect((await app.inject({ url: `${at}/parts/2` })).json().tool.lists).not.toEqual([]);
    const pageOf = async (of: string) =>
      (await app.inject({ url: `${of.replace('/v1', '')}/parts/2`, headers: BROWSER })).body;
    expect(await pageOf(at)).not.toContain('The law was applied to this part as of');
    day = '2026-11-28';
    const anew = await app.inject({ method: 'POST', url: `${at}/recheck` });
    const again = String(anew.headers.location);
    expect(anew.json().report.tool.asOf).toBe(day);
    expect(await pageOf(again)).toContain('The law was applied to this part as of 25 Nov 2026.');
    expect((await app.inject({ url: `${again}/parts/2` })).json().tool.asOf).toBe('2026-11-25');
  });

  it('shows what is personal only to whom the file’s own does', SLOW, async () => {
    const env = { ASSAY_ALLOW_REVEAL: '1', ASSAY_PUBLIC_URL: 'http://localhost' };
    const { app, stores } = await testApp({ inspector, env });
    const at = String(
      (await upload(app, [KIT], { query: '?reveal=location,serial,names' })).headers.location,
    );
    expect(PERSONAL.exec((await app.inject({ url: `${at}/parts/1` })).body)).not.toBeNull();
    const id = at.split('/').at(-1) ?? '';
    const kept = await stores.inspections.listDerivatives(LOCAL_TENANT, id);
    expect(kept.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['part-1', 'part-2']));
    for (const { kind, content } of kept) expect(PERSONAL.exec(content.toString('latin1')), kind).toBeNull();
    const link = await app.inject({ method: 'POST', url: `${at}/shares`, payload: {} });
    const [shared = ''] = link
      .json()
      .url.replace(/^https?:\/\/[^/]+/, '')
      .split('?');
    for (const url of [shared, `${shared}/parts/1`]) {
      const { body, statusCode } = await app.inject({ url, headers: BROWSER });
      expect(statusCode).toBe(200);
      expect(PERSONAL.exec(body), url).toBeNull();
    }
  });
});

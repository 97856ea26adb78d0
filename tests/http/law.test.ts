import { readFileSync } from 'node:fs';
import { Compile } from 'typebox/compile';
import { describe, expect, it } from 'vitest';
import { REFERENCED_SCHEMAS } from '../../src/base/message-schema.js';
import { resolveLaw } from '../../src/core/law/law-selection.js';
import { chooseRulebooks } from '../../src/core/law/rulebooks/index.js';
import { Asset } from '../../src/core/media/asset.js';
import { analyze } from '../../src/core/pipeline/analyze.js';
import { type LawGrid, LawGridSchema } from '../../src/core/report/law-schema.js';
import { type LocalizedReport, ReportSchema } from '../../src/core/report/report.js';
import type { Inspector } from '../../src/inspect/pool/inspector.js';
import { BROWSER, onePart, sharedApp, type TestApp, testApp, upload } from './harness.js';
import { bearer, guarded, newKey, withScopes } from './with-keys.js';

/** Runs the core in this process; tests/isolation covers crashes. */
const inProcess: Inspector = {
  async inspect({ path, ...asked }) {
    const asset = await Asset.open(path);
    try {
      return await analyze(asset, asked, resolveLaw(asked));
    } finally {
      await asset.close();
    }
  },
  close: async () => {},
};

/** An inspector of a version that stored no summed-up law. */
const ofBefore: Inspector = {
  async inspect(asked, takers) {
    const {
      law: _,
      fileDates: __,
      ...report
    } = await inProcess.inspect({ ...asked, rulebooks: ['all'] }, takers);
    return report;
  },
  close: async () => {},
};

const LABELLED = onePart({
  filename: 'label.png',
  content: readFileSync(new URL('../../fixtures/labels/png-gb45438-xmp.png', import.meta.url)),
});

interface Told extends Pick<LocalizedReport, 'law' | 'fileDates' | 'findings'> {
  asOf: string;
}

async function kept(test: TestApp, headers = {}): Promise<{ report: LocalizedReport; url: string }> {
  const answer = await upload(test.app, [LABELLED], { headers });
  expect(answer.statusCode).toBe(201);
  return { report: answer.json().report, url: String(answer.headers.location) };
}

const asked = async (test: TestApp, url: string, query: string, headers = {}) =>
  test.app.inject({ url: `${url}/law${query}`, headers });

describe('GET /v1/inspections/{id}/law', () => {
  /** Shared service for tests that leave it unchanged. */
  const refusing = sharedApp({ inspector: inProcess });

  it('asks another place, role and day of a kept Report, and leaves that as it is', async () => {
    const test = await testApp({ inspector: inProcess });
    const { report, url } = await kept(test);
    expect(report.findings).toEqual([]);
    const answer = await asked(test, url, '?jurisdiction=CN&role=platform,user&asOf=2025-08-31');
    expect(answer.statusCode).toBe(200);
    const told = answer.json<Told>();
    expect(told.asOf).toBe('2025-08-31');
    expect(told.law?.map(({ jurisdiction, role }) => [jurisdiction, role])).toEqual([
      ['CN', 'platform'],
      ['CN', 'user'],
    ]);
    expect(told.findings.length).toBeGreaterThan(0);
    const china = chooseRulebooks({ jurisdictions: ['CN'] }).map(({ id }) => id);
    expect(told.findings.every(({ rulebook }) => china.includes(rulebook))).toBe(true);
    expect(told.findings.map(({ outcome }) => outcome)).toContain('not-in-force');
    for (const { statement, outcome } of told.findings) {
      expect(statement).toMatch(/\w/);
      if (outcome === 'not-in-force') expect(statement).toContain('31 Aug 2025');
    }
    expect((await test.app.inject({ url })).json().report).toEqual(report);
  });

  it('gives what the upload would have been answered with', async () => {
    const test = await testApp({ inspector: inProcess });
    const { url } = await kept(test);
    const fields = [
      { name: 'jurisdiction', content: 'EU' },
      { name: 'role', content: 'publisher' },
    ];
    const { report } = (await upload(test.app, [LABELLED, ...fields])).json<{ report: LocalizedReport }>();
    const told = (await asked(test, url, '?jurisdiction=EU&role=publisher')).json<Told>();
    expect({ law: told.law, findings: told.findings }).toEqual({
      law: report.law,
      findings: report.findings,
    });
  });

  it('sums up everywhere where nothing is asked, in the language that is asked for, with an ETag', async () => {
    const test = await testApp({ inspector: inProcess });
    const { report, url } = await kept(test);
    const answer = await asked(test, url, '');
    expect(answer.json<Told>().law).toEqual(report.law);
    const etag = String(answer.headers.etag);
    expect((await asked(test, url, '', { 'if-none-match': etag })).statusCode).toBe(304);
    const chinese = await asked(test, url, '?rulebooks=all&lang=zh-Hans');
    const told = chinese.json<Told>();
    expect(told.findings.map(({ rulebook }) => rulebook)).toContain('eu-ai-act-art-50');
    expect(told.findings.every(({ statement = '' }) => /\p{Script=Han}/u.test(statement))).toBe(true);
  });

  it('asks what a key, and then the operator, presets', async () => {
    const test = await guarded(
      { ASSAY_JURISDICTIONS: 'US', ASSAY_ROLES: 'publisher' },
      { inspector: inProcess },
    );
    const headers = bearer(await newKey(test, { defaults: { jurisdictions: ['KR'] } }));
    const { report, url } = await kept(test, headers);
    const wanted = [{ jurisdiction: 'KR', role: 'publisher' }];
    expect(report.law).toMatchObject(wanted);
    expect((await asked(test, url, '', headers)).json().law).toMatchObject(wanted);
    const other = bearer(await newKey(test));
    expect((await asked(test, url, '?role=user', other)).json().law).toMatchObject([
      { jurisdiction: 'US', role: 'user' },
    ]);
  });

  it('is answered of a Report of before, which its page and its JSON still show', async () => {
    const test = await testApp({ inspector: ofBefore });
    const { report, url } = await kept(test);
    expect(report.law).toBeUndefined();
    expect(report.findings.length).toBeGreaterThan(0);
    expect(Compile(REFERENCED_SCHEMAS, ReportSchema).Check(report)).toBe(true);
    expect((await asked(test, url, '?jurisdiction=VN')).json().law).toMatchObject([{ jurisdiction: 'VN' }]);
    const page = await test.app.inject({ url, headers: BROWSER });
    expect([page.statusCode, page.body.includes('Rules on')]).toEqual([200, true]);
  });

  it.each([
    ['?jurisdiction=XX', 400, 'bad-field'],
    ['?role=king', 400, 'bad-field'],
    ['?rulebooks=no-such', 400, 'bad-field'],
    ['?asOf=2026-02-30', 400, 'bad-field'],
    ['?deep=true', 400, 'bad-field'],
  ])('refuses %s', async (query, status, code) => {
    const test = refusing();
    const { url } = await kept(test);
    const answer = await asked(test, url, query);
    expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
  });

  it('is for whoever may read, of their own', async () => {
    const test = await guarded({}, { inspector: inProcess });
    const { url } = await kept(test, await withScopes(test, 'inspect', 'read'));
    expect((await asked(test, url, '', await withScopes(test, 'inspect'))).statusCode).toBe(403);
    expect((await asked(test, url, '')).statusCode).toBe(401);
    const elsewhere = bearer(await newKey(test, { tenant: 'other' }));
    expect((await asked(test, url, '', elsewhere)).json().code).toBe('inspection-not-found');
    expect((await asked(test, url, '', await withScopes(test, 'read'))).statusCode).toBe(200);
  });

  it('waits for the first answer', async () => {
    const test = await testApp();
    const queued = await upload(test.app, undefined, { headers: { prefer: 'respond-async' } });
    const answer = await asked(test, String(queued.headers.location), '');
    expect([answer.statusCode, answer.json().code]).toEqual([409, 'not-finished']);
  });
});

describe('the form', () => {
  it('offers a place and a role, and says what stands where none is chosen', async () => {
    const plain = await testApp();
    const { body } = await plain.app.inject({ url: '/' });
    expect(body).toContain('<option value="">Everywhere, in brief</option>');
    expect(body).toMatch(
      /<select id="role" name="role"[^>]*>\s*<option value="">Nobody in particular<\/option>/,
    );
    expect(body).toContain('<option value="publisher">publisher</option>');
    expect(body).toContain('<option value="all">All</option>');
    const preset = await testApp({ env: { ASSAY_JURISDICTIONS: 'CN,EU', ASSAY_ROLES: 'publisher' } });
    const chinese = await preset.app.inject({ url: '/?lang=zh-Hans' });
    expect(chinese.body).toContain('<option value="">按本服务器的设置：中国、欧盟</option>');
    expect(chinese.body).toContain('<option value="">按本服务器的设置：发布者</option>');
  });
});

describe('the law that a reader chooses on a report', () => {
  const page = (test: TestApp, url: string, query = '', cookie?: string) =>
    test.app.inject({
      url: `${url.replace('/v1', '')}${query}`,
      headers: { ...BROWSER, ...(cookie === undefined ? {} : { cookie }) },
    });
  const chosenIn = (body: string) =>
    [...body.matchAll(/<option value="([^"]+)" selected>/g)].map(([, value]) => value);
  const lineIn = (body: string) => /<section class="law-for-me".*?<\/section>/s.exec(body)?.[0] ?? '';

  it('is told from what is kept, as its own address tells it, and remembered for other reports', async () => {
    const test = await testApp({ inspector: inProcess });
    const { url, report } = await kept(test);
    const before = await page(test, url);
    expect(before.headers['set-cookie']).toBeUndefined();
    expect(chosenIn(before.body)).toEqual([]);

    const chosen = await page(test, url, '?jurisdiction=CN&role=platform');
    expect(chosenIn(chosen.body)).toEqual(['CN', 'platform']);
    expect(lineIn(chosen.body)).toContain('<li>China, ');
    expect(lineIn(chosen.body)).toContain('This file: mark found');
    expect(lineIn(chosen.body)).toContain('It binds you; it is written for: a platform.');
    const told: Told = (await asked(test, url, '?jurisdiction=CN&role=platform')).json();
    expect(told.law?.[0]?.books.length).toBeGreaterThan(0);

    const cookie = String(chosen.headers['set-cookie']);
    expect(cookie).toMatch(
      /^assay-law=jurisdiction%3DCN%26role%3Dplatform; Max-Age=\d+; Path=\/inspections; HttpOnly; SameSite=Strict$/,
    );
    const again = await page(test, url, '', cookie.split(';')[0]);
    expect(chosenIn(again.body)).toEqual(['CN', 'platform']);
    expect(again.headers['set-cookie']).toBeUndefined();
    // The stored report stays unchanged.
    expect((await test.app.inject({ url })).json().report).toEqual(report);
  });

  it('is forgotten where neither is chosen, and where it is none of ours any more', async () => {
    const test = await testApp({ inspector: inProcess });
    const { url } = await kept(test);
    const cookie = 'assay-law=jurisdiction%3DCN%26role%3Dplatform';
    const none = await page(test, url, '?jurisdiction=&role=', cookie);
    expect(chosenIn(none.body)).toEqual([]);
    expect(String(none.headers['set-cookie'])).toMatch(/^assay-law=; .*Expires=Thu, 01 Jan 1970/);
    for (const odd of ['jurisdiction%3DXX', 'role%3Dking', '%3Cscript%3E', 'x'.repeat(3_000)]) {
      const answer = await page(test, url, '', `assay-law=${odd}`);
      expect(answer.statusCode).toBe(200);
      expect(chosenIn(answer.body)).toEqual([]);
    }
    expect((await page(test, url, '?jurisdiction=XX')).statusCode).toBe(400);
  });

  it('has what the operator and the key are set to where only one of the two is chosen', async () => {
    const test = await testApp({
      inspector: inProcess,
      env: { ASSAY_JURISDICTIONS: 'EU', ASSAY_ROLES: 'publisher' },
    });
    const { url } = await kept(test);
    const preset = lineIn((await page(test, url)).body);
    expect(preset).toContain('<li>EU AI Act, ');
    expect(preset).toContain('not you as a publisher');
    const elsewhere = lineIn((await page(test, url, '?jurisdiction=CN&role=')).body);
    expect(elsewhere).toContain('<li>China, ');
    expect(elsewhere).toContain('not you as a publisher');
  });

  it('is asked with the language of the page, and with no other member', async () => {
    const test = await testApp({ inspector: inProcess });
    const { url } = await kept(test);
    const { body } = await page(test, url, '?lang=zh-Hans');
    const [form = ''] = /<form class="choose-law".*?<\/form>/s.exec(body) ?? [];
    expect([...form.matchAll(/ name="([^"]+)"/g)].map(([, name]) => name)).toEqual([
      'lang',
      'jurisdiction',
      'role',
    ]);
  });
});

describe('GET /v1/inspections/{id}/law-grid', () => {
  it('is JSON by its schema, a table, and a page for the places that are chosen', async () => {
    const test = await testApp({ inspector: inProcess });
    const { url } = await kept(test);
    const get = (query: string) => test.app.inject({ url: `${url}/law-grid?${query}` });
    const json = await get('jurisdiction=CN,EU&asOf=2026-12-02');
    expect([json.statusCode, json.headers['content-type']]).toEqual([200, expect.stringContaining('json')]);
    const grid = json.json<LawGrid>();
    expect(Compile(REFERENCED_SCHEMAS, LawGridSchema).Check(grid)).toBe(true);
    expect(grid.cells.find(({ rule }) => rule === '5.1-metadata-label')).toMatchObject({ item: 'mark' });

    const csv = await get('jurisdiction=CN,EU&asOf=2026-12-02&format=csv');
    expect(csv.headers['content-type']).toContain('text/csv');
    expect(csv.body.split('\r\n')).toHaveLength(grid.cells.length + 2);
    expect((await get('jurisdiction=XX')).statusCode).toBe(400);
    expect((await get('asOf=2026-02-30')).statusCode).toBe(400);

    for (const query of ['jurisdiction=CN&jurisdiction=EU&role=&asOf=2026-12-02', 'jurisdiction=CN,EU']) {
      const page = await test.app.inject({
        url: `${url.replace('/v1', '')}/law-grid?${query}`,
        headers: BROWSER,
      });
      expect(page.statusCode).toBe(200);
      expect(page.body).toContain('<table class="law-grid">');
      const ticked = [...page.body.matchAll(/value="([A-Z-]+)" checked/g)].map(([, place]) => place);
      expect(ticked).toEqual(['CN', 'EU']);
    }
    const unasked = await test.app.inject({ url: `${url.replace('/v1', '')}/law-grid`, headers: BROWSER });
    expect(unasked.body).not.toContain('<table');
  });
});

import { readFileSync } from 'node:fs';
import { Compile } from 'typebox/compile';
import { describe, expect, it } from 'vitest';
import { REFERENCED_SCHEMAS } from '../../src/base/message-schema.js';
import { resolveLaw } from '../../src/core/law/law-selection.js';
import { listRulebookIds } from '../../src/core/law/rulebooks/index.js';
import { Asset } from '../../src/core/media/asset.js';
import { analyze } from '../../src/core/pipeline/analyze.js';
import { type LocalizedReport, ReportSchema, type StoredReport } from '../../src/core/report/report.js';
import type { Inspector, InspectRequest } from '../../src/inspect/pool/inspector.js';
import { BROWSER, onePart, testApp, upload } from './harness.js';

/** Runs the core in this process; tests/isolation covers crashes. */
const inProcess: Inspector = {
  async inspect({ path, ...options }: InspectRequest): Promise<StoredReport> {
    const asset = await Asset.open(path);
    try {
      return await analyze(asset, options, resolveLaw(options));
    } finally {
      await asset.close();
    }
  },
  close: async () => {},
};

const isReport = Compile(REFERENCED_SCHEMAS, ReportSchema);
const fixture = (path: string): Buffer => readFileSync(new URL(`../../fixtures/${path}`, import.meta.url));
const part = (path: string, type: string) =>
  onePart({ filename: path.split('/').at(-1) ?? '', type, content: fixture(path) });

describe('real files through the door', () => {
  it.each([
    ['labels/png-gb45438-xmp.png', 'image/png', 'image/png'],
    ['plain/not-media.txt', 'text/plain', 'application/octet-stream'],
    ['hostile/jpeg-truncated.jpg', 'image/jpeg', 'image/jpeg'],
    ['mismatch/png-named-jpg.jpg', 'image/jpeg', 'image/png'],
  ])('%s is answered with its Report', async (path, declared, mediaType) => {
    const { app, uploads } = await testApp({ inspector: inProcess });
    const answer = await upload(app, [part(path, declared)]);
    expect(answer.statusCode).toBe(201);
    const { report } = answer.json<{ report: LocalizedReport }>();
    expect(isReport.Check(report)).toBe(true);
    expect(report.asset).toMatchObject({
      name: path.split('/').at(-1),
      mediaType,
      bytes: fixture(path).length,
    });
    expect(report.tool.asOf).toBe('2026-11-25');
    expect(uploads()).toEqual([]);
    // Uploads the same file again: the Report is equal, only the inspection around it differs.
    const again = (await upload(app, [part(path, declared)])).json<{ report: LocalizedReport }>();
    expect(JSON.stringify(again.report)).toBe(JSON.stringify(report));
  });

  it('asks the rulebooks that were named, on the day that was named', async () => {
    const { app } = await testApp({ inspector: inProcess });
    const id = 'cn-gb45438-2025';
    const answer = await upload(app, [
      part('labels/png-gb45438-xmp.png', 'image/png'),
      { name: 'rulebooks', content: ` ${id}, ${id}` },
      { name: 'asOf', content: '2024-02-29' },
    ]);
    const { report } = answer.json<{ report: LocalizedReport }>();
    expect(new Set(report.findings.map(({ rulebook }) => rulebook))).toEqual(new Set([id]));
    expect(report.law?.map(({ jurisdiction }) => jurisdiction)).toEqual(['CN']);
    expect(report.tool.asOf).toBe('2024-02-29');
    expect(new Set(report.findings.map(({ outcome }) => outcome))).toContain('not-in-force');
  });

  it('is saved as JSON whatever the client prefers, and its manifests where it has some', async () => {
    const { app } = await testApp({ inspector: inProcess });
    for (const [path, type, hasManifests] of [
      ['c2pa/png-c2pa-intact.png', 'image/png', true],
      ['labels/png-gb45438-xmp.png', 'image/png', false],
    ] as const) {
      const location = String((await upload(app, [part(path, type)], { headers: BROWSER })).headers.location);
      const { body } = await app.inject({ url: location });
      const links = [...body.matchAll(/href="([^"]+)" download="assay-(?:report|manifests)\.json"/g)].map(
        ([, to]) => to,
      );
      expect(links).toEqual([
        `/v1${location}/report.json`,
        ...(hasManifests ? [`/v1${location}/crjson`] : []),
      ]);
      const saved = await app.inject({ url: `/v1${location}/report.json`, headers: BROWSER });
      expect(isReport.Check(saved.json())).toBe(true);
      expect(saved.headers['content-disposition']).toBe('attachment; filename="assay-report.json"');
    }
    expect((await app.inject({ url: '/v1/inspections/none/report.json' })).statusCode).toBe(404);
  });

  it('shows the report’s sentence on its page, and markup from a file as text', async () => {
    const { app } = await testApp({ inspector: inProcess });
    const hostile = part('hostile/png-hostile-text.png', 'image/png');
    const posted = await upload(app, [hostile], { headers: BROWSER });
    const location = String(posted.headers.location);
    const { body } = await app.inject({ url: location });
    const { report } = (await app.inject({ url: `/v1${location}` })).json<{ report: LocalizedReport }>();
    expect(body.replaceAll(/<[^>]*>/g, '')).toContain(report.summary.sentence);
    const ours = /<script src="\/assets\/[a-z]+\.js" type="module"><\/script>|<svg class="icon" /g;
    expect(body.replaceAll(ours, '')).not.toMatch(/<(script|img|iframe|svg|style)\b/);
    expect(body).not.toMatch(/ on\w+=| style=/);
  });

  it('offers every rulebook in the form', async () => {
    const { app } = await testApp();
    const { body } = await app.inject({ url: '/' });
    for (const id of listRulebookIds()) expect(body).toContain(`<option value="${id}">`);
  });
});

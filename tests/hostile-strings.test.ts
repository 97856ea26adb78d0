import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { carrying } from '../fixtures/build/carrying.js';
import { HOSTILE } from '../fuzz/hostile-texts.js';
import type { StoredReport } from '../src/core/report/report.js';
import { createInspector } from '../src/inspect/pool/create-inspector.js';
import { assayHere } from './cli/run-here.js';
import { assay } from './cli/spawn-assay.js';
import { RAW_UNSEEN } from './core/renderers/hostile.js';
import { renderHtml } from './core/renderers/rendered.js';
import { multipart, testApp } from './http/harness.js';
import { describeWith } from './support/system-parts.js';
import { share, WHOLE } from './support/whole.js';

/** Runs hostile strings in every field of every container and in the file's name through the real entry points. */

const PER_KIND = WHOLE ? 3 : 1;
/** A JPEG segment holds no more. */
const MOST_CHARACTERS = 1_000;
const [HTML, ...OTHERS] = Object.values(HOSTILE);
const TEXTS = [HTML ?? [], ...share(OTHERS, 2)].flatMap((list) =>
  list.slice(0, PER_KIND).map((text) => text.slice(0, MOST_CHARACTERS)),
);
/** Characters that Linux does not allow in names; nothing else is filtered. */
const nameOf = (text: string) => Buffer.from(text.replace(/[/\0]/g, '_')).subarray(0, 200);

let folder: string;
const files: string[] = [];
let reports: StoredReport[];
let stdout: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'assay-words-'));
  for (const [index, text] of TEXTS.entries()) {
    const made = await carrying({ text, person: text, serial: text, prompt: text });
    mkdirSync(join(folder, String(index)));
    for (const { ending, bytes } of made) {
      const name = `${nameOf(text).toString('utf8')}.${ending}`;
      writeFileSync(join(folder, String(index), name), bytes);
    }
    for (const name of readdirSync(join(folder, String(index))))
      files.push(join(folder, String(index), name));
  }
  const ran = await assay(['inspect', '--json', '--as-of', '2026-11-01', '--', ...files]);
  expect(ran).toMatchObject({ code: 0, stderr: '' });
  stdout = ran.stdout;
  reports = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}, 600_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('words of a file that are meant for whoever comes after', () => {
  it('reach the report, so that this is a test of something', () => {
    const script = HOSTILE.html[0] ?? '';
    const told = reports.filter((report) =>
      JSON.stringify(report.signals).includes(JSON.stringify(script).slice(1, -1)),
    );
    const types = new Set(told.map(({ asset }) => asset.mediaType));
    expect(types.size).toBeGreaterThanOrEqual(8);
  });

  it('stay on their line of NDJSON, whatever splits the lines, and polluted no prototype', () => {
    expect(reports).toHaveLength(files.length);
    expect(stdout).not.toMatch(/[^\P{Cc}\n]|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
    expect(reports.every(({ schema }) => schema === 'assay.report/1')).toBe(true);
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(({} as Record<string, unknown>)['a']).toBeUndefined();
  });

  it('move no cursor of a terminal', async () => {
    const shown = files.filter((_, index) => index % 7 === 0);
    const {
      code,
      stdout: text,
      stderr,
    } = await assayHere(['inspect', '--', ...shown, join(folder, 'no\u001b[2Jwhere')]);
    expect(code).toBe(3);
    expect(text).not.toMatch(RAW_UNSEEN);
    expect(stderr).not.toMatch(RAW_UNSEEN);
    const fields = await assayHere([
      'inspect',
      '--evidence',
      '--reveal',
      'location,serial,names',
      '--',
      ...shown,
    ]);
    expect(fields.stdout).toContain('Metadata, field by field');
    expect(fields.stdout).not.toMatch(RAW_UNSEEN);
  });
});

const PER_PAGE = 60;
/** Elements and attributes that no report contains, with their values. */
const FOREIGN = `[...document.querySelectorAll('article.report *')]
  .filter((one) => one.matches('script,img,iframe,object,embed,link,meta,base,form,input,button,style,video,audio') ||
    [...one.attributes].some(({ name, value }) => name.startsWith('on') || /^\\s*(javascript|data):/i.test(value)))
  .map((one) => one.outerHTML.slice(0, 200))`;

describeWith('chromium', 'the page of such a report', (executablePath) => {
  it('runs nothing and asks nobody, even where no policy forbids it', async () => {
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'], timeout: 120_000 });
    try {
      const page = await browser.newPage();
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      for (let at = 0; at < reports.length; at += PER_PAGE) {
        // The rules' own texts are most of a page, and contain nothing from a file.
        const some = reports.slice(at, at + PER_PAGE).map((report) => ({ ...report, findings: [] }));
        const html = `<!doctype html>${some.map((report) => renderHtml(report)).join('\n')}`;
        await page.setContent(html, { timeout: 120_000 });
        expect(await page.locator('article.report').count()).toBe(some.length);
        expect(await page.evaluate('globalThis.__assayRan')).toBeUndefined();
        expect(await page.evaluate(FOREIGN)).toEqual([]);
      }
      expect(asked).toEqual([]);
    } finally {
      await browser.close();
    }
  });
});

describe('the service', () => {
  it('gives such a name back as data, and its log is whole lines that do not hold it', async () => {
    const log: string[] = [];
    const inspector = createInspector({ jobs: 1 });
    try {
      const { app } = await testApp({
        inspector,
        env: { ASSAY_LOG_LEVEL: 'trace' },
        log: { write: (line) => log.push(line) },
      });
      const kinds = Object.values(HOSTILE).map((list) => list[0] ?? '');
      for (const text of kinds) {
        const [{ bytes } = { bytes: Buffer.alloc(0) }] = await carrying({
          text: text.slice(0, 500),
          person: 'n',
          serial: 's',
          prompt: 'p',
        });
        const filename = `${text.slice(0, 60).replace(/["\r\n\\]/g, '_')}.png`;
        const { payload, headers } = multipart([
          { name: 'file', filename, type: 'image/png', content: bytes },
        ]);
        const answer = await app.inject({
          method: 'POST',
          url: '/v1/inspections',
          payload,
          headers: { ...headers, accept: 'application/json' },
        });
        expect(answer.statusCode).toBe(201);
        expect(JSON.stringify(answer.headers)).not.toMatch(/__assayRan|canary|\\u001b/);
        const page = await app.inject({
          url: String(answer.headers.location).replace('/v1', ''),
          headers: { accept: 'text/html' },
        });
        expect(page.body).not.toMatch(/<script>globalThis|<img src=x|<iframe srcdoc/);
      }
      for (const line of log) {
        expect(line.endsWith('\n')).toBe(true);
        expect(line.slice(0, -1)).not.toMatch(/[\n\r\u2028\u2029\u0085]/);
        JSON.parse(line);
      }
      expect(log.join('')).not.toMatch(/__assayRan|canary|HYPERLINK|DROP TABLE|gpj/);
    } finally {
      await inspector.close();
    }
  });
});

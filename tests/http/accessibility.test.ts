import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import type { Report } from '../../src/core/report.js';
import { chain, listed, marked } from '../renderers/credentials-literal.js';
import { fullEvidence } from '../renderers/evidence-literal.js';
import { fullReport, reportOf } from '../renderers/report-literal.js';
import { describeWith } from '../system-parts.js';
import { SLOW_MACHINE_MILLIS } from './browser-pages.js';
import { testApp } from './harness.js';
import { BYTES } from './tus.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PICTURE = { name: 'picture.png', mimeType: 'image/png', buffer: Buffer.from('bytes') };

/** A batch of one file that waits; the address of its page. */
async function batchAt(address: string): Promise<string> {
  const begun = await fetch(`${address}/v1/uploads`, {
    method: 'POST',
    headers: { 'tus-resumable': '1.0.0', 'upload-length': '5', 'content-type': BYTES },
    body: 'bytes',
  });
  const upload = String(begun.headers.get('location')).split('/').at(-1);
  const made = await fetch(`${address}/v1/batches`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ items: [{ upload }], caseRef: 'story' }),
  });
  const { links } = (await made.json()) as { links: { page: string } };
  return links.page;
}

const REPORTS: Readonly<Record<string, Report>> = {
  full: fullReport(),
  listed: reportOf({ contentCredentials: listed, signals: marked }),
  'long history': reportOf({ contentCredentials: chain(9) }),
  nothing: reportOf(),
};

describeWith('chromium', 'WCAG 2.2 AA, as axe tells it', (executablePath) => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath,
      args: ['--no-sandbox'],
      timeout: SLOW_MACHINE_MILLIS,
    });
  });
  afterAll(() => browser.close());

  async function open(options: BrowserContextOptions, report: Report = reportOf()): Promise<[Page, string]> {
    const test = await testApp({
      inspector: {
        inspect: async ({ asOf }, takers) => {
          takers?.takeEvidence?.(fullEvidence());
          return { ...report, tool: { ...report.tool, asOf } };
        },
        close: async () => {},
      },
    });
    const address = await test.app.listen({ port: 0, host: '127.0.0.1' });
    const context = await browser.newContext(options);
    onTestFinished(() => context.close());
    context.setDefaultTimeout(SLOW_MACHINE_MILLIS);
    return [await context.newPage(), address];
  }

  /** Everything unfolded: what is hidden is not looked at. `evaluate` is not bound by the page's policy. */
  async function violations(page: Page): Promise<string[]> {
    await page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })");
    await page.evaluate(AXE);
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    return page.evaluate(
      `axe.run({ runOnly: ${JSON.stringify(tags)} }).then(({ violations, passes }) => passes.length < 10 ? ['hardly anything was looked at'] : violations.map(({ id, nodes }) => id + ': ' + nodes.slice(0, 3).map(({ html, failureSummary }) => html + ' ' + failureSummary).join(' | ')))`,
    );
  }

  async function upload(page: Page, address: string, language: string): Promise<void> {
    await page.goto(`${address}/?lang=${language}`);
    await page.locator('#file').setInputFiles(PICTURE);
    await page.locator('form.upload button[type=submit]').click();
    await page.waitForURL(/\/inspections\//);
  }

  it.each([
    ['light', 1_200, 'en'],
    ['dark', 320, 'en'],
    ['light', 320, 'zh-Hans'],
    ['dark', 1_200, 'zh-Hans'],
  ] as const)(
    'form, error and what stands behind a problem: %s, %d px, %s',
    async (colorScheme, width, language) => {
      const [page, address] = await open({ colorScheme, viewport: { width, height: 800 } });
      const batch = await batchAt(address);
      for (const path of ['/', '/?deleted', '/nowhere', '/problems/too-large', '/batches', batch]) {
        await page.goto(`${address}${path}${path.includes('?') ? '&' : '?'}lang=${language}`);
        expect(await violations(page)).toEqual([]);
      }
    },
  );

  it.each(
    Object.keys(REPORTS).flatMap((name, at) => [
      [name, 'light', at % 2 === 0 ? 1_200 : 320, 'en'] as const,
      [name, 'dark', at % 2 === 0 ? 320 : 1_200, 'zh-Hans'] as const,
    ]),
  )('a report: %s, %s, %d px, %s', async (name, colorScheme, width, language) => {
    const [page, address] = await open({ colorScheme, viewport: { width, height: 800 } }, REPORTS[name]);
    await upload(page, address, language);
    expect(await violations(page)).toEqual([]);
  });

  it('by keyboard alone: to a rule, to the signal that decided it, and back to its places', async () => {
    const [page, address] = await open({ viewport: { width: 800, height: 600 } }, fullReport());
    await upload(page, address, 'en');
    const jump = page.locator('table.rules a[href^="#signal-"]').first();
    await jump.focus();
    await page.keyboard.press('Enter');
    // The browser unfolds what holds the target.
    expect(await page.locator('details.technical').first().getAttribute('open')).not.toBeNull();
    const signal = page.locator(':target');
    expect(await signal.isVisible()).toBe(true);
    await page.keyboard.press('Tab');
    const next = await page.evaluate('document.activeElement.getAttribute("href")');
    expect(next).toMatch(/^#place-\d+$/);
    await page.keyboard.press('Enter');
    expect(await page.evaluate('location.hash')).toBe(next);
  });

  it('forced colours keep marks, borders and focus; nothing moves; print unfolds and leaves controls out', async () => {
    const [page, address] = await open(
      { forcedColors: 'active', reducedMotion: 'reduce', viewport: { width: 800, height: 600 } },
      fullReport(),
    );
    await upload(page, address, 'en');
    expect(await page.evaluate('getComputedStyle(document.querySelector(".mark")).color')).not.toBe(
      'rgba(0, 0, 0, 0)',
    );
    const moving = await page.evaluate(
      '[...document.querySelectorAll("*")].filter((one) => { const s = getComputedStyle(one); return s.animationName !== "none" || Number.parseFloat(s.transitionDuration) > 0; }).length',
    );
    expect(moving).toBe(0);
    await page.emulateMedia({ media: 'print', forcedColors: 'none' });
    expect(await page.locator('.actions').isVisible()).toBe(false);
    expect(await page.locator('nav').isVisible()).toBe(false);
    expect(await page.locator('details.technical dd').first().isVisible()).toBe(true);
  });
});

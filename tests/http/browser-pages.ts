import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import type { EvidenceView } from '../../src/core/report/evidence-view.js';
import type { StoredReport } from '../../src/core/report/report.js';
import type { Inspector } from '../../src/inspect/pool/inspector.js';
import { endContexts } from '../support/async-contexts.js';
import { describeWith } from '../support/system-parts.js';
import { type TestApp, testApp } from './harness.js';

/** The library's default of 30 s is short on a busy machine. */
const SLOW_MACHINE_MILLIS = 120_000;
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * Chromium features that are disabled. The first two are pages behind its address bar: it reloads both for each opened
 * page, even in headless mode, which takes half a second of processor time. The others are the library's own defaults,
 * which this list replaces: features that contact hosts on the network, or that load a page later or otherwise than its
 * script expects.
 */
const WITHOUT = [
  ...['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup'],
  ...['AimEnabled', 'HttpsUpgrades', 'HttpsFirstBalancedModeAutoEnable', 'LensOverlay', 'MediaRouter'],
  ...['NetworkTimeServiceQuerying', 'OptimizationHints', 'PreconnectToSearch'],
  ...['AvoidCorsURLLoaderRestartOnRedirect', 'AvoidUnnecessaryBeforeUnloadCheckSync'],
  ...['DestroyProfileOnBrowserClose', 'PaintHolding', 'ThirdPartyStoragePartitioning'],
];

export const PICTURE = { name: 'picture.png', mimeType: 'image/png', buffer: Buffer.from('bytes') };

export interface Visit {
  page: Page;
  test: TestApp;
  address: string;
  /** Errors that the browser reported, including violations of the content security policy. */
  complaints: string[];
  /** Hosts that the browser contacted. */
  hosts: Set<string>;
}

export type Open = (options?: BrowserContextOptions, over?: Parameters<typeof testApp>[0]) => Promise<Visit>;

/** Registers a suite in Debian's Chromium. */
export function describeInBrowser(name: string, define: (open: Open) => void): void {
  describeWith('chromium', name, (executablePath) => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await chromium.launch({
        executablePath,
        args: ['--no-sandbox', `--disable-features=${WITHOUT}`],
        timeout: SLOW_MACHINE_MILLIS,
      });
    });
    afterAll(async () => {
      await browser.close();
      endContexts();
    });
    define(async (options = {}, over = {}) => {
      const test = await testApp(over);
      const address = await test.app.listen({ port: 0, host: '127.0.0.1' });
      const context = await browser.newContext(options);
      onTestFinished(() => context.close());
      context.setDefaultTimeout(SLOW_MACHINE_MILLIS);
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(error.message));
      const hosts = new Set<string>();
      page.on('request', (request) => hosts.add(new URL(request.url()).host));
      return { page, test, address, complaints, hosts };
    });
  });
}

/** Returns an inspector that gives this Report, and this evidence view, for any file. */
export const tells = (report: StoredReport, evidence?: EvidenceView): Inspector => ({
  inspect: async ({ asOf }, takers) => {
    if (evidence !== undefined) takers?.onEvidence?.(evidence);
    return { ...report, tool: { ...report.tool, asOf } };
  },
  close: async () => {},
});

/** Submits the form and opens the report's page. With scripts, choosing a file submits it, and there is no button. */
export async function upload(page: Page, address: string, language = 'en'): Promise<void> {
  await page.goto(`${address}/?lang=${language}`);
  const button = page.locator('form.upload button[type=submit]');
  const byHand = await button.isVisible();
  await page.locator('#file').setInputFiles(PICTURE);
  if (byHand) await button.click();
  await page.waitForURL(/\/inspections\//);
}

/**
 * Returns the WCAG 2.2 AA violations that axe finds, with everything expanded. `evaluate` is not bound by the page's
 * policy.
 */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })");
  await page.evaluate(AXE);
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  return page.evaluate(
    `axe.run({ runOnly: ${JSON.stringify(tags)} }).then(({ violations, passes }) => passes.length < 10 ? ['hardly anything was looked at'] : violations.map(({ id, nodes }) => id + ': ' + nodes.slice(0, 3).map(({ html, failureSummary }) => html + ' ' + failureSummary).join(' | ')))`,
  );
}

/** Returns the width of the page in CSS pixels. */
export const width = (page: Page): Promise<number> => page.evaluate('document.documentElement.scrollWidth');

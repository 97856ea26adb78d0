import { expect, it } from 'vitest';
import type { StoredReport } from '../../src/core/report/report.js';
import { message } from '../../src/i18n/message.js';
import { chain, listed, marked } from '../core/renderers/credentials-literal.js';
import { fullEvidence } from '../core/renderers/evidence-literal.js';
import { fullReport, reportOf, toldReport } from '../core/renderers/report-literal.js';
import { fetched } from '../support/fetched.js';
import { share } from '../support/whole.js';
import { describeInBrowser, tells, upload, violations, width } from './browser-pages.js';
import { BYTES } from './tus.js';

/** Creates a batch of one waiting file; returns the address of its page. */
async function batchAt(address: string): Promise<string> {
  const begun = await fetched(`${address}/v1/uploads`, {
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

/** Returns a report with cards, one of them encrypted and without a name, and some of them collapsed. */
function holdingReport(): StoredReport {
  const { parts: _, ...told } = toldReport();
  const part = { kind: 'attachment', offset: 0, bytes: 2_000, locator: 'p', signed: 'no-signature' } as const;
  const outcome = { format: 'JPEG', kind: 'image' as const, labels: [], coverage: 'complete' as const };
  return {
    ...told,
    parts: [
      { ...part, kind: 'primary' },
      {
        ...part,
        name: 'a-name-of-a-picture-without-any-place-to-break.jpg',
        outcome: {
          ...outcome,
          origin: 'ai-generated',
          backing: 'valid',
          messages: {
            headline: message('headline.generated', {
              what: 'this',
              by: 'other',
              tool: message('text.asWritten', { text: '' }),
            }),
          },
          presence: 'present',
          integrity: 'intact',
          signer: { name: 'Example Studio', trust: 'unlisted' },
        },
      },
      {
        ...part,
        kind: 'member',
        code: 'part.encrypted',
        messages: { reason: message('fault.part.encrypted') },
      },
      { ...part, kind: 'gain-map', outcome: { ...outcome, origin: 'none', presence: 'absent' } },
    ],
  };
}

const REPORTS: Readonly<Record<string, StoredReport>> = {
  full: fullReport(),
  listed: reportOf({ contentCredentials: listed, signals: marked }),
  'long history': reportOf({ contentCredentials: chain(9) }),
  nothing: reportOf(),
  told: toldReport(),
  holding: holdingReport(),
};

const withEvidence = (report: StoredReport) => ({ inspector: tells(report, fullEvidence()) });

describeInBrowser('WCAG 2.2 AA, as axe tells it', (open) => {
  it.each(
    share(
      [
        ['light', 1_200, 'en'],
        ['dark', 320, 'en'],
        ['light', 320, 'zh-Hans'],
        ['dark', 1_200, 'zh-Hans'],
      ] as const,
      3,
    ),
  )('form, error and what stands behind a problem: %s, %d px, %s', async (colorScheme, width, language) => {
    const { page, address } = await open({ colorScheme, viewport: { width, height: 800 } });
    const batch = await batchAt(address);
    for (const path of ['/', '/?deleted', '/nowhere', '/problems/too-large', '/batches', batch]) {
      await page.goto(`${address}${path}${path.includes('?') ? '&' : '?'}lang=${language}`);
      expect(await violations(page)).toEqual([]);
    }
  });

  it.each(
    share(
      Object.entries(REPORTS).flatMap(([name, report], at) => [
        [name, 'light', at % 2 === 0 ? 1_200 : 320, 'en', report] as const,
        [name, 'dark', at % 2 === 0 ? 320 : 1_200, 'zh-Hans', report] as const,
      ]),
      6,
    ),
  )('a report: %s, %s, %d px, %s', async (_name, colorScheme, width, language, report) => {
    const { page, address } = await open(
      { colorScheme, viewport: { width, height: 800 } },
      withEvidence(report),
    );
    await upload(page, address, language);
    expect(await violations(page)).toEqual([]);
  });

  it.each(
    share(
      [
        ['light', 1_200, 'en'],
        ['dark', 320, 'zh-Hans'],
      ] as const,
      2,
    ),
  )('what explains, signing in, a saved report: %s, %d px, %s', async (colorScheme, wide, language) => {
    const { page, address, complaints } = await open(
      { colorScheme, viewport: { width: wide, height: 800 } },
      withEvidence(toldReport()),
    );
    await upload(page, address, language);
    const report = `${address}/v1${new URL(page.url()).pathname}/report.html?lang=${language}`;
    // A term of the report links to its explanation, reachable by keyboard, and the explanation becomes visible.
    const word = page.locator('.explained a.term').first();
    await word.focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/glossary/);
    expect(await page.locator(':target dfn').isVisible()).toBe(true);
    expect(await violations(page)).toEqual([]);
    expect(await width(page)).toBeLessThanOrEqual(wide);
    for (const path of ['/api', '/sign-in']) {
      await page.goto(`${address}${path}?lang=${language}`);
      expect(await violations(page), path).toEqual([]);
      expect(await width(page), path).toBeLessThanOrEqual(wide);
    }
    expect(complaints).toEqual([]);
    const saved = await (await fetch(report)).text();
    await page.goto('about:blank');
    await page.setContent(saved);
    expect(await violations(page)).toEqual([]);
    expect(await page.locator('h1').count()).toBe(1);
  });

  it('the documentation of the API, a foreign page, begins with the way back', async () => {
    const { page, address } = await open({ viewport: { width: 800, height: 600 } });
    await page.goto(`${address}/docs/`);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/api\?lang=en/);
    expect(await page.locator('h1').textContent()).toContain('API');
  });

  it('by keyboard alone: to a rule, to the signal that decided it, and back to its places', async () => {
    const { page, address } = await open(
      { viewport: { width: 800, height: 600 } },
      withEvidence(fullReport()),
    );
    await upload(page, address, 'en');
    await page.locator('details.dossier > summary').focus();
    await page.keyboard.press('Enter');
    const jump = page.locator('table.rules a[href^="#signal-"]').first();
    await jump.focus();
    await page.keyboard.press('Enter');
    // The browser opens the element that contains the target.
    await page.locator('details.technical[open]').first().waitFor();
    const signal = page.locator(':target');
    await signal.waitFor();
    await page.keyboard.press('Tab');
    const next = await page.evaluate('document.activeElement.getAttribute("href")');
    expect(next).toMatch(/^#place-\d+$/);
    await page.keyboard.press('Enter');
    expect(await page.evaluate('location.hash')).toBe(next);
  });

  it('forced colours keep marks, borders and focus; nothing moves; print unfolds and leaves controls out', async () => {
    const { page, address } = await open(
      { forcedColors: 'active', reducedMotion: 'reduce', viewport: { width: 800, height: 600 } },
      withEvidence(fullReport()),
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

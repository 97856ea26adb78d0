import { expect, it } from 'vitest';
import { fullReport } from '../core/renderers/report-literal.js';
import { share } from '../support/whole.js';
import { describeInBrowser, tells, upload, violations, width } from './browser-pages.js';

describeInBrowser('sharing in a browser', (open) => {
  it('makes a link, opens it elsewhere, and revokes it, without script', async () => {
    const { page, address, complaints } = await open({ javaScriptEnabled: false });
    await upload(page, address);
    await page.getByRole('link', { name: 'Share this report' }).click();
    await page.getByLabel('The link works for').selectOption('30');
    await page.getByRole('button', { name: 'Make the link' }).click();
    const link = await page.getByLabel('Link', { exact: true }).inputValue();
    expect(link).toMatch(/\/s\/[a-z2-9]{32}$/);

    const other = await page.context().browser()?.newContext();
    const visitor = await other?.newPage();
    if (other === undefined || visitor === undefined) throw new Error('no second browser');
    await visitor.goto(link);
    expect(await visitor.locator('article.report').count()).toBe(1);
    expect(await visitor.locator('.notice').textContent()).toContain('Somebody shared this report with you.');
    await visitor.getByRole('link', { name: '中文' }).click();
    expect(await visitor.locator('html').getAttribute('lang')).toBe('zh-Hans');
    expect(await visitor.locator('a[href^="/inspections"], form').count()).toBe(0);

    await page.getByRole('button', { name: /^Revoke the link made on / }).click();
    expect(await page.getByRole('status').textContent()).toContain('The link was revoked.');
    expect((await visitor.goto(link))?.status()).toBe(404);
    await other.close();
    expect(complaints).toEqual([]);
  });

  it.each(
    share(
      [
        ['light', 1_200, 'en'],
        ['dark', 320, 'zh-Hans'],
      ] as const,
      2,
    ),
  )('axe finds nothing, and it fits: %s, %d px, %s', async (colorScheme, wide, language) => {
    const { page, address } = await open(
      { colorScheme, viewport: { width: wide, height: 800 } },
      { inspector: tells(fullReport()) },
    );
    await upload(page, address, language);
    await page.locator('a[href*="/share"]').click();
    expect(await violations(page)).toEqual([]);
    expect(await width(page)).toBeLessThanOrEqual(wide);
    await page.locator('form.share button').click();
    const link = await page.locator('#link').inputValue();
    expect(await violations(page)).toEqual([]);
    expect(await width(page)).toBeLessThanOrEqual(wide);
    await page.goto(link);
    expect(await violations(page)).toEqual([]);
    expect(await width(page)).toBeLessThanOrEqual(wide);
  });

  it('by keyboard: the new link has the focus, ready to be copied', async () => {
    const { page, address } = await open({ permissions: ['clipboard-read', 'clipboard-write'] });
    await upload(page, address);
    await page.getByRole('link', { name: 'Share this report' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Make the link' }).focus();
    await page.keyboard.press('Enter');
    await page.locator('#link').waitFor();
    await page.locator('#link:focus').waitFor();
    // The script adds the next tab stop.
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText('Copied.').waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(
      await page.locator('#link').inputValue(),
    );
  });
});

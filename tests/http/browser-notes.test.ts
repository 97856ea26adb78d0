import { expect, it } from 'vitest';
import { share } from '../support/whole.js';
import { describeInBrowser, upload, violations, width } from './browser-pages.js';

describeInBrowser('notes in a browser', (open) => {
  it('are written by keyboard alone, without script, and read below the report', async () => {
    const { page, address, complaints } = await open({ javaScriptEnabled: false });
    await upload(page, address);
    await page.getByText('Add a note').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Called the photographer.');
    await page.keyboard.press('Enter');
    await page.keyboard.type('She sent the original.');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL(/#notes$/);
    expect(await page.locator('.notes blockquote').innerHTML()).toBe(
      'Called the photographer.<br>She sent the original.',
    );
    expect(await page.locator('.notes .by').textContent()).toContain('Note by a person, not by Assay');
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
  )('axe finds nothing, with a note and with a fault: %s, %d px, %s', async (colorScheme, wide, language) => {
    const { page, address } = await open({ colorScheme, viewport: { width: wide, height: 800 } });
    await upload(page, address, language);
    await page.locator('details.note summary').click();
    await page.locator('#note').fill(`${'long'.repeat(60)} note`);
    await page.locator('details.note button').click();
    await page.locator('.notes').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.locator('#note').fill('\u200e');
    // The check of axe opened the panel of actions, which covers the button on a phone.
    await page.locator('details.note button').press('Enter');
    await page.locator('#note-error').waitFor();
    // The focus is set after the page has loaded.
    await page.locator('#note:focus').waitFor();
    expect(await violations(page)).toEqual([]);
    expect(await width(page)).toBeLessThanOrEqual(wide);
  });
});

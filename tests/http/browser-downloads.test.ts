import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { describeInBrowser, upload } from './browser-pages.js';

describeInBrowser('what a report page gives to take along', (open) => {
  it('is what each button says, though a browser asks for pages', async () => {
    const { page, address } = await open({ acceptDownloads: true });
    await upload(page, address);
    await page.getByText('More', { exact: true }).click();
    const saved = async (name: string): Promise<string> => {
      const button = page.locator(`a[download="${name}"]`);
      await button.waitFor();
      const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
      expect(await download.failure()).toBeNull();
      return readFileSync(await download.path(), 'latin1');
    };
    expect(JSON.parse(await saved('assay-report.json'))).toMatchObject({ schema: 'assay.report/1' });
    expect(await saved('assay-report.html')).toMatch(/^<!doctype html>/i);
    expect(await saved('assay-report.pdf')).toMatch(/^%PDF-/);
  });
});

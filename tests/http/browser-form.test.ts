import { expect, it } from 'vitest';
import { describeInBrowser, PICTURE, violations, width } from './browser-pages.js';

const file = (name: string, bytes: number) => ({ ...PICTURE, name, buffer: Buffer.alloc(bytes, 1) });

describeInBrowser('the form in a browser', (open) => {
  it('comes back without script with the fault beside its field, focused, and what was chosen', async () => {
    const { page, address } = await open({ javaScriptEnabled: false });
    await page.goto(address);
    await page.getByText('Law and date').click();
    await page.getByLabel('Law of which place').selectOption('CN');
    await page.locator('#file').setInputFiles(file('empty.png', 0));
    await page.getByRole('button', { name: 'Inspect the file' }).click();
    await page.locator('#file-error').waitFor();
    expect(await page.getByRole('alert').textContent()).toContain('This file is empty');
    await page.locator('#file:focus').waitFor();
    expect(await page.getByLabel('Law of which place').inputValue()).toBe('CN');
    expect(await page.title()).toMatch(/^Not inspected/);
    await page.locator('#file').setInputFiles(PICTURE);
    await page.getByRole('button', { name: 'Inspect the file' }).click();
    await page.waitForURL(/\/inspections\//);
  });

  it.each([
    ['light', 1_200, 'en'],
    ['dark', 320, 'zh-Hans'],
  ] as const)(
    'axe finds nothing in the guide and in a fault: %s, %d px, %s',
    async (colorScheme, wide, language) => {
      const { page, address } = await open({ colorScheme, viewport: { width: wide, height: 800 } });
      await page.goto(`${address}/?lang=${language}`);
      expect(await page.locator('.first-use').count()).toBe(1);
      expect(await violations(page)).toEqual([]);
      expect(await width(page)).toBeLessThanOrEqual(wide);
      await page.locator('#file').setInputFiles(file('empty.png', 0));
      await page.locator('form.upload button').click();
      await page.locator('#file-error:not([hidden])').waitFor();
      expect(await violations(page)).toEqual([]);
      expect(await width(page)).toBeLessThanOrEqual(wide);
    },
  );

  it('opens a sample’s report at one press of a key, without script', async () => {
    const { page, address, test } = await open({ javaScriptEnabled: false });
    await page.goto(`${address}/?lang=zh-Hans`);
    await page.getByRole('button', { name: '带标识的视频' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/inspections\/.*lang=zh-Hans$/);
    expect(test.inspector.requests[0]?.name).toBe('labelled-video.mp4');
  });

  it('sends several files one after another and links each report', async () => {
    const { page, address, complaints, test } = await open({}, { env: { ASSAY_MAX_UPLOAD_BYTES: '1kB' } });
    await page.goto(`${address}/?lang=zh-Hans`);
    await page.getByText('规则与日期').click();
    await page.locator('#asOf').fill('2026-08-02');
    const files = [file('one.png', 3), file('large.png', 1_001), file('empty.png', 0), file('<b>two.png', 4)];
    await page.locator('#file').setInputFiles(files);
    await page.locator('form.upload button').click();
    await page.getByText('已完成 4/4 个文件。').waitFor();
    const items = await page.locator('.queue li').allTextContents();
    expect(items.map((text) => text.trim())).toEqual([
      'one.png  已完成 打开报告',
      expect.stringContaining('此文件超过此服务器可接受的大小'),
      expect.stringContaining('此文件为空'),
      '<b>two.png  已完成 打开报告',
    ]);
    expect(test.inspector.requests.map(({ name, asOf }) => [name, asOf])).toEqual([
      ['one.png', '2026-08-02'],
      ['<b>two.png', '2026-08-02'],
    ]);
    expect(await violations(page)).toEqual([]);
    await page.getByRole('link', { name: '打开报告: one.png' }).click();
    await page.waitForURL(/\/inspections\/[0-9a-f-]{36}\?lang=zh-Hans$/);
    // The browser itself writes down that the empty file was refused.
    expect(complaints.filter((one) => !one.includes('status of 400'))).toEqual([]);
  });

  it('takes no manifest file for several files', async () => {
    const { page, address, test } = await open();
    await page.goto(address);
    await page.getByText('Content Credentials kept elsewhere').click();
    await page.locator('#sidecar').setInputFiles(file('a.c2pa', 3));
    await page.locator('#file').setInputFiles([file('one.png', 3), file('two.png', 4)]);
    await page.locator('form.upload button').click();
    expect(await page.locator('#file-error').textContent()).toContain('A manifest file goes with one file');
    await page.locator('#file:focus').waitFor();
    expect(test.inspector.requests).toEqual([]);
  });

  it('waits and asks again where the server is busy', async () => {
    const { page, address } = await open();
    let asked = 0;
    await page.route('**/v1/inspections', async (route) => {
      asked += 1;
      if (asked > 1) await route.continue();
      else await route.fulfill({ status: 503, headers: { 'retry-after': '1' }, body: '{}' });
    });
    await page.goto(address);
    await page.locator('#file').setInputFiles([file('one.png', 3), file('two.png', 4)]);
    await page.locator('form.upload button').click();
    await page.getByText('2 of 2 files are done.').waitFor();
    expect(asked).toBe(3);
    expect(await page.locator('.queue a').count()).toBe(2);
  });
});

import { expect, it } from 'vitest';
import { fullReport } from '../renderers/report-literal.js';
import { describeInBrowser, PICTURE, tells, width } from './browser-pages.js';

describeInBrowser('in a browser', (open) => {
  it('the form works without script and lands on the report', async () => {
    const { page, address, test, complaints } = await open({ javaScriptEnabled: false });
    await page.goto(address);
    await page.getByLabel('Photo, video or sound file').setInputFiles(PICTURE);
    await page.getByRole('button', { name: 'Inspect the file' }).click();
    await page.waitForURL(/\/inspections\/[0-9a-f-]{36}$/);
    expect(await page.locator('article.report').count()).toBe(1);
    expect(test.uploads()).toEqual([]);
    expect(complaints).toEqual([]);
    await page.getByRole('button', { name: 'Delete this report' }).click();
    await page.waitForURL(/\/\?deleted/);
    expect(await page.getByRole('status').first().textContent()).toBe('The report was deleted.');
  });

  it('the form with script says what goes on and takes a dropped file', async () => {
    const { page, address, complaints } = await open({}, { env: { ASSAY_MAX_UPLOAD_BYTES: '1kB' } });
    await page.goto(address);
    const progress = page.locator('.progress');
    const input = page.getByLabel('Photo, video or sound file');
    await input.setInputFiles({ ...PICTURE, buffer: Buffer.alloc(1001) });
    const fault = page.locator('#file-error');
    expect(await fault.textContent()).toContain('larger than this server takes');
    expect(await input.getAttribute('aria-invalid')).toBe('true');
    await page.getByRole('button', { name: 'Inspect the file' }).click();
    expect(new URL(page.url()).pathname).toBe('/');

    await page.evaluate(`{
        const data = new DataTransfer();
        data.items.add(new File(['bytes'], 'dropped.png', { type: 'image/png' }));
        const drop = document.querySelector('.drop');
        for (const type of ['dragenter', 'dragover', 'drop']) drop.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
      }`);
    expect(await input.evaluate('document.querySelector("#file").files[0].name')).toBe('dropped.png');
    expect(await fault.isVisible()).toBe(false);
    expect(await progress.textContent()).toBe('Ready to be inspected: dropped.png');

    await page.evaluate(`{
        const data = new DataTransfer();
        data.items.add(new File(['more'], 'pasted.png', { type: 'image/png' }));
        document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
      }`);
    expect(await input.evaluate('document.querySelector("#file").files[0].name')).toBe('pasted.png');
    await page.getByRole('button', { name: 'Inspect the file' }).click();
    await page.waitForURL(/\/inspections\//);
    expect(complaints).toEqual([]);
  });

  it('an error is a page with a way back', async () => {
    const { page, address } = await open();
    await page.goto(`${address}/nowhere`);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(
      'There is nothing at this address',
    );
    await page.getByRole('link', { name: 'Choose a file' }).click();
    expect(new URL(page.url()).pathname).toBe('/');
  });

  it('the API page works under its policy and asks nobody else', async () => {
    const { page, address, complaints, hosts } = await open();
    await page.goto(`${address}/docs`);
    await page.getByText('Inspect a file').waitFor();
    await page.getByText('Inspect a file').click();
    await page.getByText('Exactly one photo, video or sound file.').waitFor();
    expect(complaints).toEqual([]);
    expect([...hosts]).toEqual([new URL(address).host]);
  });

  it.each(['light', 'dark'] as const)('no page is wider than a narrow screen (%s)', async (colorScheme) => {
    const { page, address } = await open({ viewport: { width: 320, height: 640 }, colorScheme });
    await page.goto(address);
    await page.getByText('Law and date').click();
    expect(await width(page)).toBeLessThanOrEqual(320);
    await page
      .getByLabel('Photo, video or sound file')
      .setInputFiles({ ...PICTURE, name: `${'n'.repeat(200)}.png` });
    await page.getByRole('button', { name: 'Inspect the file' }).click();
    await page.waitForURL(/\/inspections\//);
    expect(await width(page)).toBeLessThanOrEqual(320);
    await page.goto(`${address}/nowhere`);
    expect(await width(page)).toBeLessThanOrEqual(320);
  });

  it.each(['ltr', 'rtl'])('long words of another language fit a narrow screen (%s)', async (direction) => {
    const { page, address } = await open(
      { viewport: { width: 320, height: 640 } },
      { inspector: tells(fullReport()) },
    );
    const pseudo = `{
        document.documentElement.dir = ${JSON.stringify(direction)};
        document.querySelectorAll('details').forEach((one) => { one.open = true; });
        const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        // Twice as long, and each word as long as the longest of German or Finnish.
        while (walk.nextNode()) walk.currentNode.data = walk.currentNode.data.replace(/[^\\s]{3,}/g, (word) => '⟦' + word + 'ßéñøœ'.repeat(4) + '⟧');
      }`;
    const fits = async () => {
      await page.evaluate(pseudo);
      expect(await width(page)).toBeLessThanOrEqual(320);
    };
    await page.goto(address);
    const input = page.locator('#file');
    await input.setInputFiles(PICTURE);
    await page.locator('form.upload button[type=submit]').click();
    await page.waitForURL(/\/inspections\//);
    await fits();
    await page.goto(address);
    await fits();
    await page.goto(`${address}/nowhere`);
    await fits();
  });

  it('the language is switched by a link, on the report too, without script', async () => {
    const { page, address, complaints } = await open({ javaScriptEnabled: false, locale: 'en-GB' });
    await page.goto(address);
    await page.getByRole('link', { name: '中文' }).click();
    await page.getByLabel('图片、视频或音频文件').setInputFiles(PICTURE);
    await page.getByRole('button', { name: '检查文件' }).click();
    await page.waitForURL(/\/inspections\/.*\?lang=zh-Hans$/);
    const last = page.getByRole('heading', { level: 2 }).last();
    expect(await last.textContent()).toBe('完整记录');
    await page.getByRole('link', { name: 'English' }).click();
    expect(await last.textContent()).toBe('The whole record');
    expect(complaints).toEqual([]);
  });

  it('everything can be reached and seen by keyboard', async () => {
    const { page, address } = await open();
    await page.goto(address);
    const stops: string[] = [];
    for (let i = 0; i < 12; i += 1) {
      await page.keyboard.press('Tab');
      stops.push(
        String(
          await page.evaluate(
            '(({ textContent, id, tagName }) => (id || textContent.trim() || tagName))(document.activeElement) + " " + getComputedStyle(document.activeElement).outlineStyle',
          ),
        ),
      );
    }
    expect(stops).toEqual([
      'Skip to the content solid',
      'Assay solid',
      '简体中文 solid',
      'Inspections solid',
      'For programs solid',
      'file solid',
      'Law and date solid',
      'Pixels solid',
      'C2PA engine solid',
      'Content Credentials kept elsewhere solid',
      'Inspect the file solid',
      expect.anything(),
    ]);
  });
});

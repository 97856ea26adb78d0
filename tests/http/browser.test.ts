import { expect, it } from 'vitest';
import { fullReport } from '../core/renderers/report-literal.js';
import { inChinese, inEnglish } from '../i18n/english.js';
import { describeInBrowser, PICTURE, tells, width } from './browser-pages.js';

describeInBrowser('in a browser', (open) => {
  it('the form works without script and lands on the report', async () => {
    const { page, address, test, complaints } = await open({ javaScriptEnabled: false });
    await page.goto(address);
    await page.getByLabel(inEnglish('form.upload.file')).setInputFiles(PICTURE);
    await page.getByRole('button', { name: 'Inspect the file' }).click();
    await page.waitForURL(/\/inspections\/[0-9a-f-]{36}$/);
    expect(await page.locator('article.report').count()).toBe(1);
    expect(test.uploads()).toEqual([]);
    expect(complaints).toEqual([]);
    await page.locator('details.more > summary').last().click();
    await page.getByRole('link', { name: 'Delete this report' }).click();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Delete this report?');
    await page.getByRole('link', { name: 'Keep it' }).click();
    await page.locator('details.more > summary').last().click();
    await page.getByRole('link', { name: 'Delete this report' }).click();
    await page.getByRole('button', { name: 'Delete it' }).click();
    await page.waitForURL(/\/\?deleted/);
    expect(await page.getByRole('status').first().textContent()).toBe('The report was deleted.');
  });

  it('an error is a page with a way back', async () => {
    const { page, address } = await open();
    await page.goto(`${address}/nowhere`);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(
      inEnglish('problem.not-found.title'),
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
    await page.getByText('Options: law').click();
    expect(await width(page)).toBeLessThanOrEqual(320);
    await page
      .getByLabel(inEnglish('form.upload.file'))
      .setInputFiles({ ...PICTURE, name: `${'n'.repeat(200)}.png` });
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
        // Doubles the text, with words as long as the longest of German or Finnish.
        while (walk.nextNode()) walk.currentNode.data = walk.currentNode.data.replace(/[^\\s]{3,}/g, (word) => '⟦' + word + 'ßéñøœ'.repeat(4) + '⟧');
      }`;
    const fits = async () => {
      await page.evaluate(pseudo);
      expect(await width(page)).toBeLessThanOrEqual(320);
    };
    await page.goto(address);
    const input = page.locator('#file');
    await input.setInputFiles(PICTURE);
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
    await page.getByLabel(inChinese('form.upload.file')).setInputFiles(PICTURE);
    await page.getByRole('button', { name: '检查文件' }).click();
    await page.waitForURL(/\/inspections\/.*\?lang=zh-Hans$/);
    const headings = page.getByRole('heading', { level: 2 });
    expect(await headings.allTextContents()).toContain('完整记录');
    await page.getByRole('link', { name: 'English' }).click();
    expect(await headings.allTextContents()).toContain('The whole record');
    expect(complaints).toEqual([]);
  });

  it('everything can be reached and seen by keyboard', async () => {
    const { page, address } = await open();
    await page.goto(address);
    const stops: string[] = [];
    for (let i = 0; i < 13; i += 1) {
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
      'Cases solid',
      `${inEnglish('page.section.terms')} solid`,
      `${inEnglish('page.calendar.title')} solid`,
      'API solid',
      'file solid',
      `${inEnglish('form.upload.options')} solid`,
      'A signed AI picture solid',
      'A labelled video solid',
      'A plain picture solid',
    ]);
  });
});

import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { fullReport } from '../core/renderers/report-literal.js';
import { inEnglish } from '../i18n/english.js';
import { share } from '../support/whole.js';
import { describeInBrowser, PICTURE, tells, upload, violations, width } from './browser-pages.js';

const WAYS = [
  ['light', 1_280, 'en'],
  ['dark', 320, 'zh-Hans'],
] as const;

/** Returns the number of Tab presses until the element has the focus. */
const tabsUntil = async (page: Page, selector: string): Promise<number> => {
  for (let presses = 1; presses < 40; presses += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(`document.activeElement?.matches(${JSON.stringify(selector)}) === true`))
      return presses;
  }
  return 40;
};

describeInBrowser('the desk in a browser', (open) => {
  it.each(share(WAYS, 2))(
    'axe finds nothing, nothing is too wide, and what acts is near: %s, %d px, %s',
    async (colorScheme, wide, language) => {
      const { page, address, complaints } = await open(
        { colorScheme, viewport: { width: wide, height: 800 } },
        { inspector: tells(fullReport()) },
      );
      await upload(page, address, language);
      const report = new URL(page.url()).pathname;
      await upload(page, address, language);
      const other = new URL(page.url()).pathname;
      const id = (path: string) => path.split('/').at(-1);
      const pages = {
        '/': '#file',
        [report]: '.bar-of-actions a',
        [`${report}/delete`]: 'main button',
        [`${report}/share`]: 'form.share button',
        '/inspections': 'form.files button',
        '/inspections?q=none&kind=image': 'form.question button',
        [`/compare?id=${id(report)}&id=${id(other)}`]: '.actions a',
        '/samples': '.sample button',
      };
      for (const [path, act] of Object.entries(pages)) {
        await page.goto(`${address}${path}${path.includes('?') ? '&' : '?'}lang=${language}`);
        expect(await tabsUntil(page, act), path).toBeLessThan(15);
        expect(await violations(page), path).toEqual([]);
        expect(await width(page), path).toBeLessThanOrEqual(wide);
      }
      expect(complaints).toEqual([]);
    },
  );

  it('sets a case and tags on the report’s page and finds it by them, without script', async () => {
    const { page, address } = await open({ javaScriptEnabled: false });
    await upload(page, address);
    await page.locator('#case > summary').click();
    await page.getByLabel('Case reference').fill('Flood 2026');
    await page.getByLabel('Tags, separated by commas').fill('harbour, night');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.waitForURL(/#case$/);
    expect(await page.locator('#case .panel > p').first().textContent()).toBe(
      'Case Flood 2026 · harbour · night',
    );
    await page.getByRole('link', { name: 'Inspections' }).click();
    await page.getByLabel(inEnglish('form.history.search')).fill('flood');
    await page.getByRole('button', { name: 'Search' }).click();
    expect(await page.locator('li.file').count()).toBe(1);
    expect(await page.locator('li.file .remarks').textContent()).toBe('Case Flood 2026 · harbour · night');
  });

  it('tells times in the reader’s own zone, under the reader’s days', async () => {
    const { page, address, test } = await open({ timezoneId: 'Asia/Tokyo', locale: 'en-GB' });
    await upload(page, address);
    await upload(page, address);
    const ids = (await test.stores.inspections.list('local', {}, { limit: 2 })).items.map((one) => one.id);
    const at = ['2026-11-25T16:00:00.000Z', '2026-11-25T14:00:00.000Z'];
    for (const [index, created_at] of at.entries())
      await test.database.query
        .updateTable('inspections')
        .set({ created_at })
        .where('id', '=', ids[index] ?? '')
        .execute();
    await page.goto(`${address}/inspections?lang=en`);
    const days = await page.locator('section.day h2').allTextContents();
    expect(days).toEqual(['Thursday, 26 November 2026', 'Wednesday, 25 November 2026']);
    const first = page.locator('time.at').first();
    expect(await first.textContent()).toBe('26 Nov 2026, 01:00');
    expect(await first.getAttribute('title')).toBe('25 Nov 2026, 16:00:00 UTC');
  });

  it('compares two by their pictures first', async () => {
    const { page, address, test } = await open();
    const ids: string[] = [];
    for (const name of ['one.png', 'two.png']) {
      await page.goto(address);
      await page.locator('#file').setInputFiles({ ...PICTURE, name });
      await page.waitForURL(/\/inspections\//);
      ids.push(new URL(page.url()).pathname.split('/').at(-1) ?? '');
    }
    const [one = '', two = ''] = ids;
    const album = JSON.stringify({ pictures: [{ name: 'preview', width: 4, height: 3 }], missing: [] });
    await test.stores.inspections.putDerivatives('local', one, [
      { kind: 'pictures', mediaType: 'application/json', content: Buffer.from(album) },
      { kind: 'preview', mediaType: 'image/webp', content: Buffer.from(WEBP, 'base64') },
    ]);
    await page.goto(`${address}/compare?id=${one}&id=${two}&lang=en`);
    const main = (await page.locator('main').textContent()) ?? '';
    expect(main.indexOf('First file')).toBeLessThan(main.indexOf(inEnglish('page.compare.all')));
    expect(await page.getByAltText('First file: small picture of one.png').count()).toBe(1);
    expect(await page.getByText(inEnglish('page.compare.noPicture')).count()).toBe(1);
    // Both were made with the same versions, so the page does not mention them.
    expect(main).not.toContain('different versions');
  });
});

/** A picture of one pixel. */
const WEBP = 'UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==';

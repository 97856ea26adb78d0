import { expect, it } from 'vitest';
import { message } from '../../src/i18n/message.js';
import { toldReport } from '../core/renderers/report-literal.js';
import { inEnglish } from '../i18n/english.js';
import { share } from '../support/whole.js';
import { describeInBrowser, tells, upload, violations, width } from './browser-pages.js';

const told = () => ({ inspector: tells(toldReport()) });

describeInBrowser('the one page in a browser', (open) => {
  it('stands on one screen, its actions near, and each fact opens what it was read from, without script', async () => {
    const { page, address, complaints } = await open(
      { javaScriptEnabled: false, viewport: { width: 1_280, height: 800 } },
      told(),
    );
    await upload(page, address);
    const box = await page.locator('.first').boundingBox();
    expect((box?.y ?? 0) + (box?.height ?? 800)).toBeLessThan(800);
    const { x = 0, width: wide = 0 } = (await page.locator('.one-page').boundingBox()) ?? {};
    expect(x).toBeLessThan(40);
    expect(wide).toBeGreaterThan(1_200);

    let stops = 0;
    const isNear = 'document.activeElement.closest(".actions") !== null';
    do {
      await page.keyboard.press('Tab');
      stops += 1;
    } while (stops < 15 && !(await page.evaluate(isNear)));
    expect(stops).toBeLessThan(15);

    expect(await page.locator('details.dossier').getAttribute('open')).toBeNull();
    await page.locator('a.fact').nth(2).click();
    await page.locator('#check-labels').waitFor({ state: 'visible' });
    expect(await page.evaluate('document.querySelector(":target").id')).toBe('check-labels');
    expect(complaints).toEqual([]);
  });

  it('asks the law of another place and role without script, and remembers it', async () => {
    const { page, address, complaints } = await open({ javaScriptEnabled: false }, told());
    await upload(page, address, 'zh-Hans');
    const report = page.url();
    await page.getByLabel('地区').selectOption('CN');
    await page.getByLabel('适用对象').selectOption('platform');
    await page.locator('form.choose-law button').first().click();
    await page.waitForURL(/jurisdiction=CN&role=platform#law$/);
    expect(await page.locator('.law-for-me').textContent()).toMatch(/作为传播平台的您/);
    await page.locator('.law-lines summary').click();
    expect(await page.locator('.clauses li li').count()).toBeGreaterThan(0);
    await page.goto(report);
    expect(await page.getByLabel('地区').inputValue()).toBe('CN');
    const [cookie, ...others] = await page.context().cookies(report);
    expect(others).toEqual([]);
    expect(cookie).toMatchObject({ name: 'assay-law', httpOnly: true, sameSite: 'Strict' });
    expect(complaints).toEqual([]);
  });

  it('copies what may be said and what to ask, and tells the time where its reader is', async () => {
    const { page, address, complaints } = await open(
      { permissions: ['clipboard-read', 'clipboard-write'], timezoneId: 'Asia/Shanghai' },
      told(),
    );
    await upload(page, address);
    const clipboard = () => page.evaluate('navigator.clipboard.readText()');
    await page.locator('.say button.copy').first().click();
    await page.locator('.say [role=status]', { hasText: 'Copied' }).waitFor();
    expect(await clipboard()).toBe(
      inEnglish('guide.say.signed', {
        by: 'named',
        signer: message('text.quoted', { text: 'Example Studio' }),
      }),
    );
    await page.locator('.question-box summary').click();
    await page.locator('.question-box button.copy').click();
    await page.locator('.question-box [role=status]', { hasText: 'Copied' }).waitFor();
    expect(await clipboard()).toContain(toldReport().asset.sha256);
    expect(await page.locator('.one-page .colophon dd').first().textContent()).toMatch(
      / UTC · .* where you are$/,
    );
    expect(complaints).toEqual([]);
  });

  it.each(
    share(
      [
        ['light', 320, 'en', 'none'],
        ['dark', 320, 'zh-Hans', 'none'],
        ['light', 1_280, 'zh-Hans', 'active'],
      ] as const,
      3,
    ),
  )(
    'fits, and axe finds nothing: %s, %d px, %s, forced colours %s',
    async (colorScheme, wide, language, forcedColors) => {
      const { page, address } = await open(
        { colorScheme, forcedColors, viewport: { width: wide, height: 800 } },
        told(),
      );
      await upload(page, address, language);
      expect(await width(page)).toBeLessThanOrEqual(wide);
      expect(await violations(page)).toEqual([]);
      // Everything is expanded by now.
      expect(await width(page)).toBeLessThanOrEqual(wide);
    },
  );
});

import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { rgbScene } from '../../fixtures/build/pixel-makers.js';
import type { ThumbnailIndex } from '../../src/service/inspections/thumbnails.js';
import type { Derivative, PictureName } from '../../src/storage/inspections/inspections.js';
import { chain } from '../core/renderers/credentials-literal.js';
import { reportOf } from '../core/renderers/report-literal.js';
import { inEnglish } from '../i18n/english.js';
import { share } from '../support/whole.js';
import { describeInBrowser, type Open, tells, upload, violations, width } from './browser-pages.js';
import { temporaryDirectory, testStores } from './harness.js';

const SIZES: Partial<Record<PictureName, [number, number]>> = {
  preview: [640, 480],
  large: [1_600, 1_200],
  waveform: [1_200, 240],
  thumbnail: [320, 240],
  stored: [160, 120],
  'manifest-1': [160, 120],
  'frame-1': [160, 120],
  'frame-2': [160, 120],
};

/** Created once, because drawing and encoding them takes longer than most tests here. */
let made: Promise<Derivative[]> | undefined;
const pictures = () => {
  made ??= madePictures();
  return made;
};

async function madePictures(): Promise<Derivative[]> {
  const named = Object.entries(SIZES) as [PictureName, [number, number]][];
  const made = named.map(async ([kind, [wide, high]]): Promise<Derivative> => {
    const raw = { width: wide, height: high, channels: 3 } as const;
    const content = await sharp(rgbScene({ width: wide, height: high }), { raw })
      .webp()
      .toBuffer();
    return { kind, mediaType: 'image/webp', content };
  });
  const album: ThumbnailIndex = {
    pictures: named.map(([name, [wide, high]]) => ({
      name,
      width: wide,
      height: high,
      ...(name.startsWith('frame') && { seconds: 2 }),
      ...(name === 'waveform' && { seconds: 125 }),
    })),
    missing: [],
    stored: { differing: 20, of: 64 },
  };
  const content = Buffer.from(JSON.stringify(album));
  return [{ kind: 'pictures', mediaType: 'application/json', content }, ...(await Promise.all(made))];
}

/** Stores a report with its pictures. */
async function pictured(
  open: Open,
  options: Parameters<Open>[0],
  { language = 'en', altered = false }: { language?: string; altered?: boolean } = {},
) {
  const stores = await testStores(temporaryDirectory());
  const { manifests = [], ...rest } = chain(3);
  const credentials = {
    ...rest,
    manifests: manifests.map((one) => ({ ...one, claimGenerator: `Editor of ${one.title}` })),
  };
  const report = reportOf({
    contentCredentials: altered ? { ...credentials, integrity: 'altered' } : credentials,
  });
  const visit = await open(options, { stores, inspector: tells(report) });
  await upload(visit.page, visit.address, language);
  const id = new URL(visit.page.url()).pathname.split('/').at(-1) ?? '';
  await stores.inspections.putDerivatives('local', id, await pictures());
  await visit.page.reload();
  // Most pictures are in the record, which is collapsed.
  await visit.page.locator('details.dossier > summary').click();
  return visit;
}

/** Pictures further down are loaded lazily, when they scroll into view. */
async function unseen(page: Page): Promise<string[]> {
  for (const one of await page.locator('img:visible').all()) await one.scrollIntoViewIfNeeded();
  return page.evaluate(
    `Promise.all([...document.images].map((one) => one.decode().then(() => [], () => [one.src]))).then((all) => all.flat())`,
  );
}

describeInBrowser('pictures in a browser', (open) => {
  it('are seen, and the policy of the page forbids none of them', async () => {
    const { page, complaints } = await pictured(open, { viewport: { width: 1_200, height: 800 } });
    expect(await unseen(page)).toEqual([]);
    expect(await page.locator('img').count()).toBeGreaterThan(6);
    expect(await page.evaluate('document.querySelectorAll("svg image").length')).toBe(2);
    expect(complaints).toEqual([]);
  });

  it('stand side by side without script', async () => {
    const { page } = await pictured(open, { javaScriptEnabled: false });
    const pair = page.locator('.figures[data-overlay]');
    expect(await pair.locator('figure:visible').count()).toBe(2);
    expect(await page.getByRole('slider').count()).toBe(0);
    expect(await page.getByRole('button', { name: inEnglish('page.picture.overlay') }).count()).toBe(0);
  });

  it('are laid on each other and moved by keyboard alone, and said', async () => {
    const { page, complaints } = await pictured(open, { reducedMotion: 'reduce' });
    await page.getByRole('button', { name: inEnglish('page.picture.overlay') }).focus();
    await page.keyboard.press('Enter');
    expect(await page.locator('.figures[data-overlay] > figure:visible').count()).toBe(0);
    const slider = page.getByRole('slider', { name: /How much of the file/ });
    await slider.focus();
    await page.keyboard.press('Home');
    expect(await slider.getAttribute('aria-valuetext')).toBe('0 % of the file');
    await page.keyboard.press('ArrowRight');
    expect(await slider.getAttribute('aria-valuetext')).toBe('1 % of the file');
    const clipped = "getComputedStyle(document.querySelector('.stack .over')).clipPath";
    expect(await page.evaluate(clipped)).toContain('99%');
    await page.getByRole('button', { name: inEnglish('page.picture.overlay') }).press('Enter');
    expect(await page.locator('.figures[data-overlay] > figure:visible').count()).toBe(2);
    expect(complaints).toEqual([]);
  });

  it('of an altered file and of what was signed stand at the head of the page, with a slider that is dragged', async () => {
    const { page, complaints } = await pictured(
      open,
      { viewport: { width: 1_200, height: 800 } },
      { altered: true },
    );
    const head = page.locator('.one-page .first .preview');
    const lay = head.getByRole('button', { name: inEnglish('page.picture.overlay') });
    const slider = head.getByRole('slider');
    expect(await lay.getAttribute('aria-pressed')).toBe('true');
    await head.locator('.stack').scrollIntoViewIfNeeded();
    const { x = 0, y = 0, width: wide = 0 } = (await head.locator('.stack').boundingBox()) ?? {};
    await page.mouse.move(x + wide / 2, y + 40);
    await page.mouse.down();
    await page.mouse.move(x + wide / 4, y + 40);
    await page.mouse.up();
    await page.mouse.move(x + wide / 2, y + 40);
    expect(await slider.getAttribute('aria-valuetext')).toBe('25 % of the file');
    await lay.press('Enter');
    const [own, signed] = await head.locator('.figures > figure').all();
    const [left, right] = [await own?.boundingBox(), await signed?.boundingBox()];
    expect(left?.y).toBe(right?.y);
    expect((left?.x ?? 0) + (left?.width ?? 0)).toBeLessThanOrEqual(right?.x ?? 0);
    await lay.press('Enter');
    await slider.press('End');
    expect(await slider.getAttribute('aria-valuetext')).toBe('100 % of the file');
    expect(await page.locator('.figures[data-overlay]').count()).toBe(1);
    expect(complaints).toEqual([]);
  });

  it('open large by keyboard, are magnified, and give the focus back', async () => {
    const { page, complaints } = await pictured(open, { viewport: { width: 1_200, height: 800 } });
    const opener = page.locator('.one-page .first a.opens').first();
    expect(await opener.getAttribute('href')).toMatch(/\/pictures\/large$/);
    await opener.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Picture, large' });
    const shown = dialog.getByRole('img', { name: inEnglish('page.picture.previewAlt') });
    await shown.evaluate((one: { decode(): Promise<void> }) => one.decode());
    expect(await shown.evaluate((one: { naturalWidth: number }) => one.naturalWidth)).toBe(1_600);
    const focused = () => page.evaluate('document.activeElement.textContent');
    expect(await focused()).toBe('Close');
    // Tab must not reach elements under the dialog; it may reach the browser's own bar.
    for (let tab = 0; tab < 4; tab += 1) {
      await page.keyboard.press('Tab');
      expect(await page.evaluate('document.activeElement.closest("main") === null')).toBe(true);
    }
    const magnify = dialog.getByRole('button', { name: 'Magnify' });
    await magnify.press('Enter');
    expect(await magnify.getAttribute('aria-pressed')).toBe('true');
    const lens = page.locator('.lens');
    const before = await lens.boundingBox();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowUp');
    const after = await lens.boundingBox();
    expect((after?.x ?? 0) > (before?.x ?? 0) && (after?.y ?? 0) < (before?.y ?? 0)).toBe(true);
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.locator('dialog').waitFor({ state: 'detached' });
    expect(await opener.evaluate((one) => one === one.ownerDocument.activeElement)).toBe(true);
    expect(complaints).toEqual([]);
  });

  it('are links to the larger ones without script', async () => {
    const { page } = await pictured(open, { javaScriptEnabled: false });
    const [answer] = await Promise.all([
      page.waitForResponse(/\/pictures\/large$/),
      page.locator('.one-page .first a.opens').first().click(),
    ]);
    expect([answer.status(), answer.headers()['content-type']]).toEqual([200, 'image/webp']);
  });

  it('of steps lead to their facts, which open, without script', async () => {
    const { page } = await pictured(open, { javaScriptEnabled: false });
    const earlier = page.locator('details.step').nth(1);
    expect(await earlier.locator('ul.notes').isVisible()).toBe(false);
    await page.locator('.picture svg a').nth(1).click();
    expect(await earlier.locator('ul.notes').isVisible()).toBe(true);
  });

  it.each(
    share(
      [
        ['light', 1_200, 'en'],
        ['dark', 320, 'zh-Hans'],
      ] as const,
      2,
    ),
  )('axe finds nothing, and nothing is wider than the page: %s, %d px, %s', async (...how) => {
    const [colorScheme, wide, language] = how;
    const options = { colorScheme, viewport: { width: wide, height: 800 } };
    const { page } = await pictured(open, options, { language });
    await page.locator('.figures + button').click();
    expect(await violations(page)).toEqual([]);
    expect(await width(page)).toBeLessThanOrEqual(wide);
  });

  it('come along in the page that is one file, and are seen there without any server', async () => {
    const { page, address } = await pictured(open, {});
    const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    const html = await (await fetch(`${address}/v1/inspections/${id}/report.html`)).text();
    expect(html).not.toContain('/v1/inspections/');
    await page.goto('about:blank');
    await page.setContent(html);
    expect(await unseen(page)).toEqual([]);
    const own = page.locator('.preview figure').first();
    const small = await own.locator('img').boundingBox();
    await own.locator('a.opens').click();
    expect((await own.locator('img').boundingBox())?.width).toBeGreaterThan(small?.width ?? 0);
    await own.getByRole('link', { name: 'Close' }).click();
    expect((await own.locator('img').boundingBox())?.width).toBe(small?.width);
  });
});

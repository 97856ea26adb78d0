import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { afterAll, expect, it } from 'vitest';
import { samplePath } from '../../src/http/samples/samples.js';
import { createInspector } from '../../src/isolation/pool.js';
import { describeInBrowser, violations, width } from './browser-pages.js';
import { following, served } from './served.js';

const inspector = createInspector({ jobs: 1 });
afterAll(() => inspector.close());

const PICTURE = readFileSync(samplePath('signed-picture'));
const sha256 = createHash('sha256').update(PICTURE).digest('hex');

/** A page on this machine that shows a picture with credentials. */
const desk = () =>
  served({
    '/photo.png': (_, response) => void response.writeHead(200, { 'content-type': 'image/png' }).end(PICTURE),
  });

describeInBrowser('a link in a browser', (open) => {
  it.each([
    [true, 'light', 1_280, 'en'],
    [true, 'dark', 320, 'zh-Hans'],
    [false, 'light', 320, 'en'],
  ] as const)(
    'leads over the choice of a file to its report: with script %s, %s, %d px, %s',
    async (javaScriptEnabled, colorScheme, wide, language) => {
      const server = await desk();
      const { page, address, complaints, hosts } = await open(
        { javaScriptEnabled, colorScheme, viewport: { width: wide, height: 800 } },
        { env: { ...following(server), ASSAY_ALLOW_REVEAL: '1' }, inspector },
      );
      const looksWell = async () => {
        // It is a script too.
        if (!javaScriptEnabled) return;
        expect(await violations(page)).toEqual([]);
        expect(await width(page)).toBeLessThanOrEqual(wide);
      };
      await page.goto(`${address}/?lang=${language}`);
      await looksWell();
      await page.locator('#url').fill(server.at('/gone'));
      await page.locator('.link button').click();
      await page.locator('#url-error').waitFor();
      expect(await page.locator('#url').inputValue()).toBe(server.at('/gone'));
      await looksWell();
      await page.locator('#url').fill(server.at('/story'));
      await page.locator('#url').press('Enter');
      await page.locator('form.media').waitFor();
      await looksWell();
      // Nobody asked for a picture: neither this browser nor the service.
      expect([...hosts]).toEqual([new URL(address).host]);
      expect(server.asked.filter((path) => path.includes('png'))).toEqual([]);
      await page.locator(`input[value^="${server.at('/photo.png')}"]`).check();
      await page.locator('form.media button').click();
      await page.waitForURL(/\/inspections\//);
      expect(await page.locator('.served').textContent()).toContain(server.host);
      expect(await page.content()).not.toContain('who=secret');
      expect(await page.content()).toContain(sha256);
      const link = await page.locator('a[href*="/exchanges"]').getAttribute('href');
      const warc = await page.request.get(new URL(link ?? '', address).href);
      expect(gunzipSync(await warc.body()).toString('latin1')).toContain(`sha256:${sha256}`);
      expect(server.asked.filter((path) => path !== '/robots.txt')).toEqual([
        ...['/gone', '/story', '/photo.png?who=secret'],
      ]);
      await page.goto(`${address}/inspections?lang=${language}`);
      expect(await page.locator('.file').textContent()).toContain(server.host);
      // That the first link led to nothing is an answer too.
      expect(complaints.filter((one) => !one.includes('status of 422'))).toEqual([]);
    },
  );

  it('says that another server is asked, and is not sent twice', async () => {
    const server = await served();
    const { page, address } = await open({}, { env: following(server) });
    await page.goto(address);
    await page.locator('#url').fill(server.at('/slow.png'));
    // What is asked for never comes, so the page stays as it is; a click of the library's would wait for the next one.
    await page.evaluate("document.querySelector('.link button').click()");
    await expect.poll(() => server.asked).toContain('/slow.png');
    expect(await page.locator('#link-progress').textContent()).toContain('Asking the other server');
    expect(await page.locator('.link button').isDisabled()).toBe(true);
  });
});

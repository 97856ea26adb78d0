import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, expect, it } from 'vitest';
import { samplePath } from '../../src/http/services/samples/samples.js';
import { createInspector } from '../../src/inspect/pool/create-inspector.js';
import { filesOf, unpacked } from '../service/sealing/unpacked.js';
import { describeInBrowser, violations, width } from './browser-pages.js';
import { temporaryDirectory } from './posting.js';
import { blankPaper, sealKey } from './seal-key.js';
import { following, served } from './served.js';

const inspector = createInspector({ jobs: 1 });
afterAll(() => inspector.close());

const PICTURE = readFileSync(samplePath('signed-picture'));
const sha256 = createHash('sha256').update(PICTURE).digest('hex');

/** A local page that shows a picture with credentials. */
const desk = () =>
  served({
    '/photo.png': (_, response) => void response.writeHead(200, { 'content-type': 'image/png' }).end(PICTURE),
  });

/** Runs each command of VERIFY.txt unchanged; the WARC in the ZIP is that of the file in it. */
async function checkedByTools(zip: string): Promise<void> {
  const files = await filesOf(zip);
  const file = [...files].find(([path]) => /^data\/file\./.test(path))?.[1];
  expect(
    createHash('sha256')
      .update(file ?? '')
      .digest('hex'),
  ).toBe(sha256);
  const kept = gunzipSync(files.get('exchanges.warc.gz') ?? Buffer.alloc(0)).toString('latin1');
  expect(kept).toContain(`WARC-Payload-Digest: sha256:${sha256}`);
  const cwd = await unpacked(zip);
  const commands = (files.get('VERIFY.txt')?.toString() ?? '')
    .split('\n')
    .filter((line) => /^(sha256sum|openssl) /.test(line));
  expect(commands.length).toBeGreaterThan(2);
  for (const command of commands)
    expect(spawnSync('sh', ['-c', command], { cwd, encoding: 'utf8' }), command).toMatchObject({ status: 0 });
}

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
        {
          env: { ...following(server), ...sealKey(), ASSAY_ALLOW_REVEAL: '1', ASSAY_KEEP_UPLOADS_HOURS: '1' },
          ...{ inspector, bundlePrinter: blankPaper },
        },
      );
      const looksWell = async () => {
        // axe runs as a script too.
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
      // Neither the browser nor the service requested a picture.
      expect([...hosts]).toEqual([new URL(address).host]);
      expect(server.asked.filter((path) => path.includes('png'))).toEqual([]);
      await page.locator(`input[value^="${server.at('/photo.png')}"]`).check();
      await page.locator('form.media button').click();
      await page.waitForURL(/\/inspections\//);
      expect(await page.locator('.served').textContent()).toContain(server.host);
      expect(await page.content()).not.toContain('who=secret');
      expect(await page.content()).not.toContain('uploadbyurl');
      expect(await page.content()).toContain(sha256);
      const link = await page.locator('a[href*="/exchanges"]').getAttribute('href');
      const warc = await page.request.get(new URL(link ?? '', address).href);
      expect(gunzipSync(await warc.body()).toString('latin1')).toContain(`sha256:${sha256}`);
      expect(server.asked.filter((path) => path !== '/robots.txt')).toEqual([
        ...['/gone', '/story', '/photo.png?who=secret'],
      ]);
      await page.goto(`${address}/inspections?lang=${language}`);
      expect(await page.locator('.file').textContent()).toContain(server.host);
      await page.goBack();
      await page.locator('.bar-of-actions details.more > summary').last().click();
      await page.locator('a[href*="/seal"]').first().click();
      await page.locator('input[value=full]').check();
      const download = page.waitForEvent('download');
      await page.locator('form.seal button').click();
      const zip = join(temporaryDirectory(), 'bundle.zip');
      await (await download).saveAs(zip);
      await checkedByTools(zip);
      // Chromium also reports the answer that the first link led to nothing.
      expect(complaints.filter((one) => !one.includes('status of 422'))).toEqual([]);
    },
  );

  it('says that another server is asked, and is not sent twice', async () => {
    const server = await served();
    const { page, address } = await open({}, { env: following(server) });
    await page.goto(address);
    await page.locator('#url').fill(server.at('/slow.png'));
    // The response never arrives, so the page does not navigate; a click of the library would wait for a navigation.
    const [says, isDisabled] = await page.evaluate<[string, boolean]>(`new Promise((resolve) => {
      const button = document.querySelector('.link button');
      button.click();
      const says = document.querySelector('#link-progress').textContent;
      setTimeout(() => resolve([says, button.disabled]), 50);
    })`);
    expect(says).toContain('Asking the other server');
    expect(isDisabled).toBe(true);
  });
});

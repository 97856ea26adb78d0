import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { inEnglish } from '../i18n/english.js';
import { share } from '../support/whole.js';
import { describeInBrowser, PICTURE, upload, violations, width } from './browser-pages.js';
import { startWorker } from './start-worker.js';

const file = (name: string, bytes: number) => ({ ...PICTURE, name, buffer: Buffer.alloc(bytes, 1) });

/** Drops or pastes files onto the page, as a person does. */
const bring = (page: Page, how: 'drop' | 'paste', target: string, names: readonly string[]) =>
  page.evaluate(`{
    const data = new DataTransfer();
    for (const name of ${JSON.stringify(names)}) data.items.add(new File([name], name, { type: 'image/png' }));
    const target = document.querySelector(${JSON.stringify(target)});
    const init = { bubbles: true, cancelable: true };
    if (${JSON.stringify(how)} === 'paste') target.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, ...init }));
    else for (const type of ['dragenter', 'dragover', 'drop']) target.dispatchEvent(new DragEvent(type, { dataTransfer: data, ...init }));
  }`);

/** Resolves to the number of copies that the browser keeps. */
const COPIES =
  "indexedDB.databases().then(() => new Promise((done) => { const open = indexedDB.open('assay'); open.onsuccess = () => { const all = open.result.transaction('sent').objectStore('sent').count(); all.onsuccess = () => { open.result.close(); done(all.result); }; }; }))";

describeInBrowser('the form in a browser', (open) => {
  it('comes back without script with the fault beside its field, focused, and what was chosen', async () => {
    const { page, address } = await open({ javaScriptEnabled: false });
    await page.goto(address);
    await page.getByText('Options: law').click();
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

  it.each(
    share(
      [
        ['light', 1_200, 'en'],
        ['dark', 320, 'zh-Hans'],
      ] as const,
      2,
    ),
  )(
    'axe finds nothing in the guide, the options and a fault: %s, %d px, %s',
    async (colorScheme, wide, language) => {
      const { page, address } = await open(
        { colorScheme, viewport: { width: wide, height: 800 } },
        { env: { ASSAY_ALLOW_REVEAL: '1' } },
      );
      for (const path of ['/', '/?deep=on&reveal=on&manifest=on', '/samples']) {
        await page.goto(`${address}${path}${path.includes('?') ? '&' : '?'}lang=${language}`);
        expect(await violations(page)).toEqual([]);
        expect(await width(page)).toBeLessThanOrEqual(wide);
      }
      await page.goto(`${address}/?lang=${language}`);
      expect(await page.locator('.first-use').count()).toBe(1);
      await page.locator('#file').setInputFiles(file('empty.png', 0));
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

  it('asks anew with the copy that the browser keeps, until a report is deleted', async () => {
    const { page, address, complaints, test } = await open();
    await upload(page, address, 'zh-Hans');
    const ask = async (day: string) => {
      const before = page.url();
      await page.locator('.other-day summary').click();
      await page.locator('#asOf').fill(day);
      await page.locator('form.again:has(#asOf) button').click();
      await page.waitForURL((url) => url.href !== before && url.pathname.startsWith('/inspections/'));
      return test.inspector.requests.map(({ asOf }) => asOf).slice(1);
    };
    expect(await ask('2025-02-03')).toEqual(['2025-02-03']);
    expect(page.url()).toContain('?lang=zh-Hans');
    // The new report has the copy, too.
    expect(await ask('2025-02-04')).toEqual(['2025-02-03', '2025-02-04']);
    expect(test.inspector.bytes).toEqual(
      [PICTURE.buffer, PICTURE.buffer, PICTURE.buffer].map(({ length }) => length),
    );
    const last = page.url();
    await page.goto(`${address}/?deleted`);
    await page.waitForFunction(`${COPIES}.then((count) => count === 0)`);
    await page.goto(last);
    // Answered from what is stored: no file is sent.
    expect(await ask('2025-02-05')).toHaveLength(2);
    expect(complaints).toEqual([]);
  });

  it('deletes a copy that is older than an hour on any page', async () => {
    const { page, address, complaints } = await open();
    await upload(page, address);
    expect(await page.evaluate(COPIES)).toBe(1);
    await page.goto(`${address}/glossary`);
    expect(await page.evaluate(COPIES)).toBe(1);
    await page.clock.setFixedTime(Date.now() + 61 * 60_000);
    await page.goto(`${address}/glossary`);
    await page.waitForFunction(`${COPIES}.then((count) => count === 0)`);
    expect(complaints).toEqual([]);
  });

  it('sends a file as soon as it is dropped anywhere or pasted, says what goes on, and asks nobody else', async () => {
    const { page, address, complaints, hosts, test } = await open(
      {},
      { env: { ASSAY_MAX_UPLOAD_BYTES: '1kB' } },
    );
    await page.goto(address);
    const fault = page.locator('#file-error');
    await page.locator('#file').setInputFiles(file('large.png', 1_001));
    expect(await fault.textContent()).toContain('larger than this server takes');
    expect(await page.locator('#file').getAttribute('aria-invalid')).toBe('true');
    await bring(page, 'drop', 'footer', ['dropped.png']);
    await page.waitForURL(/\/inspections\//);
    await page.goto(address);
    // Delays the answer, so that the status text can be read.
    await page.route('**/v1/inspections', async (route) => {
      await page.locator('.queue li').filter({ hasText: 'pasted.png' }).waitFor();
      expect(await page.locator('.queue progress').getAttribute('aria-label')).toBe('pasted.png');
      expect(await page.locator('.progress').textContent()).not.toBe('');
      await route.continue();
    });
    await bring(page, 'paste', 'h1', ['pasted.png']);
    await page.waitForURL(/\/inspections\//);
    expect(test.inspector.requests.map(({ name }) => name)).toEqual(['dropped.png', 'pasted.png']);
    expect([...hosts]).toEqual([new URL(address).host]);
    expect(complaints).toEqual([]);
  });

  it('makes several files one table, with script', async () => {
    const { page, address, complaints, test } = await open();
    await page.goto(`${address}/?lang=zh-Hans`);
    await page.getByText('选项：规则').click();
    await page.locator('#asOf').fill('2026-08-02');
    await bring(page, 'drop', 'body', ['one.png', '<b>two.png']);
    await page.waitForURL(/\/batches\/[0-9a-f-]{36}\?lang=zh-Hans$/);
    startWorker(test);
    await page.getByText('2 个文件已全部完成。').waitFor();
    expect(await page.locator('table.files tbody tr th a').allTextContents()).toEqual([
      'one.png',
      '<b>two.png',
    ]);
    expect(test.inspector.requests.map(({ name, asOf }) => [name, asOf])).toEqual([
      ['one.png', '2026-08-02'],
      ['<b>two.png', '2026-08-02'],
    ]);
    expect(await violations(page)).toEqual([]);
    await page.getByRole('link', { name: 'one.png' }).click();
    await page.waitForURL(/\/inspections\/[0-9a-f-]{36}\?lang=zh-Hans$/);
    expect(complaints).toEqual([]);
  });

  it('makes several files one table, without script, and gives all of it as CSV', async () => {
    const { page, address, test } = await open({ javaScriptEnabled: false });
    startWorker(test);
    await page.goto(address);
    await page.locator('#file').setInputFiles([file('one.png', 3), file('two.png', 4), file('three.png', 5)]);
    await page.getByRole('button', { name: 'Inspect the file' }).click();
    await page.waitForURL(/\/batches\//);
    // The page polls by itself.
    await page.getByText('All 3 files are done.').waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Download as spreadsheet (CSV)' }).click();
    expect((await download).suggestedFilename()).toBe('assay-files.csv');
    await expect.poll(() => test.uploads()).toEqual([]);
  });

  it('says beside the field why nothing goes, and sends nothing', async () => {
    const { page, address, test } = await open({}, { env: { ASSAY_MAX_UPLOAD_BYTES: '1kB' } });
    await page.goto(address);
    const fault = page.locator('#file-error');
    await page.locator('#file').setInputFiles([file('one.png', 3), file('large.png', 1_001)]);
    expect(await fault.textContent()).toMatch(
      /^Nothing was sent, because of large\.png\. This file is larger/,
    );
    await page.locator('#file').setInputFiles(Array.from({ length: 101 }, (_, at) => file(`${at}.png`, 1)));
    expect(await fault.textContent()).toBe('Choose up to 100 files at a time.');
    await page.getByText('Options: law').click();
    await page.locator('#sidecar').setInputFiles(file('a.c2pa', 3));
    await page.locator('#file').setInputFiles([file('one.png', 3), file('two.png', 4)]);
    expect(await fault.textContent()).toContain('A manifest file goes with one file');
    await page.locator('#file:focus').waitFor();
    expect(test.inspector.requests).toEqual([]);
  });

  it('asks for the file again with a box ticked, and says why', async () => {
    const { page, address, test } = await open({}, { env: { ASSAY_ALLOW_REVEAL: '1' } });
    await page.goto(`${address}/?deep=on&reveal=location`);
    expect(await page.locator('.again').textContent()).toContain(
      'To look at the pixels too, choose the file again: its upload was deleted.',
    );
    await page.locator('#file').setInputFiles(PICTURE);
    await page.waitForURL(/\/inspections\//);
    // One inspection for everybody, and one for the caller.
    expect(test.inspector.requests.map(({ deep, reveal }) => [deep, reveal])).toEqual([
      [true, undefined],
      [true, ['location']],
    ]);
    await page.goto(`${address}/?manifest=on`);
    await page.locator('#file').setInputFiles(PICTURE);
    expect(await page.locator('#file-error').textContent()).toBe(inEnglish('form.queue.manifestFirst'));
    await page.locator('#sidecar').setInputFiles(file('a.c2pa', 3));
    await page.waitForURL(/\/inspections\//);
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
    await page.waitForURL(/\/batches\//);
    expect(asked).toBe(2);
  });
});

import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { fromBufferPromise } from 'yauzl';
import { inEnglish } from '../i18n/english.js';
import { BROWSER, onePart, type TestApp, testApp, upload } from './harness.js';
import { alikeApp, fingerprint, looksLike, turnedBits } from './similar-pictures.js';
import { startWorker } from './start-worker.js';
import { wholeUpload } from './tus.js';

async function made(test: TestApp, names: readonly string[], more: object = {}): Promise<string> {
  const items = [];
  for (const filename of names) items.push({ upload: await wholeUpload(test.app, filename, { filename }) });
  const answer = await test.app.inject({ method: 'POST', url: '/v1/batches', payload: { items, ...more } });
  expect(answer.statusCode).toBe(202);
  return String(answer.json().links.page);
}

/** Returns names and texts of an archive, read by an independent library. */
async function unpacked(content: Buffer): Promise<Map<string, string>> {
  const zip = await fromBufferPromise(content, { lazyEntries: true });
  const found = new Map<string, string>();
  for await (const entry of zip.eachEntry())
    found.set(entry.fileName, await text(await zip.openReadStreamPromise(entry)));
  return found;
}

const pageAt = ({ app }: TestApp, url: string) => app.inject({ url, headers: BROWSER });

describe('batches as pages', () => {
  it('say that there is none, and of one that is unknown that it is', async () => {
    const test = await testApp();
    expect((await pageAt(test, '/batches')).body).toContain('There are none.');
    const answer = await pageAt(test, '/batches/x');
    expect([answer.statusCode, answer.body.includes(inEnglish('problem.batch-not-found.title'))]).toEqual([
      404,
      true,
    ]);
    expect((await pageAt(test, '/inspections')).body).toContain('href="/batches"');
  });

  it('show how far one is, what its files declare, and the files in their order, in both languages', async () => {
    const test = await testApp();
    const url = await made(test, ['b.png', '<b>a.png', 'c.png'], { caseRef: 'story <1>' });
    const waits = await pageAt(test, url);
    expect(waits.headers['refresh']).toBe('5');
    expect(waits.body).toContain('0 of 3 files have been inspected.');
    expect(waits.body).toMatch(/<th scope="row">waiting to be read<\/th><td>3<\/td>/);
    expect(waits.body).not.toMatch(/<b>|story <1>/);
    expect((await pageAt(test, '/batches')).body).toContain(`href="${url}"`);

    startWorker(test);
    await expect.poll(async () => (await pageAt(test, url)).headers['refresh']).toBeUndefined();
    const { body } = await pageAt(test, url);
    expect(body).toContain('All 3 files are done.');
    expect(body).toMatch(/<caption>By declared origin<\/caption>[\s\S]*<td>3<\/td><td>100%<\/td>/);
    const places = ['b.png', 'a.png', 'c.png'].map((name) => body.indexOf(`${name}</bdi>`));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places[0]).toBeGreaterThan(0);
    expect(body).toContain(`href="${url}/files.csv?lang=en"`);
    expect(body).toContain(`href="${url}/reports.zip?lang=en"`);
    expect(body).not.toContain('method="post"');
    const chinese = await pageAt(test, `${url}?lang=zh-Hans`);
    expect(chinese.body).toContain('3 个文件已全部完成。');
    expect(chinese.body).toMatch(/<caption>按所声明的来源<\/caption>[\s\S]*<th scope="row">未说明<\/th>/);
  });

  it('say beside a file how many kept ones look like it', async () => {
    const test = await alikeApp();
    const url = await made(test, ['a.png', 'b.png']);
    startWorker(test);
    await expect.poll(async () => (await pageAt(test, url)).headers['refresh']).toBeUndefined();
    const before = (await pageAt(test, url)).body;
    expect(before).not.toContain('alike');
    const [id = ''] = [...before.matchAll(/\/inspections\/([0-9A-Za-z-]+)"/g)].map(([, one]) => one ?? '');
    const of = fingerprint();
    await looksLike(test.stores, id, of);
    await test.seen('kept.png', turnedBits(of, 3));
    const link = `<a href="/inspections/${id}#seen">one kept file looks or sounds alike</a>`;
    expect((await pageAt(test, url)).body.split(link)).toHaveLength(2);
    await test.search.close();
    expect((await pageAt(test, url)).body).toContain(
      'Similar stored files were not looked up here for 2 files of this page',
    );
  });

  it('are begun by people with several files in the form, and come to a table and an archive', async () => {
    const test = await testApp();
    const parts = ['=1+1.png', 'b/../<i>.png'].map((filename) => onePart({ filename, content: filename }));
    const sent = await upload(test.app, [...parts, { name: 'tags', content: 'desk' }], { headers: BROWSER });
    expect(sent.statusCode).toBe(303);
    const url = String(sent.headers.location);
    expect(url).toMatch(/^\/batches\/[0-9a-f-]{36}$/);
    expect(test.uploads()).toHaveLength(2);
    const waits = await test.app.inject({ url: `/v1${url}/results`, headers: { accept: 'text/csv' } });
    expect(waits.body).toMatch(
      /^\uFEFFitem,status,name,[^\n]*\r\n1,queued,'=1\+1\.png\r\n2,queued,<i>\.png\r\n$/,
    );
    startWorker(test);
    await expect.poll(async () => (await pageAt(test, url)).headers['refresh']).toBeUndefined();
    await expect.poll(() => test.uploads()).toEqual([]);
    const batch = (await test.app.inject({ url: `/v1${url}` })).json();
    expect([batch.total, batch.tags]).toEqual([2, ['desk']]);

    const csv = await test.app.inject({ url: `${url}/files.csv?lang=zh-Hans` });
    expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(csv.body.split('\r\n')[1]).toMatch(/^1,done,'=1\+1\.png,8,/);
    expect(csv.body).toContain('未发现');
    const zip = await test.app.inject({ url: `/v1${url}/results`, headers: { accept: 'application/zip' } });
    expect(zip.headers['content-disposition']).toBe('attachment; filename="assay-reports.zip"');
    const entries = await unpacked(zip.rawPayload);
    expect([...entries.keys()]).toEqual([
      ...['0001-_1_1.png.html', '0001-_1_1.png.json', '0002-_i_.png.html', '0002-_i_.png.json', 'files.csv'],
    ]);
    expect(JSON.parse(entries.get('0001-_1_1.png.json') ?? '')).toMatchObject({
      asset: { name: '=1+1.png' },
    });
    expect(entries.get('0002-_i_.png.html')).toContain(
      '<bdi class="verbatim" dir="auto">&lt;i&gt;.png</bdi>',
    );
    expect(entries.get('files.csv')).toContain('2,done,<i>.png');
    for (const path of ['files.csv', 'reports.zip'])
      expect((await test.app.inject({ url: `/batches/x/${path}` })).statusCode).toBe(404);
  });

  it('are begun whole or not at all, and leave no upload behind', async () => {
    const test = await testApp();
    const two = [onePart({ filename: 'a.png' }), onePart({ filename: 'b.png' })];
    const wrong = [
      { parts: [...two, onePart({ filename: 'c.png', content: '' })], says: 'This file is empty' },
      { parts: [...two, { name: 'asOf', content: 'never' }], says: 'Give a day of the calendar' },
      { parts: [...two, onePart({ name: 'sidecar', filename: 'm.c2pa' })], says: 'for one file alone' },
      {
        parts: Array.from({ length: 101 }, (_, at) => onePart({ filename: `${at}.png` })),
        says: 'fewer files',
      },
    ];
    for (const { parts, says } of wrong) {
      const answer = await upload(test.app, parts, { headers: BROWSER });
      expect([answer.statusCode, answer.body.includes(says)], says).toEqual([400, true]);
    }
    // A program that sends several files still gets this error.
    expect((await upload(test.app, two)).json().code).toBe('several-files');
    expect(test.uploads()).toEqual([]);
    expect((await pageAt(test, '/batches')).body).toContain('There are none.');
  });

  it('lead on to further files, and cancel what is left', async () => {
    const test = await testApp();
    const url = await made(
      test,
      Array.from({ length: 27 }, (_, index) => `file-${index + 1}.png`),
    );
    const first = await pageAt(test, url);
    expect(first.body).toContain('file-25.png');
    expect(first.body).not.toContain('file-26.png');
    expect(first.body).toContain(`href="${url}?after=25"`);
    const second = await pageAt(test, `${url}?after=25`);
    expect(second.body).toContain('file-26.png');
    expect(second.body).toContain('Back to the first');

    const cancelled = await test.app.inject({ method: 'POST', url: `${url}/cancel`, headers: BROWSER });
    expect([cancelled.statusCode, cancelled.headers.location]).toEqual([303, url]);
    const after = await pageAt(test, url);
    expect(after.body).toContain('The inspections were cancelled. 0 of 27 files had been inspected.');
    expect(after.headers['refresh']).toBeUndefined();
    expect(test.uploads()).toEqual([]);
  });
});

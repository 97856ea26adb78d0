import { describe, expect, it } from 'vitest';
import { BROWSER, type TestApp, testApp } from './harness.js';
import { startWorker } from './start-worker.js';
import { wholeUpload } from './tus.js';

async function made(test: TestApp, names: readonly string[], more: object = {}): Promise<string> {
  const items = [];
  for (const filename of names) items.push({ upload: await wholeUpload(test.app, filename, { filename }) });
  const answer = await test.app.inject({ method: 'POST', url: '/v1/batches', payload: { items, ...more } });
  expect(answer.statusCode).toBe(202);
  return String(answer.json().links.page);
}
const pageAt = ({ app }: TestApp, url: string) => app.inject({ url, headers: BROWSER });

describe('batches as pages', () => {
  it('say that there is none, and of one that is unknown that it is', async () => {
    const test = await testApp();
    expect((await pageAt(test, '/batches')).body).toContain('There is no batch.');
    const answer = await pageAt(test, '/batches/x');
    expect([answer.statusCode, answer.body.includes('There is no such batch')]).toEqual([404, true]);
    expect((await pageAt(test, '/inspections')).body).toContain('href="/batches"');
  });

  it('show how far one is, what its files declare, and the files in their order, in both languages', async () => {
    const test = await testApp();
    const url = await made(test, ['b.png', '<b>a.png', 'c.png'], { caseRef: 'story <1>' });
    const waits = await pageAt(test, url);
    expect(waits.headers['refresh']).toBe('5');
    expect(waits.body).toContain('0 of 3 files have been looked at.');
    expect(waits.body).toMatch(/<th scope="row">waiting to be read<\/th><td>3<\/td>/);
    expect(waits.body).not.toMatch(/<b>|story <1>/);
    expect((await pageAt(test, '/batches')).body).toContain(`href="${url}"`);

    startWorker(test);
    await expect.poll(async () => (await pageAt(test, url)).headers['refresh']).toBeUndefined();
    const { body } = await pageAt(test, url);
    expect(body).toContain('All of it has come to an end. Files: 3.');
    expect(body).toMatch(/<caption>By declared origin<\/caption>[\s\S]*<td>3<\/td><td>100%<\/td>/);
    const places = ['b.png', 'a.png', 'c.png'].map((name) => body.indexOf(`${name}</bdi>`));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places[0]).toBeGreaterThan(0);
    expect(body).toContain(`href="/v1${url}/results"`);
    expect(body).not.toContain('method="post"');
    const chinese = await pageAt(test, `${url}?lang=zh-Hans`);
    expect(chinese.body).toContain('已全部结束。文件数：3。');
    expect(chinese.body).toMatch(/<caption>按所声明的来源<\/caption>[\s\S]*<th scope="row">未说明<\/th>/);
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
    expect(after.body).toContain('It was cancelled. 0 of 27 files had been looked at.');
    expect(after.headers['refresh']).toBeUndefined();
    expect(test.uploads()).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import type { Printable } from '../../src/service/pdf/printable.js';
import { inChinese, inEnglish } from '../i18n/english.js';
import { BROWSER, multipart, onePart, sharedApp, shellReport, testApp, upload } from './harness.js';
import { bearer, guarded, newKey } from './with-keys.js';

const file = (name: string, content = name) =>
  onePart({ filename: name, type: 'image/png', content: Buffer.from(content) });

async function sent(app: Awaited<ReturnType<typeof testApp>>['app'], name: string): Promise<string> {
  const answer = await upload(app, [file(name)]);
  expect(answer.statusCode).toBe(201);
  return String(answer.headers.location).split('/').at(-1) ?? '';
}

describe('the list of inspections as a page', () => {
  const empty = sharedApp();

  it('says that there is none', async () => {
    const { app } = empty();
    const page = await app.inject({ url: '/inspections', headers: BROWSER });
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('No inspection matches.');
  });

  it('shows names as text by day, newest first, with a box to compare and numbers by origin', async () => {
    const { app } = await testApp();
    await sent(app, 'first.png');
    const second = await sent(app, '<img src=x onerror=1>.png');
    const { body } = await app.inject({ url: '/inspections', headers: BROWSER });
    expect(body).not.toContain('<img');
    expect(body.indexOf('onerror')).toBeLessThan(body.indexOf('first.png'));
    expect(body).toContain(`<input type="checkbox" name="id" value="${second}"`);
    const today = new Date().toISOString().slice(0, 10);
    expect(body).toContain(`<h2><time datetime="${today}">`);
    expect(body).not.toContain('/pictures/preview');
    expect(body).toMatch(/<caption>By declared origin<\/caption>[\s\S]*<td>2<\/td><td>100%<\/td>/);
  });

  it('finds by one box, keeps the page’s language, and shows the picture that is kept', async () => {
    const { app, stores } = await testApp();
    const id = await sent(app, 'Harbour.png');
    await sent(app, 'other.png');
    const content = Buffer.from('x');
    await stores.inspections.putDerivatives('local', id, [
      { kind: 'preview', mediaType: 'image/webp', content },
    ]);
    await app.inject({
      method: 'POST',
      url: `/inspections/${id}/case`,
      payload: new URLSearchParams({ caseRef: 'Flood “26”', tags: 'a, b，c' }).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    for (const words of ['harbour', 'flood “']) {
      const query = new URLSearchParams({ q: words, lang: 'zh-Hans' });
      const { body } = await app.inject({ url: `/inspections?${query}`, headers: BROWSER });
      expect(body).toContain('Harbour.png');
      expect(body).not.toContain('other.png');
      expect(body).toContain(`src="/v1/inspections/${id}/pictures/preview"`);
      expect(body).toContain('<input type="hidden" name="lang" value="zh-Hans">');
      expect(body).toContain(`value="${words}"`);
      expect(body).toContain('Flood “26”');
    }
  });

  it('narrows by what is asked, and an empty field asks nothing', async () => {
    const { app } = await testApp();
    await sent(app, 'one.png');
    const names = async (query: string) =>
      (await app.inject({ url: `/inspections?${query}`, headers: BROWSER })).body.includes('one.png');
    expect(await names('origin=&kind=&signer=&from=')).toBe(true);
    expect(await names('origin=none')).toBe(true);
    expect(await names('origin=captured')).toBe(false);
    expect(await names('signer=Nobody')).toBe(false);
    const today = new Date().toISOString().slice(0, 10);
    expect(await names(`from=${today}&to=${today}`)).toBe(true);
    expect(await names('to=2020-01-01')).toBe(false);
  });

  it('keeps apart what declares nothing and what was not looked into everywhere', async () => {
    const { app } = await testApp({
      inspector: {
        inspect: async (request) => {
          const report = shellReport(request, Buffer.from(request.name));
          if (request.name === 'read.png') return report;
          const reason = 'It ends inside a chunk.';
          const xmp = { status: 'malformed', code: 'png.truncated', reason: reason as never } as const;
          const coverage = {
            state: 'partial' as const,
            unread: [{ carrier: 'xmp' as const, code: xmp.code, reason: reason as never }],
          };
          return {
            ...report,
            summary: { ...report.summary, origin: 'unknown', coverage },
            reads: { ...report.reads, xmp },
          };
        },
        close: async () => {},
      },
    });
    for (const name of ['read.png', 'cut.png', 'cut-too.png']) await sent(app, name);
    const asked = async (origin: string) => {
      const { inspections } = (await app.inject({ url: `/v1/inspections?origin=${origin}` })).json();
      return inspections.map(({ name }: { name: string }) => name).sort();
    };
    expect(await asked('unknown')).toEqual(['cut-too.png', 'cut.png']);
    expect(await asked('none')).toEqual(['read.png']);
    const page = (await app.inject({ url: '/inspections?lang=zh-Hans', headers: BROWSER })).body;
    expect(page).toContain(`<option value="unknown">${inChinese('page.origin.unknown')}</option>`);
    expect(page).toMatch(
      new RegExp(`<th scope="row">${inChinese('page.origin.unknown')}</th>\\s*<td>2</td>`),
    );
    expect(page).toMatch(/<th scope="row">未说明<\/th>\s*<td>1<\/td>/);
  });

  it.each(['origin=real', 'from=yesterday', 'to=2026-13-40', 'signal=no.such', 'cursor=!!'])(
    'answers %s with what is wrong',
    async (query) => {
      const { app } = empty();
      const answer = await app.inject({ url: `/inspections?${query}`, headers: BROWSER });
      expect(answer.statusCode).toBe(400);
    },
  );

  it('leads on to older ones, keeping the question', async () => {
    const { app } = await testApp();
    for (let number = 0; number < 27; number += 1) await sent(app, `file-${number}.png`);
    const first = await app.inject({ url: '/inspections?origin=none', headers: BROWSER });
    expect(first.body.match(/type="checkbox"/g)).toHaveLength(25);
    const older = /href="([^"]+)"[^>]*>Older ones/.exec(first.body.replaceAll('rel="next" ', ''))?.[1];
    expect(older).toContain('origin=none');
    const second = await app.inject({ url: (older ?? '').replaceAll('&amp;', '&'), headers: BROWSER });
    expect(second.body.match(/type="checkbox"/g)).toHaveLength(2);
    expect(second.body).toContain('file-0.png');
  });
});

describe('two reports side by side', () => {
  const service = sharedApp();

  it('in the language of the page', async () => {
    const { app } = service();
    const ids = [await sent(app, 'a.png'), await sent(app, 'b.png')];
    const english = await app.inject({ url: `/compare?id=${ids[0]}&id=${ids[1]}`, headers: BROWSER });
    expect(english.statusCode).toBe(200);
    expect(english.body).toContain('The two files differ in their bytes.');
    const chinese = await app.inject({
      url: `/compare?lang=zh-Hans&id=${ids[0]}&id=${ids[1]}`,
      headers: BROWSER,
    });
    expect(chinese.body).toContain('两个文件的字节不同。');
  });

  it('asks for exactly two', async () => {
    const { app } = service();
    const id = await sent(app, 'c.png');
    for (const query of ['', `id=${id}`, `id=${id}&id=${id}&id=${id}`]) {
      const answer = await app.inject({ url: `/compare?${query}`, headers: BROWSER });
      expect(answer.statusCode).toBe(400);
      expect(answer.body).toContain(inEnglish('form.history.pickTwo'));
    }
  });

  it('knows no other ids', async () => {
    const { app } = service();
    const id = await sent(app, 'd.png');
    const other = '00000000-0000-4000-8000-000000000000';
    for (const wrong of [other, '../../etc/passwd']) {
      const answer = await app.inject({
        url: `/compare?id=${id}&id=${encodeURIComponent(wrong)}`,
        headers: BROWSER,
      });
      expect(answer.statusCode).toBe(404);
    }
  });
});

describe('a kept report as a page in one file', () => {
  it('is to be kept, in the language that is asked for, and loads and runs nothing', async () => {
    const { app } = await testApp();
    const id = await sent(app, '<img src=x onerror=alert(1)>.png');
    const answer = await app.inject({ url: `/v1/inspections/${id}/report.html?lang=zh-Hans` });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(answer.headers['content-disposition']).toBe('attachment; filename="assay-report.html"');
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.body).toContain('<html lang="zh-Hans" dir="ltr">');
    expect(answer.body).toContain("default-src 'none'; style-src 'unsafe-inline'; img-src data:");
    expect(answer.body).not.toMatch(/<(script|img|link|iframe|form)\b|@import|url\(/);
    const again = { 'if-none-match': String(answer.headers['etag']) };
    const same = await app.inject({
      url: `/v1/inspections/${id}/report.html?lang=zh-Hans`,
      headers: again,
    });
    expect(same.statusCode).toBe(304);
  });

  it('of what is not there is a problem', async () => {
    const { app } = await testApp();
    const none = '00000000-0000-4000-8000-000000000000';
    expect((await app.inject({ url: `/v1/inspections/${none}/report.html` })).statusCode).toBe(404);
    const { payload, headers } = multipart([onePart()]);
    const later = await app.inject({
      method: 'POST',
      url: '/v1/inspections',
      payload,
      headers: { ...headers, prefer: 'respond-async' },
    });
    const early = await app.inject({ url: `${later.headers.location}/report.html` });
    expect([early.statusCode, early.json().code]).toEqual([409, 'not-finished']);
  });
});

describe('a kept report as PDF', () => {
  it('is one, in the language that is asked for', async () => {
    const { app } = await testApp();
    const id = await sent(app, 'a.png');
    for (const query of ['', '?lang=zh-Hans&paper=letter']) {
      const answer = await app.inject({ url: `/v1/inspections/${id}/report.pdf${query}` });
      expect(answer.statusCode).toBe(200);
      expect(answer.headers['content-type']).toBe('application/pdf');
      expect(answer.headers['cache-control']).toBe('no-store');
      expect(answer.headers['assay-printed-by']).toMatch(/^(chromium|pdfkit)$/);
      expect(answer.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
    }
  });

  it('of what is not there is a problem', async () => {
    const { app } = await testApp();
    const id = '00000000-0000-4000-8000-000000000000';
    expect((await app.inject({ url: `/v1/inspections/${id}/report.pdf` })).statusCode).toBe(404);
    const kept = await sent(app, 'a.png');
    expect((await app.inject({ url: `/v1/inspections/${kept}/report.pdf?paper=a0` })).statusCode).toBe(400);
  });

  it('has its one page alone, under the case and the name of the key that prints it', async () => {
    const printed: Printable[] = [];
    const printer = {
      print: async (one: Printable) => {
        printed.push(one);
        return { pdf: Buffer.from('%PDF-'), by: 'pdfkit' as const };
      },
    };
    const test = await guarded({}, { printer });
    const key = bearer(await newKey(test, { name: 'city desk' }));
    const part = { name: 'caseRef', content: 'K-2026/17' };
    const { location } = (await upload(test.app, [onePart(), part], { headers: key })).headers;
    for (const form of ['finding', 'report']) {
      const answer = await test.app.inject({ url: `${location}/${form}.pdf?lang=zh-Hans`, headers: key });
      expect(answer.statusCode).toBe(200);
      expect(answer.headers['content-disposition']).toBe(`attachment; filename="assay-${form}.pdf"`);
    }
    const told = printed.map(({ blocks }) =>
      blocks().map(({ spans }) => spans.map(({ text }) => text).join('')),
    );
    for (const page of told) {
      expect(page).toContain('案件 K-2026/17');
      expect(page).toContain('出具人 city desk');
      expect(page).toContainEqual(expect.stringMatching(/^检查时间 .* UTC$/));
    }
    const [onePage = [], whole = []] = told;
    expect(whole.slice(0, onePage.length)).toEqual(onePage);
    expect(onePage).not.toContain('完整记录');
    expect(whole).toContain('完整记录');
  });
});

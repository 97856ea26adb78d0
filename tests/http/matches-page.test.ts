import { describe, expect, it, onTestFinished } from 'vitest';
import { message } from '../../src/i18n/message.js';
import { translatorFor } from '../../src/i18n/translator.js';
import { openMatcher } from '../../src/service/matches/in-process-matcher.js';
import type { Printable } from '../../src/service/pdf/printable.js';
import { inEnglish } from '../i18n/english.js';
import { BROWSER, temporaryDirectory, testApp, testStores, upload } from './harness.js';
import { type Alike, alikeApp, fingerprint, looksLike, turnedBits } from './similar-pictures.js';

const page = async ({ app }: Alike, id: string, lang = 'en'): Promise<string> =>
  (await app.inject({ url: `/inspections/${id}?lang=${lang}`, headers: BROWSER })).body;

const articleIn = (body: string): string => /<article.*?<\/article>/s.exec(body)?.[0] ?? '';
const sectionIn = (body: string): string =>
  /<section class="report seen".*?<\/section>/s.exec(body)?.[0] ?? '';
const without = (article: string): string =>
  article.replace(/<p class="notice" id="seen-notice">.*?<\/p>\n/s, '');
const leadIn = (body: string): string | undefined =>
  /<p class="notice" id="seen-notice">(.*?) <a/s.exec(articleIn(body))?.[1];

describe('the page of a file that was seen before', () => {
  it('shows the other one beside it, and says whose the credentials are', async () => {
    const test = await alikeApp();
    const own = fingerprint();
    const copy = await test.seen('IMG-WA0001.jpg', turnedBits(own, 7));
    const before = await page(test, copy);
    expect(sectionIn(before)).toContain(inEnglish('page.matches.nothingStored'));
    const signed = await test.seen('signed<i>.png', own);
    const body = await page(test, copy);
    const section = sectionIn(body);
    expect(section).toContain(
      'A picture that was inspected here before looks like this one (7 of 256 bits differ):',
    );
    expect(section).toContain('signed&lt;i&gt;.png');
    expect(section).toContain(
      'This one carried Content Credentials by <bdi dir="auto">“Example Studio &lt;b&gt;”</bdi>. They belong to that file, not to the file of this report; what was changed between the two is not known.',
    );
    expect(section).toContain(`/compare?id=${copy}&amp;id=${signed}`);
    expect(section).toContain(inEnglish('page.compare.noPicture'));
    // The name of an unconfirmed signer is not told on the first screen.
    expect(leadIn(body)).toBe(inEnglish('page.matches.lead', { kind: 'picture', tier: 'same' }));
    // Its own headline, sentence and origin are unchanged.
    expect(without(articleIn(body))).toBe(articleIn(before));
    const chinese = sectionIn(await page(test, copy, 'zh-Hans'));
    expect(chinese).toContain('此前检查过的文件中有一张图片与此文件看起来相似（256 位中有 7 位不同）：');
    expect(chinese).toContain('凭证属于那个文件，不属于本报告的文件');
  });

  it('leads with what a confirmed signer of the other file states about AI, and lends no capture', async () => {
    const test = await alikeApp();
    const own = fingerprint();
    const copy = await test.seen('copy.jpg', turnedBits(own, 7));
    const signed = await test.seen('listed.png', own);
    const body = await page(test, copy);
    const signer = message('text.asWritten', { text: 'Google LLC' });
    const told = { kind: 'picture', signer } as const;
    expect(leadIn(body)).toBe(
      inEnglish('page.matches.leadSigned', { ...told, tier: 'same', states: 'made' }),
    );
    expect(articleIn(body)).toMatch(/<\/ul>\s*<p class="notice" id="seen-notice">/);
    expect(articleIn(body)).toContain(`/compare?id=${copy}&amp;id=${signed}`);
    expect(sectionIn(body)).toContain('Content Credentials by Google LLC.');
    const camera = fingerprint();
    const photo = await test.seen('photo.jpg', turnedBits(camera, 40));
    await test.seen('listed-camera.png', camera);
    expect(leadIn(await page(test, photo))).toBe(
      inEnglish('page.matches.leadSigned', { ...told, tier: 'other', states: 'other' }),
    );
    const list = (await test.app.inject({ url: '/inspections?lang=en', headers: BROWSER })).body;
    expect(list).toContain('<bdi dir="auto">Google LLC</bdi>');
    await test.seen('signed.png', fingerprint());
    expect((await test.app.inject({ url: '/inspections?lang=en', headers: BROWSER })).body).toContain(
      '<bdi dir="auto">“Example Studio &lt;b&gt;”</bdi>',
    );
  });

  it('does not say of the very same bytes that something was changed, or that their credentials are another file’s', async () => {
    const test = await alikeApp();
    const own = fingerprint();
    const ids: string[] = [];
    for (const filename of ['signed-a.png', 'signed-b.png']) {
      const file = { name: 'file', filename, type: 'image/png', content: 'signed bytes' };
      const { headers } = await upload(test.app, [file]);
      ids.push(String(headers['location']).split('/').at(-1) ?? '');
      await looksLike(test.stores, ids.at(-1) ?? '', own);
    }
    await test.search.refresh();
    const section = sectionIn(await page(test, ids[1] ?? ''));
    expect(section).toContain(inEnglish('page.matches.sameBytes', { where: 'other' }));
    expect(leadIn(await page(test, ids[1] ?? ''))).toBe(
      inEnglish('page.matches.lead', { kind: 'picture', tier: 'bytes' }),
    );
    expect(section).not.toContain('Content Credentials');
  });

  it('counts how often the same other file was seen', async () => {
    const test = await alikeApp();
    const own = fingerprint();
    const copy = await test.seen('copy.jpg', turnedBits(own, 40));
    const same = { name: 'file', filename: 'one.png', type: 'image/png', content: 'the same bytes' };
    for (const caseRef of ['harbour', 'bridge', 'school']) {
      const { headers } = await upload(test.app, [same, { name: 'caseRef', content: caseRef }]);
      const id = String(headers['location']).split('/').at(-1) ?? '';
      await test.stores.fingerprints.put([
        {
          ...{ tenant: 'local', holder: { inspection: id }, at: '2026-11-25T10:00:00.000Z' },
          fingerprint: { kind: 'picture', quality: 90, frames: 1, shelf: own, query: own },
        },
      ]);
    }
    await test.search.refresh();
    const section = sectionIn(await page(test, copy));
    expect(section).toContain('Seen 3 times');
    expect(section).toContain('harbour');
    expect(section).toContain('may be a crop or a version of this one, or only look like it');
    expect(section.match(/<li class="match">/g)).toHaveLength(1);
  });

  it('says where what was kept just before may have been missed, and not that no records were stored', async () => {
    const stores = await testStores(temporaryDirectory());
    let isAway = false;
    const source = {
      follow: (after: number, limit: number) =>
        isAway ? Promise.reject(new Error('away')) : stores.fingerprints.follow(after, limit),
    };
    const seen = await openMatcher(source, { threads: 1, onFault: () => undefined });
    onTestFinished(() => seen.close());
    const test = await alikeApp({ stores, matchIndex: seen });
    await seen.refresh();
    isAway = true;
    const id = await test.seen('new.png', fingerprint());
    const section = sectionIn(await page(test, id));
    expect(section).toContain('may not have been searched yet');
    expect(section).not.toContain(translatorFor('en').text('page.matches.nothingStored'));
    const told = await test.app.inject({ url: `/v1/inspections/${id}/matches` });
    expect(told.json()).toMatchObject({ state: 'done', matches: [], behind: true });
  });

  it('says why nothing was looked for, and how to look again', async () => {
    const off = await testApp();
    const { headers } = await upload(off.app);
    const id = String(headers['location']).split('/').at(-1) ?? '';
    const told = await off.app.inject({ url: `/inspections/${id}`, headers: BROWSER });
    expect(told.body).toContain('comparing is switched off on this server');
    const test = await alikeApp({ now: () => new Date() });
    const made = await upload(test.app);
    const waits = String(made.headers['location']).split('/').at(-1) ?? '';
    const section = sectionIn(await page(test, waits));
    expect(section).toContain('data-again');
    expect(section).toContain(`href="/inspections/${waits}?lang=en#seen">Look again</a>`);
    // A failing search does not break the page.
    const known = await test.seen('known.png', fingerprint());
    await test.search.close();
    expect(sectionIn(await page(test, known))).toContain(inEnglish('page.matches.failed'));
    const { statusCode, headers: refused } = await test.app.inject({
      url: `/v1/inspections/${known}/matches`,
    });
    expect([statusCode, refused['retry-after']]).toEqual([503, '2']);
  });

  it('keeps it off links, PDFs and saved pages', async () => {
    const printed: Printable[] = [];
    const printer = {
      print: async (one: Printable) => {
        printed.push(one);
        return { pdf: Buffer.from('%PDF-'), by: 'pdfkit' as const };
      },
    };
    const test = await alikeApp({ printer });
    const own = fingerprint();
    await test.seen('signed.png', own);
    const copy = await test.seen('copy.jpg', turnedBits(own, 7));
    expect(sectionIn(await page(test, copy))).toContain('signed.png');
    const shares = `/v1/inspections/${copy}/shares`;
    const made = await test.app.inject({ method: 'POST', url: shares, payload: { pictures: true } });
    const [link = ''] = new URL(made.json().url).pathname.split('?');
    const own_ = `/v1/inspections/${copy}`;
    for (const url of [
      ...[link, `${link}/report.json`, `${link}/report.pdf`, `${link}/finding.pdf`],
      ...[`${own_}/report.html`, `${own_}/report.json`, `${own_}/report.pdf`, `${own_}/finding.pdf`],
    ]) {
      const { statusCode, body } = await test.app.inject({ url, headers: BROWSER });
      expect(statusCode, url).toBe(200);
      expect(body, url).not.toMatch(/signed\.png|Seen before|id="seen/);
    }
    expect(printed).toHaveLength(4);
    expect(JSON.stringify(printed)).not.toMatch(/signed\.png|Seen before/);
  });
});

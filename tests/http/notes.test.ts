import { describe, expect, it } from 'vitest';
import { HOSTILE_TEXTS } from '../../fuzz/hostile-texts.js';
import { deskLimits } from '../../src/http/services/desk-fields.js';
import type { Printable } from '../../src/service/pdf/printable.js';
import { inChinese, inEnglish } from '../i18n/english.js';
import { BROWSER, sharedApp, type TestApp, testApp, upload } from './harness.js';
import { bearer, guarded, newKey, withScopes } from './with-keys.js';

const FORM = { ...BROWSER, 'content-type': 'application/x-www-form-urlencoded' };

async function kept(test: TestApp, headers: Record<string, string> = {}): Promise<string> {
  return String((await upload(test.app, undefined, { headers })).headers.location).replace('/v1', '');
}

const add = ({ app }: TestApp, page: string, note: string, headers: Record<string, string> = {}) =>
  app.inject({
    method: 'POST',
    url: `${page}/notes`,
    headers: { ...FORM, ...headers },
    payload: new URLSearchParams({ note }).toString(),
  });

describe('notes by people', () => {
  /** Shared service for tests that leave it unchanged. */
  const refusing = sharedApp();

  it('are added by the form and stand on the page, in the PDF and in the saved page, marked as such', async () => {
    const printed: Printable[] = [];
    const print = async (one: Printable) => {
      printed.push(one);
      return { pdf: Buffer.from('%PDF-'), by: 'pdfkit' as const };
    };
    const test = await guarded({}, { printer: { print } });
    const headers = bearer(await newKey(test, { name: 'photo <desk>' }));
    const page = await kept(test, headers);
    expect((await test.app.inject({ url: page, headers: { ...BROWSER, ...headers } })).body).not.toContain(
      'Notes by people',
    );
    const answer = await add(test, page, 'first line\r\nsecond line', headers);
    expect(answer.statusCode).toBe(303);
    expect(answer.headers.location).toBe(`${page}#notes`);
    await test.app.inject({ url: `/v1${page}/report.pdf?lang=zh-Hans`, headers });
    const bodies = [
      (await test.app.inject({ url: page, headers: { ...BROWSER, ...headers } })).body,
      (await test.app.inject({ url: `/v1${page}/report.html`, headers })).body,
    ];
    for (const body of bodies) {
      expect(body).toContain(
        `${inEnglish('page.notes.by')} <bdi class="verbatim" dir="auto">photo &lt;desk&gt;`,
      );
      expect(body).toContain('first line<br>second line');
    }
    expect(String(printed[0]?.article)).toContain('由人撰写，并非 Assay 所述');
    expect(String(printed[0]?.article)).toContain('first line<br>second line');
  });

  it('show what is hostile as text', async () => {
    const test = await testApp();
    const page = await kept(test);
    const texts = HOSTILE_TEXTS.slice(0, deskLimits.notes);
    for (const text of texts) await add(test, page, `note ${text}`.slice(0, deskLimits.noteCharacters));
    const { body } = await test.app.inject({ url: page, headers: BROWSER });
    const notes = body.slice(body.indexOf('<section class="notes"'), body.indexOf('<details class="note"'));
    expect(notes.match(/<blockquote/g)?.length).toBe(texts.length);
    // Only our own elements and attributes, and no characters that reorder or hide text.
    const tags = new Set(notes.match(/<[^>]*>/g)?.map((tag) => tag.replace(/ .*|>$/gs, '')));
    expect([...tags].sort()).toEqual([
      '</blockquote',
      '</h3',
      '</li',
      '</ol',
      '</p',
      '</section',
      '</small',
      '<blockquote',
      '<br',
      '<h3',
      '<li',
      '<ol',
      '<p',
      '<section',
      '<small',
    ]);
    expect(notes).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u0000-\u0009\u000b-\u001f]/);
  });

  it.each([
    ['', inChinese('problem.field.blank')],
    [' \u200e\n', inChinese('problem.field.blank')],
    [
      'x'.repeat(deskLimits.noteCharacters + 1),
      `最多 ${deskLimits.noteCharacters.toLocaleString('en')} 个字符。`,
    ],
  ])('that cannot be kept come back with the page and what to do (%#)', async (text, says) => {
    const test = refusing();
    const page = await kept(test);
    const answer = await test.app.inject({
      method: 'POST',
      url: `${page}/notes?lang=zh-Hans`,
      headers: FORM,
      payload: new URLSearchParams({ note: text }).toString(),
    });
    expect(answer.statusCode).toBe(400);
    expect(answer.body).toContain(`role="alert">字段“note”${says}</p>`);
    expect(answer.body).toContain('aria-invalid="true" autofocus');
    expect(answer.body).toContain(text.trim().slice(0, 100));
  });

  it('hold as many Chinese characters as they may', async () => {
    const test = await testApp();
    const page = await kept(test);
    expect((await add(test, page, '长'.repeat(deskLimits.noteCharacters))).statusCode).toBe(303);
    expect((await add(test, page, '长'.repeat(2 * deskLimits.noteCharacters))).statusCode).toBe(413);
  });

  it('go along with a link where its maker says so, as they stood when it was made', async () => {
    let now = new Date('2026-11-25T10:00:00.000Z');
    const test = await testApp({ now: () => now });
    const page = await kept(test);
    await add(test, page, 'written before');
    const link = async (notes: boolean) => {
      const made = await test.app.inject({ method: 'POST', url: `/v1${page}/shares`, payload: { notes } });
      return made.json().url.replace(/^http:\/\/[^/]+/, '');
    };
    const [plain, noted] = [await link(false), await link(true)];
    now = new Date(now.getTime() + 1);
    await add(test, page, 'written after');
    const shown = async (url: string) => (await test.app.inject({ url, headers: BROWSER })).body;
    expect(await shown(plain)).not.toContain('written');
    expect(await shown(noted)).toContain('written before');
    expect(await shown(noted)).not.toContain('written after');
    expect((await test.app.inject({ url: `${page}/share`, headers: BROWSER })).body).toContain(
      'Show the 2 notes that stand here now, too',
    );
  });

  it('take the scope `inspect`', async () => {
    const test = await guarded();
    const page = await kept(test, bearer(await newKey(test)));
    expect((await add(test, page, 'a', await withScopes(test, 'read'))).statusCode).toBe(403);
    const theirs = bearer(await newKey(test, { tenant: 'theirs' }));
    expect((await add(test, page, 'a', theirs)).statusCode).toBe(404);
  });
});

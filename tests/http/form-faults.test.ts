import { describe, expect, it } from 'vitest';
import { inEnglish } from '../i18n/english.js';
import { BROWSER, onePart, testApp, upload } from './harness.js';
import { guarded } from './with-keys.js';

const chosen = [
  { name: 'jurisdiction', content: 'EU' },
  { name: 'rulebooks', content: 'eu-ai-act-art-50' },
  { name: 'deep', content: 'true' },
];

/** Returns the tag of the field with this id. */
const tagOf = (body: string, id: string): string =>
  new RegExp(`<\\w+ id="${id}"[^>]*>`).exec(body)?.[0] ?? '';
const faultOf = (body: string, field: string): string =>
  new RegExp(`<p class="error" id="${field}-error" role="alert">([^<]*)</p>`).exec(body)?.[1] ?? '';

describe('a form that the server refuses', () => {
  it.each([
    [
      'no file',
      [{ name: 'file', filename: '', content: '' }, ...chosen],
      400,
      'file',
      'Choose a file first.',
    ],
    ['an empty file', [onePart({ content: '' }), ...chosen], 400, 'file', 'This file is empty'],
    [
      'a day that is none',
      [onePart(), ...chosen, { name: 'asOf', content: '2026-02-30' }],
      400,
      'asOf',
      'Give a day of the calendar',
    ],
    [
      'an empty sidecar',
      [onePart(), ...chosen, { name: 'sidecar', filename: 'a.c2pa', content: '' }],
      400,
      'sidecar',
      'Choose at most one manifest file',
    ],
  ] as const)(
    'comes back for %s, with what to do beside the field and what was chosen',
    async (_, parts, status, field, says) => {
      const test = await testApp();
      const { body, statusCode, headers } = await upload(test.app, [...parts], { headers: BROWSER });
      expect(statusCode).toBe(status);
      expect(headers['content-type']).toBe('text/html; charset=utf-8');
      expect(headers['cache-control']).toBe('no-store');
      expect(body).toContain('<title>Not inspected – Assay');
      expect(faultOf(body, field)).toContain(says);
      const tag = tagOf(body, field);
      expect(tag).toContain(`aria-describedby="${field}-error`);
      expect(tag).toContain('aria-invalid="true" autofocus');
      // A single fault gets a single focus.
      expect(body.match(/aria-invalid="true"/g)).toHaveLength(1);
      expect(body).toContain('<option value="EU" selected>');
      expect(body).toContain('<option value="eu-ai-act-art-50" selected>');
      expect(tagOf(body, 'deep')).toContain(' checked');
      expect(test.uploads()).toEqual([]);
    },
  );

  it('comes back for a file that is too large, in Chinese too', async () => {
    const { app } = await testApp({ env: { ASSAY_MAX_UPLOAD_BYTES: '1000' } });
    for (const size of [1_001, 300_000]) {
      const answer = await upload(app, [onePart({ content: Buffer.alloc(size) })], {
        url: '/v1/inspections?lang=zh-Hans',
        headers: BROWSER,
      });
      expect(answer.statusCode).toBe(413);
      expect(answer.body).toContain('<html lang="zh-Hans"');
      expect(faultOf(answer.body, 'file')).toContain('此文件超过此服务器可接受的大小');
    }
  });

  it('says above all fields what is of none of them', async () => {
    const { app } = await testApp({ env: { ASSAY_DATA_QUOTA: '1' } });
    const { body, statusCode } = await upload(app, undefined, { headers: BROWSER });
    expect(statusCode).toBe(507);
    expect(body).toMatch(
      new RegExp(
        `<p class="notice" role="alert" tabindex="-1" autofocus>${inEnglish('problem.quota-full.title')}`,
      ),
    );
    expect(body).not.toContain('aria-invalid="true"');
  });

  it('shows what was sent as text', async () => {
    const { app } = await testApp();
    const hostile = '"><script>alert(1)</script>';
    const { body } = await upload(app, [onePart(), { name: 'asOf', content: hostile }], { headers: BROWSER });
    expect(body).not.toContain('<script>');
    expect(body).toContain('value="&quot;&gt;&lt;script&gt;');
  });

  it('is a problem for programs, and a way to sign in for strangers', async () => {
    const { app } = await testApp();
    const answer = await upload(app, [onePart({ content: '' })]);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    const stranger = await upload((await guarded()).app, undefined, { headers: BROWSER });
    expect(stranger.statusCode).toBe(401);
    expect(stranger.body).not.toContain('<form class="upload"');
  });

  it('reads on after the file alone: a field before it is refused at once', async () => {
    const { app, uploads } = await testApp();
    const parts = [{ name: 'asOf', content: 'never' }, onePart(), { name: 'deep', content: 'perhaps' }];
    const answer = await upload(app, parts);
    expect(answer.json().errors).toMatchObject([{ pointer: '/asOf' }]);
    expect(uploads()).toEqual([]);
    const after = await upload(app, [onePart({ content: '' }), { name: 'deep', content: 'perhaps' }]);
    expect(after.json().code).toBe('file-empty');
    expect((await upload(app, [onePart({ content: '' }), onePart()])).json().code).toBe('several-files');
  });
});

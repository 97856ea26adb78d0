import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { limits } from '../../../src/base/limits.js';
import { UnreadablePartError } from '../../../src/core/evidence/evidence.js';
import { partsReader } from '../../../src/core/readers/carriers/parts.js';
import { processorMillis, SOON_MILLIS } from '../../support/processor-time.js';
import { opened } from './opened.js';

const JPEG = readFileSync(join(import.meta.dirname, '../../../fixtures/plain/plain.jpg'));
const BASE64 = JPEG.toString('base64');
const svg = (inner: string, head = '') =>
  `<?xml version="1.0"?>${head}<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">${inner}</svg>`;
const link = `data:image/jpeg;base64,${BASE64}`;

const found = (source: string | Buffer) =>
  opened('a.svg', Buffer.from(source), async (asset) => {
    const read = await partsReader.read(asset, { engine: 'wasm' });
    const parts = ('value' in read ? (read.value ?? []) : []).slice(1);
    const contents = await Promise.all(
      parts.map((part) =>
        part.unpack?.(limits.unpackedPartBytes).catch((error: unknown) => {
          if (error instanceof UnreadablePartError) return error.fault.code;
          throw error;
        }),
      ),
    );
    return { parts, contents, notes: read.notes ?? [] };
  });

describe('pictures in an SVG', () => {
  it.each([
    ['in an attribute', `<image href="${link}"/>`],
    ['in the older attribute, in single quotation marks', `<image xlink:href='${link}'/>`],
    [
      'broken into lines',
      `<image href="data:image/jpeg;base64,\n${BASE64.replaceAll(/.{76}/g, '$&\n  ')}"/>`,
    ],
    [
      'broken into lines by entities',
      `<image href="data:image/jpeg;base64,${BASE64.replaceAll(/.{76}/g, '$&&#10;')}"/>`,
    ],
    [
      'with signs as entities',
      `<image href="${link.replaceAll('/', '&#x2f;').replace('data&#x2f;', 'data/').replace('image&#x2f;', 'image/')}"/>`,
    ],
    ['percent-encoded', `<image href="data:image/jpeg;base64,${encodeURIComponent(BASE64)}"/>`],
    [
      'as bytes in percent signs',
      `<image href="data:image/jpeg,${[...JPEG].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')}"/>`,
    ],
    ['in a style sheet', `<style>rect { background: url(${link}) }</style>`],
    ['in a CDATA section', `<style><![CDATA[rect { background: url("${link}") }]]></style>`],
    ['in a style of an attribute', `<rect style="background: url(&quot;${link}&quot;)"/>`],
    ['with a setting', `<image href="data:image/jpeg;charset=utf-8;base64,${BASE64}"/>`],
  ])('%s are found', async (_name, inner) => {
    const { contents, notes } = await found(svg(inner));
    expect(contents.map((one) => Buffer.isBuffer(one) && one.equals(JPEG))).toEqual([true]);
    expect(notes).toEqual([]);
  });

  it('in an entity of its own are found, and what such entities are made of is said to be unread', async () => {
    const whole = svg('<image href="&picture;"/>', `<!DOCTYPE svg [<!ENTITY picture "${link}">]>`);
    expect((await found(whole)).contents.map((one) => Buffer.isBuffer(one) && one.equals(JPEG))).toEqual([
      true,
    ]);
    const pieces = svg('<image href="data:image/jpeg;base64,&one;&two;&three;"/>');
    expect((await found(pieces)).contents).toEqual(['part.packing']);
  });

  it('in UTF-16 are found', async () => {
    const bytes = Buffer.from(`\uFEFF${svg(`<image href="${link}"/>`)}`, 'utf16le');
    const { contents, parts } = await found(bytes);
    expect(contents.map((one) => Buffer.isBuffer(one) && one.equals(JPEG))).toEqual([true]);
    expect(parts[0]?.offset).toBe(bytes.indexOf(Buffer.from(BASE64.slice(0, 20), 'utf16le')));
  });

  it('of other kinds are told by what the link says', async () => {
    const inner = `<audio src="data:audio/mpeg;base64,${BASE64}"/><video href="data:video/mp4;base64,${BASE64}"/>`;
    expect((await found(svg(inner))).parts.map(({ kind }) => kind)).toEqual([
      'embedded-sound',
      'embedded-video',
    ]);
  });

  it('that stand outside are named, and links within the file are none', async () => {
    const inner = [
      '<image xlink:href="https://example.org/a.png"/>',
      '<image\n width="1" href = \'photo.jpg\' />',
      '<use href="#a"/><a href="https://example.org/">text</a>',
      `<image href="${link}"/>`,
    ].join('');
    expect((await found(svg(inner))).notes).toEqual([{ id: 'note.outside', params: { count: 2 } }]);
  });

  it.each([
    ['links', () => `<image href="data:image/png;base64,${'A'.repeat(20)}"/>`.repeat(20_000)],
    ['links without an end', () => 'data:image/png;base64,('.repeat(400_000)],
    ['elements without an address', () => `<image ${'a '.repeat(2_000)}`.repeat(3_000)],
    ['elements within one another', () => '<image '.repeat(1_000_000)],
  ])('of very many %s come to an end', async (_name, make) => {
    const source = svg(make());
    const spent = await processorMillis(() =>
      opened('a.svg', Buffer.from(source), (asset) => partsReader.read(asset, { engine: 'wasm' })),
    );
    expect(spent).toBeLessThan(SOON_MILLIS);
  });
});

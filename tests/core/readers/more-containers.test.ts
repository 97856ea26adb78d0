import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { limits } from '../../../src/base/limits.js';
import { Asset } from '../../../src/core/media/asset.js';
import { type Carrier, foundValue } from '../../../src/core/media/carrier.js';
import { readAll } from '../../../src/core/readers/read-all.js';

/** Carriers in containers that formerly counted as having none of them. */
const FIXTURES = resolve(import.meta.dirname, '../../../fixtures');

async function evidenceOf(file: string) {
  const asset = await Asset.open(resolve(FIXTURES, file));
  return readAll(asset, { engine: 'auto' }).finally(() => asset.close());
}

describe('a label in a less common place', () => {
  it.each<[file: string, carrier: Carrier, said: RegExp]>([
    ['labels/psd-gb45438-xmp.psd', 'xmp', /TC260:AIGC/],
    ['labels/psb-gb45438-xmp.psb', 'xmp', /TC260:AIGC/],
    ['labels/psd-gb45438-exif.psd', 'exif', /ContentProducer/],
    ['labels/psd-iptc-credit.psd', 'iptcIim', /Made with Google AI/],
    ['labels/jp2-gb45438-xmp.jp2', 'xmp', /TC260:AIGC/],
    ['labels/jpx-gb45438-xmp.jpx', 'xmp', /TC260:AIGC/],
    ['labels/jp2-gb45438-exif.jp2', 'exif', /ContentProducer/],
    ['labels/jp2-iptc-credit.jp2', 'iptcIim', /Made with Google AI/],
    ['labels/jp2-comment.jp2', 'comment', /ContentProducer/],
    ['labels/jp2-private-xml.jp2', 'privateChunk', /hills under a sun/],
    ['labels/flv-gb45438-xmp.flv', 'xmp', /TC260:AIGC/],
    ['labels/mp4-gb45438-exif.mp4', 'exif', /ContentProducer/],
    ['labels/mp4-iptc-credit.mp4', 'iptcIim', /Made with Google AI/],
    ['labels/wav-exif-chunk.wav', 'exif', /ContentProducer/],
    ['labels/mkv-gb45438-vorbis.mkv', 'vorbisComment', /ContentProducer/],
    ['labels/heic-sei.heic', 'sei', /x265/],
    ['labels/svg-gb45438-comment.svg', 'comment', /ContentProducer/],
  ])('%s: %s is read', async (file, carrier, said) => {
    const read = (await evidenceOf(file))[carrier];
    expect(read.status).toBe('found');
    expect(JSON.stringify(read)).toMatch(said);
  });

  it('is told and not read where it is EXIF as a list of texts in WAV', async () => {
    expect((await evidenceOf('formats/wav-exif-list.wav')).exif).toMatchObject({
      status: 'failed',
      code: 'exif.riff',
    });
  });
});

describe('Content Credentials where no engine reads them', () => {
  it.each([
    ['plain/plain.ogg'],
    ['plain/plain.opus'],
    ['plain/plain.aac'],
    ['plain/synthetic.cr3'],
    ['plain/synthetic.cr2'],
  ])('%s was searched for a manifest store and holds none', async (file) => {
    expect((await evidenceOf(file)).c2pa).toEqual({ status: 'absent' });
  });

  it('says so of an Ogg that holds one', async () => {
    expect((await evidenceOf('formats/ogg-store.ogg')).c2pa).toMatchObject({
      status: 'unsupported',
      code: 'carrier.notRead',
    });
  });

  it.each([
    ['plain/plain.mkv'],
    ['plain/plain.flv'],
    ['plain/plain.aiff'],
    ['formats/jp2-plain.jp2'],
    ['formats/psd-plain.psd'],
  ])('%s has no standard place for them', async (file) => {
    expect((await evidenceOf(file)).c2pa).toMatchObject({
      status: 'unsupported',
      code: 'carrier.none',
      params: { what: 'credentials' },
    });
  });
});

describe('what goes past a bound', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'assay-more-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const evidenceOfBytes = (name: string, bytes: Buffer, length = bytes.length) => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    truncateSync(path, length);
    return evidenceOf(path);
  };

  it('is said of the image resources of a PSD', async () => {
    const head = Buffer.alloc(26);
    head.write('8BPS\0\x01', 0, 'latin1');
    const resource = Buffer.from('8BIM\x03\xe8\0\0\0\0\0\0', 'latin1');
    const resources = Buffer.concat(Array.from({ length: limits.psdResources + 1 }, () => resource));
    const length = Buffer.alloc(8);
    length.writeUInt32BE(resources.length, 4);
    const { xmp } = await evidenceOfBytes(
      'many.psd',
      Buffer.concat([head, length, resources, Buffer.alloc(8)]),
    );
    expect(xmp).toMatchObject({ status: 'failed', code: 'bound.entries' });
  });

  it('is named as data: zero bytes behind a picture, more than are looked at', async () => {
    const jpeg = readFileSync(resolve(FIXTURES, 'plain/plain.jpg'));
    const { parts } = await evidenceOfBytes('long.jpg', jpeg, jpeg.length + limits.paddingSearchBytes + 1);
    const behind = { kind: 'trailing-data', offset: jpeg.length };
    expect(parts).toMatchObject({ status: 'found', value: [{ kind: 'primary' }, behind] });
    expect(foundValue(parts)?.[1]).not.toHaveProperty('plain');
  });

  it('is said of an Ogg with more streams than are looked at', async () => {
    const page = Buffer.concat([
      Buffer.from('OggS\0\x02', 'latin1'),
      Buffer.alloc(20),
      Buffer.from([1, 1, 0x7f]),
    ]);
    const pages = Buffer.concat(Array.from({ length: limits.oggStreams + 1 }, () => page));
    const whole = Buffer.concat([readFileSync(resolve(FIXTURES, 'plain/plain.ogg')).subarray(0, 58), pages]);
    expect((await evidenceOfBytes('many.ogg', whole)).c2pa).toMatchObject({ code: 'carrier.notRead' });
  });
});

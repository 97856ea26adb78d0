import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Asset } from '../../src/core/asset.js';
import type { Carrier } from '../../src/core/evidence.js';
import { readAll } from '../../src/core/read-all.js';

/** Carriers in containers that once counted as having none of them. */
const FIXTURES = resolve(import.meta.dirname, '../../fixtures');

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
      reason: expect.stringMatching(/ files have no standard place for Content Credentials\.$/),
    });
  });
});

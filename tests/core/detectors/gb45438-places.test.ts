import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fault } from '../../../src/base/fault.js';
import { gb45438ImplicitLabel } from '../../../src/core/detectors/gb45438-implicit-label.js';
import { Asset } from '../../../src/core/media/asset.js';
import type { Carrier } from '../../../src/core/media/carrier.js';
import { readAll } from '../../../src/core/readers/read-all.js';
import { facts } from '../../support/literals.js';

/** A GB 45438 label is found at every position that the standard, its practice guides or writers use. */
const PLACES: readonly (readonly [file: string, carrier: Carrier])[] = [
  ['mp4-gb45438.mp4', 'bmffMeta'],
  ['mp4-gb45438-no-key.mp4', 'bmffMeta'],
  ['mp4-gb45438-id32.mp4', 'id3'],
  ['m4a-gb45438-id32.m4a', 'id3'],
  ['mov-gb45438.mov', 'bmffMeta'],
  ['m4a-gb45438.m4a', 'bmffMeta'],
  ['m4a-gb45438-freeform.m4a', 'bmffMeta'],
  ['mkv-gb45438.mkv', 'matroskaTags'],
  ['webm-gb45438.webm', 'matroskaTags'],
  ['flv-gb45438.flv', 'flvMeta'],
  ['flv-gb45438.flv', 'flvMeta'],
  ['mxf-gb45438.mxf', 'mxfMetadata'],
  ['mts-gb45438-id3.mts', 'id3'],
  ['wmv-gb45438.wmv', 'asfMeta'],
  ['wma-gb45438.wma', 'asfMeta'],
  ['wmv-cover-xmp.wmv', 'xmp'],
  ['avi-gb45438.avi', 'riffInfo'],
  ['wav-gb45438.wav', 'riffInfo'],
  ['mp3-gb45438.mp3', 'id3'],
  ['mp3-gb45438-comment.mp3', 'id3'],
  ['flac-gb45438.flac', 'vorbisComment'],
  ['ogg-gb45438.ogg', 'vorbisComment'],
  ['opus-gb45438.opus', 'vorbisComment'],
  ['jpeg-gb45438-xmp-element.jpg', 'xmp'],
  ['jpeg-gb45438-xmp-attribute.jpg', 'xmp'],
  ['jpeg-gb45438-xmp-undeclared.jpg', 'xmp'],
  ['pdf-gb45438.pdf', 'privateChunk'],
  ['pdf-gb45438-xmp.pdf', 'xmp'],
  ['pdf-gb45438-xmp-packed.pdf', 'xmp'],
  ['pdf-gb45438-xmp-in-clear.pdf', 'xmp'],
  ['jpeg-gb45438-exif-usercomment.jpg', 'exif'],
  ['jpeg-gb45438-exif-imagedescription.jpg', 'exif'],
  ['jpeg-gb45438-segment.jpg', 'privateChunk'],
  ['jpeg-gb45438-comment.jpg', 'comment'],
  ['png-gb45438-xmp.png', 'xmp'],
  ['png-gb45438-text-wrapped.png', 'pngText'],
  ['png-gb45438-bare.png', 'pngText'],
  ['webp-gb45438-xmp.webp', 'xmp'],
  ['gif-gb45438.gif', 'xmp'],
  ['tiff-gb45438.tiff', 'xmp'],
  ['heic-gb45438.heic', 'xmp'],
  ['avif-gb45438.avif', 'xmp'],
];

/** The engines run in separate processes. */
const NOT_HERE = fault('reader.error', { words: 'Not needed here.' });
const FIXTURES = join(import.meta.dirname, '../../../fixtures/labels');

describe('a GB 45438 label', () => {
  it.each(PLACES)('in %s stands in %s', async (file, carrier) => {
    const asset = await Asset.open(join(FIXTURES, file));
    try {
      const evidence = await readAll(asset, { engine: 'auto' }, { c2pa: NOT_HERE });
      const found = gb45438ImplicitLabel
        .detect(evidence, facts())
        .find((signal) => signal.id === 'gb45438.label.generated');
      expect(found?.basis.map((place) => place.carrier)).toEqual([carrier]);
    } finally {
      await asset.close();
    }
  });
});

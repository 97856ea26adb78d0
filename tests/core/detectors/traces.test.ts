import { describe, expect, it } from 'vitest';
import { cameraExif } from '../../../src/core/detectors/camera-exif.js';
import { mediaTypeMismatch } from '../../../src/core/detectors/media-type-mismatch.js';
import { severalAssets } from '../../../src/core/detectors/several-assets.js';
import type { ExifField } from '../../../src/core/evidence/evidence.js';
import type { MediaType } from '../../../src/core/media/media-kinds.js';
import { MEDIA_TYPES, UNKNOWN_MEDIA_TYPE } from '../../../src/core/media/media-types.js';
import type { UploadDescription } from '../../../src/core/media/upload-description.js';
import { message } from '../../../src/i18n/message.js';
import { evidence, facts } from '../../support/literals.js';
import { toldSignals } from '../../support/localized.js';

const field = (block: ExifField['block'], name: string, value: ExifField['value']): ExifField => ({
  block,
  name,
  value,
});
const SHOT = [
  field('IFD0', 'Make', 'Canon'),
  field('IFD0', 'Model', 'Canon EOS 40D'),
  field('Exif', 'ExposureTime', 0.01),
  field('Exif', 'FNumber', 7.1),
];
const shot = (fields: ExifField[]) => cameraExif.detect(evidence({ exif: fields }), facts());

describe('camera data', () => {
  it('is a set of fields, and says no serial number', () => {
    const [signal] = shot([...SHOT, field('Exif', 'SerialNumber', '0620620599')]);
    expect(signal).toMatchObject({ id: 'camera.exif', backing: 'inferred', value: 'Canon EOS 40D' });
    expect(JSON.stringify(signal)).not.toContain('0620620599');
  });

  it.each([
    ['a make without exposure', SHOT.slice(0, 2)],
    ['exposure without a make', SHOT.slice(2)],
    [
      'a ComfyUI graph in Model',
      [field('IFD0', 'Make', 'workflow:{}'), field('IFD0', 'Model', 'prompt:{}'), ...SHOT.slice(2)],
    ],
    [
      'a generator in Make',
      [field('IFD0', 'Make', 'Black Forest Labs'), field('IFD0', 'Model', 'flux-dev'), ...SHOT.slice(2)],
    ],
  ])('is not %s', (_name, fields) => {
    expect(shot(fields)).toEqual([]);
  });
});

describe('media type mismatch', () => {
  const mismatch = (said: UploadDescription, { mime } = MEDIA_TYPES.png as MediaType) =>
    mediaTypeMismatch.detectName?.(said, { bytes: 1, mediaType: mime, fittingHints: [] });

  it('is raised where the name or the client says another type than the bytes', () => {
    expect(mismatch({ name: 'a.jpg' })?.[0]).toMatchObject({
      messages: { value: message('fact.mediaTypes', { stated: 'image/jpeg', found: 'image/png' }) },
      basis: [{ locator: 'file name' }],
    });
    expect(mismatch({ name: 'a.png', declaredMediaType: 'video/mp4' })?.[0]).toMatchObject({
      basis: [{ locator: 'declared media type' }],
    });
    expect(mismatch({ name: 'a.jpg' }, UNKNOWN_MEDIA_TYPE)).toHaveLength(1);
  });

  it('is not raised for other spellings, near relations and names that say nothing', () => {
    expect(mismatch({ name: 'a.PNG', declaredMediaType: 'image/x-png' })).toEqual([]);
    expect(mismatch({ name: 'a.mp4' }, MEDIA_TYPES.m4v)).toEqual([]);
    expect(mismatch({ name: 'photo', declaredMediaType: 'application/octet-stream' })).toEqual([]);
    // Nobody knows whether unknown bytes are of a type that Assay does not know either.
    expect(mismatch({ name: 'a.txt', declaredMediaType: 'text/plain' }, UNKNOWN_MEDIA_TYPE)).toEqual([]);
    expect(mismatch({ name: 'a.png', declaredMediaType: 'text/plain' })).toHaveLength(1);
  });
});

describe('several assets in one file', () => {
  it('tells further assets from loose data', () => {
    const parts = [
      { kind: 'primary' as const, offset: 0, bytes: 10, locator: 'JPEG' },
      {
        kind: 'motion-video' as const,
        mediaType: 'video/mp4',
        offset: 10,
        bytes: 10,
        locator: 'ftyp after the end',
      },
      { kind: 'trailing-data' as const, offset: 20, bytes: 5, locator: 'after the end' },
    ];
    expect(toldSignals(severalAssets.detect(evidence({ parts }), facts()))).toEqual([
      {
        id: 'file.severalAssets',
        backing: 'inferred',
        value: 'video/mp4',
        basis: [{ carrier: 'parts', locator: 'ftyp after the end', offset: 10 }],
      },
      {
        id: 'file.trailingData',
        backing: 'inferred',
        value: '5 bytes',
        basis: [{ carrier: 'parts', locator: 'after the end', offset: 20 }],
      },
    ]);
  });
});

describe('half of a Live Photo', () => {
  const identifier = 'A55A0001-0000-4000-8000-000000000001';
  it.each([
    ['picture', { exif: [field('Exif', 'MakerNote Apple ContentIdentifier', identifier)] }],
    [
      'video',
      { bmffMeta: [{ key: 'com.apple.quicktime.content.identifier', value: identifier, system: 'mdta' }] },
    ],
  ])('is noticed in the %s', (_name, found) => {
    expect(severalAssets.detect(evidence(found), facts())).toMatchObject([
      { id: 'file.livePhotoPart', value: identifier },
    ]);
  });
});

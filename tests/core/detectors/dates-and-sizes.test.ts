import { describe, expect, it } from 'vitest';
import { parseMoment } from '../../../src/core/detectors/calendar.js';
import { datesOutOfOrder } from '../../../src/core/detectors/dates-out-of-order.js';
import { jpegCodingFacts } from '../../../src/core/detectors/jpeg-coding-facts.js';
import { sizesDiffer } from '../../../src/core/detectors/sizes-differ.js';
import type { ExifField, XmpPacket } from '../../../src/core/evidence/evidence.js';
import { MEDIA_TYPES } from '../../../src/core/media/media-types.js';
import { evidence, facts } from '../../support/literals.js';
import { toldSignals } from '../../support/localized.js';

const field = (block: ExifField['block'], name: string, value: ExifField['value']): ExifField => ({
  block,
  name,
  value,
});
const TAKEN = field('Exif', 'DateTimeOriginal', '2026:05:03 10:20:30');
const xmp = (values: Record<string, string>): XmpPacket[] => [
  {
    locator: 'APP1 XMP',
    properties: Object.entries(values).map(([path, value]) => ({
      path,
      namespace: 'n',
      name: path,
      value,
      form: 'attribute',
    })),
  },
];

describe('dates out of order', () => {
  const dates = (found: Parameters<typeof evidence>[0]) =>
    toldSignals(datesOutOfOrder.detect(evidence(found), facts()));

  it('shows both, each with its place', () => {
    expect(dates({ exif: [TAKEN, field('IFD0', 'ModifyDate', '2025:01:01 00:00:00')] })).toEqual([
      {
        id: 'file.dates.outOfOrder',
        backing: 'inferred',
        value: 'IFD0 ModifyDate 2025:01:01 00:00:00 is before Exif DateTimeOriginal 2026:05:03 10:20:30',
        facts: [
          { name: 'Exif DateTimeOriginal', value: '2026:05:03 10:20:30' },
          { name: 'IFD0 ModifyDate', value: '2025:01:01 00:00:00' },
        ],
        basis: [
          { carrier: 'exif', locator: 'Exif DateTimeOriginal' },
          { carrier: 'exif', locator: 'IFD0 ModifyDate' },
        ],
      },
    ]);
  });

  it.each([
    ['a satellite’s other day', { exif: [TAKEN, field('GPS', 'GPSDateStamp', '2026:04:03')] }],
    ['XMP', { exif: [TAKEN], xmp: xmp({ 'xmp:CreateDate': '2026-04-30T10:20:30Z' }) }],
    [
      'a container',
      {
        bmffMeta: [
          { key: 'com.apple.quicktime.creationdate', value: '2026-05-03T10:20:30+0200', system: 'mdta' },
          { key: 'creation_time', value: '2020-01-01T00:00:00Z', system: 'mvhd' },
        ],
      },
    ],
  ])('are seen in %s', (_name, found) => {
    expect(dates(found)).toMatchObject([{ id: 'file.dates.outOfOrder' }]);
  });

  it.each([
    ['a later change', { exif: [TAKEN, field('IFD0', 'ModifyDate', '2026:06:01 00:00:00')] }],
    [
      'a change within zones and a day',
      { exif: [TAKEN, field('IFD0', 'ModifyDate', '2026:05:02 08:00:00')] },
    ],
    ['the satellite’s day beside midnight', { exif: [TAKEN, field('GPS', 'GPSDateStamp', '2026:05:02')] }],
    ['zeros', { exif: [TAKEN, field('IFD0', 'ModifyDate', '0000:00:00 00:00:00')] }],
    ['a month alone', { exif: [TAKEN], xmp: xmp({ 'xmp:CreateDate': '2026-05' }) }],
    ['blanks', { exif: [field('Exif', 'DateTimeOriginal', '    :  :     :  :  ')] }],
    [
      'a container’s clock at zero',
      {
        bmffMeta: [
          { key: 'com.apple.quicktime.creationdate', value: '2026-05-03T10:20:30+0200', system: 'mdta' },
          { key: 'creation_time', value: '1904-01-01T00:00:00Z', system: 'mvhd' },
        ],
      },
    ],
    ['a far future alone', { exif: [field('Exif', 'DateTimeOriginal', '2999:01:01 00:00:00')] }],
  ])('are not %s', (_name, found) => {
    expect(dates(found)).toEqual([]);
  });

  it.each([
    ['1970-01-01T00:00:00Z', 'xmp:ModifyDate'],
    // The same moment in a time zone west of Greenwich.
    ['1969-12-31T19:00:00-05:00', 'xmp:ModifyDate'],
    ['1980-01-01T00:03:10', 'xmp:CreateDate'],
    ['2000-01-01T00:00:00', 'xmp:ModifyDate'],
    ['1904-01-01T00:00:00Z', 'xmp:MetadataDate'],
  ])('are no contradiction where %s says that a clock was not set', (value, path) => {
    expect(dates({ exif: [TAKEN], xmp: xmp({ [path]: value }) })).toMatchObject([
      {
        id: 'file.dates.unsetClock',
        value: value.slice(0, 10),
        facts: [{ name: path, value }],
        basis: [{ carrier: 'xmp', locator: `APP1 XMP: ${path}` }],
      },
    ]);
  });

  it('tell of one unset clock once, however many fields hold its date', () => {
    const taken = { 'exif:DateTimeOriginal': '2019-10-03T10:20:30', 'photoshop:DateCreated': '2019-10-03' };
    const written = { 'xmp:CreateDate': '1970-01-01', 'xmp:ModifyDate': '1970-01-01T00:00:00Z' };
    expect(
      dates({
        exif: [field('Exif', 'DateTimeOriginal', '2019:10:03 10:20:30')],
        xmp: xmp({ ...taken, ...written }),
      }),
    ).toMatchObject([{ id: 'file.dates.unsetClock', basis: [{}, {}] }]);
  });

  it('tell of a clock that ran over its end, and of a satellite receiver that had no time yet', () => {
    const [over] = dates({
      exif: [
        field('Exif', 'DateTimeOriginal', '2036:02:07 06:28:16'),
        field('IFD0', 'ModifyDate', '2024:05:01 10:00:00'),
      ],
    });
    expect(over).toMatchObject({
      id: 'file.dates.unsetClock',
      basis: [{ locator: 'Exif DateTimeOriginal' }],
    });
    expect(dates({ exif: [TAKEN, field('GPS', 'GPSDateStamp', '1980:01:06')] })).toMatchObject([
      { id: 'file.dates.unsetClock', value: '1980-01-06' },
    ]);
  });

  it('say nothing of an old picture that was dated by its year, nor of New Year’s Day 2000', () => {
    expect(dates({ xmp: xmp({ 'photoshop:DateCreated': '1970-01-01' }) })).toEqual([]);
    expect(
      dates({
        exif: [
          field('Exif', 'DateTimeOriginal', '2000:01:01 00:12:00'),
          field('IFD0', 'ModifyDate', '2000:01:01 00:12:00'),
        ],
      }),
    ).toEqual([]);
  });

  it('tell once of one date that does not fit several others', () => {
    const found = dates({
      exif: [TAKEN, field('IFD0', 'ModifyDate', '2025:01:01 00:00:00')],
      xmp: xmp({
        'exif:DateTimeOriginal': '2026-05-03T10:20:30',
        'xmp:CreateDate': '2025-01-01T00:00:00',
        'xmp:ModifyDate': '2025-02-01T00:00:00',
      }),
    });
    expect(found).toMatchObject([
      {
        id: 'file.dates.outOfOrder',
        value: expect.stringMatching(
          /^IFD0 ModifyDate .*, xmp:CreateDate .*, xmp:ModifyDate .* are before Exif DateTimeOriginal /,
        ),
        basis: [
          { locator: 'Exif DateTimeOriginal' },
          { locator: 'IFD0 ModifyDate' },
          { locator: 'APP1 XMP: xmp:CreateDate' },
          { locator: 'APP1 XMP: xmp:ModifyDate' },
        ],
      },
    ]);
  });

  it('tells a day that is in no calendar', () => {
    expect(dates({ exif: [field('Exif', 'DateTimeOriginal', '2026:02:30 10:20:30')] })).toMatchObject([
      { id: 'file.dates.impossible', value: 'Exif DateTimeOriginal 2026:02:30 10:20:30' },
    ]);
    expect(parseMoment('2024:02:29 00:00:00')).not.toBe('impossible');
    expect(parseMoment('2026:13:01 00:00:00')).toBe('impossible');
    expect(parseMoment('2026-05-03T24:00:00Z')).not.toBe('impossible');
    expect(parseMoment('3 May 2026')).toBeUndefined();
  });
});

describe('sizes', () => {
  const streams = { tracks: [{ kind: 'image' as const, width: 320, height: 240 }] };
  const sizes = (
    found: Parameters<typeof evidence>[0],
    mediaType = MEDIA_TYPES.jpg as (typeof MEDIA_TYPES)['jpg' | 'tif'],
  ) => toldSignals(sizesDiffer.detect(evidence({ streams, ...found }), facts({ mediaType })));
  const exif = (width: number, height: number) => [
    field('Exif', 'ExifImageWidth', width),
    field('Exif', 'ExifImageHeight', height),
  ];

  it('that differ are shown with both places', () => {
    expect(sizes({ exif: exif(4000, 3000) })).toMatchObject([
      {
        id: 'file.sizesDiffer',
        value: '4000×3000 stated, 320×240 found',
        basis: [{ locator: 'Exif ExifImageWidth' }, { carrier: 'streams' }],
      },
    ]);
    expect(sizes({ xmp: xmp({ 'tiff:ImageWidth': '640', 'tiff:ImageLength': '480' }) })).toHaveLength(1);
  });

  it('that are the same, turned, not known or of another picture say nothing', () => {
    expect(sizes({ exif: exif(320, 240) })).toEqual([]);
    expect(sizes({ exif: exif(240, 320) })).toEqual([]);
    expect(sizes({ exif: exif(0, 0) })).toEqual([]);
    expect(sizes({ exif: exif(4000, 3000) }, MEDIA_TYPES.tif)).toEqual([]);
  });

  it('in a generator’s settings count, but not where it scaled the picture', () => {
    const text = (more: string) => ({
      pngText: [
        {
          chunk: 'tEXt' as const,
          keyword: 'parameters',
          text: `a cat\nSteps: 20, Sampler: Euler a, Seed: 1, Size: 512x512${more}`,
          offset: 33,
          afterImageData: false,
        },
      ],
    });
    expect(sizes(text(''))).toHaveLength(1);
    expect(sizes(text(', Hires upscale: 2'))).toEqual([]);
  });
});

describe('how a JPEG is coded', () => {
  // At quality 50 the standard's luminance table is used unchanged, in zigzag order.
  const K1 = [
    16, 11, 12, 14, 12, 10, 16, 14, 13, 14, 18, 17, 16, 19, 24, 40, 26, 24, 22, 22, 24, 49, 35, 37, 29, 40,
    58, 51, 61, 60, 57, 51, 56, 55, 64, 72, 92, 78, 64, 68, 87, 69, 55, 56, 80, 109, 81, 87, 95, 98, 103, 104,
    103, 62, 77, 113, 121, 112, 100, 120, 92, 101, 103, 99,
  ];
  const coded = (values: number[], progressive = false) =>
    toldSignals(
      jpegCodingFacts.detect(
        evidence({
          jpegCoding: {
            progressive,
            width: 8,
            height: 8,
            subsampling: '4:2:0',
            tables: [{ id: 0, values, offset: 20 }],
          },
        }),
        facts(),
      ),
    );

  it('names the standard’s tables with their quality, others not', () => {
    expect(coded(K1)).toMatchObject([
      {
        id: 'file.jpeg.tables',
        value: 'standard tables at quality 50',
        facts: [{ value: '50' }, { name: 'subsampling', value: '4:2:0' }],
        basis: [{ locator: 'DQT 0', offset: 20 }],
      },
    ]);
    expect(coded([...K1.slice(0, 63), 98])).toMatchObject([{ value: 'own tables' }]);
    expect(coded([])).toMatchObject([{ value: 'own tables' }]);
  });

  it('says when it is progressive', () => {
    expect(coded(K1, true).map((s) => s.id)).toEqual(['file.jpeg.tables', 'file.jpeg.progressive']);
  });
});

import { describe, expect, it } from 'vitest';
import { cameraExif } from '../../../src/core/detectors/camera-exif.js';
import { cameraLocation } from '../../../src/core/detectors/camera-location.js';
import { cameraMakerNote } from '../../../src/core/detectors/camera-maker-note.js';
import { cameraNamed } from '../../../src/core/detectors/camera-named.js';
import { cameraPersonal } from '../../../src/core/detectors/camera-personal.js';
import { cameraScanner } from '../../../src/core/detectors/camera-scanner.js';
import { cameraTraces } from '../../../src/core/detectors/camera-traces.js';
import { detectAll } from '../../../src/core/detectors/detector.js';
import { DETECTORS } from '../../../src/core/detectors/index.js';
import { SIGNAL_ORIGINS } from '../../../src/core/detectors/signal-origins.js';
import type { ContainerTag, ExifField, XmpPacket } from '../../../src/core/evidence/evidence.js';
import { MEDIA_TYPES } from '../../../src/core/media/media-types.js';
import type { Signal } from '../../../src/core/report/signal.js';
import { evidence, facts } from '../../support/literals.js';

const field = (block: ExifField['block'], name: string, value: ExifField['value']): ExifField => ({
  block,
  name,
  value,
});
const tag = (key: string, value: string, system = 'mdta'): ContainerTag => ({ key, value, system });
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
const traces = (found: Parameters<typeof evidence>[0]) =>
  [cameraTraces, cameraScanner].flatMap(({ detect }) =>
    detect(evidence(found), facts({ mediaType: MEDIA_TYPES.jpg })),
  );

describe('camera traces', () => {
  it('give make and model of a phone’s recording', () => {
    expect(
      traces({
        bmffMeta: [
          tag('com.android.version', '14'),
          tag('com.android.manufacturer', 'Example'),
          tag('com.android.model', 'One'),
        ],
      }),
    ).toMatchObject([
      { id: 'camera.androidVideo', value: 'Example One', basis: [{}, {}, { row: 'android-keys' }] },
    ]);
    expect(
      traces({
        bmffMeta: [
          tag('com.apple.quicktime.make', 'Apple'),
          tag('com.apple.quicktime.model', 'iPhone 15'),
          tag('com.apple.quicktime.software', '17.3'),
        ],
      }),
    ).toMatchObject([
      { id: 'camera.appleVideo', value: 'Apple iPhone 15', facts: [{}, {}, { value: '17.3' }] },
    ]);
    // A screen recording on a computer only has the software field.
    expect(traces({ bmffMeta: [tag('com.apple.quicktime.software', 'macOS 15')] })).toEqual([]);
  });

  it.each([
    [
      'Voice Memos',
      { bmffMeta: [tag('©too', 'com.apple.VoiceMemos (iPad Version 14)', 'iTunes')] },
      'recorder.voiceMemo',
    ],
    ['a recorder', { broadcastWave: [tag('Originator', 'ZOOM F6', 'bext')] }, 'recorder.broadcastWave'],
    ['Google’s camera fields', { xmp: xmp({ 'GCamera:MotionPhoto': '1' }) }, 'camera.googleFields'],
    ['HDR+', { exif: [field('IFD0', 'Software', 'HDR+ 1.0.540104767zd')] }, 'camera.googleFields'],
    ['a scanner by its number', { exif: [field('Exif', 'FileSource', 2)] }, 'camera.scanner'],
    ['a scanner by hexadecimal', { exif: [field('Exif', 'FileSource', '01')] }, 'camera.scanner'],
    ['a scanning program', { exif: [field('IFD0', 'Software', 'EPSON Scan')] }, 'camera.hint.scanner'],
  ])('name %s', (_name, found, id) => {
    expect(traces(found).map((s) => s.id)).toEqual([id]);
  });

  it.each([
    ['a digital camera’s FileSource', { exif: [field('Exif', 'FileSource', 3)] }],
    ['its other spelling', { exif: [field('Exif', 'FileSource', '03')] }],
    ['a sound editor', { broadcastWave: [tag('Originator', 'Pro Tools', 'bext')] }],
  ])('do not take %s for one', (_name, found) => {
    expect(traces(found)).toEqual([]);
  });

  it('take a name for a hint only', () => {
    const called = (name: string) =>
      cameraTraces.detectName?.({ name }, { bytes: 1, mediaType: 'image/png', fittingHints: [] });
    expect(called('Screenshot_20260503-102030.png')).toMatchObject([
      { id: 'camera.hint.screenshot', grade: 'C' },
    ]);
    expect(called('screenshots.png')).toEqual([]);
  });
});

describe('a camera’s name', () => {
  const named = (found: Parameters<typeof evidence>[0], before: Signal[] = []) =>
    cameraNamed.detect(evidence(found), facts(), undefined, before).map(({ value }) => value);

  it.each([
    [
      'make and model',
      { exif: [field('IFD0', 'Make', 'Canon'), field('IFD0', 'Model', 'EOS R5')] },
      'Canon EOS R5',
    ],
    ['a make alone', { exif: [field('IFD0', 'Make', 'Canon')] }, 'Canon'],
    ['a model alone', { exif: [field('IFD0', 'Model', 'NIKON D90')] }, 'NIKON D90'],
    ['DNG', { exif: [field('IFD0', 'UniqueCameraModel', 'SONY ILCE-7M3')] }, 'SONY ILCE-7M3'],
    [
      'a maker that stands in the model too',
      { exif: [field('IFD0', 'Make', 'NIKON CORPORATION'), field('IFD0', 'Model', 'NIKON D90')] },
      'NIKON D90',
    ],
    ['XMP', { xmp: xmp({ 'tiff:Make': 'Apple', 'tiff:Model': 'iPhone 15' }) }, 'Apple iPhone 15'],
    [
      'user data',
      { bmffMeta: [tag('©mak', 'Canon', 'udta'), tag('©mod', 'EOS 80D', 'udta')] },
      'Canon EOS 80D',
    ],
    ['Samsung’s box', { bmffMeta: [tag('smta:mdln', 'SM-A136U', 'udta')] }, 'SM-A136U'],
    ['Apple’s keys', { bmffMeta: [tag('com.apple.quicktime.model', 'iPhone 15')] }, 'iPhone 15'],
  ] satisfies [string, Parameters<typeof evidence>[0], string][])('is told of %s', (_name, found, value) => {
    expect(named(found)).toEqual([value]);
  });

  it.each([
    ['nothing', { exif: [field('IFD0', 'Make', '   '), field('IFD0', 'Model', 'unknown')] }],
    ['numbers alone', { exif: [field('IFD0', 'Model', '0000')] }],
    ['a scanner', { exif: [field('IFD0', 'Make', 'EPSON'), field('IFD0', 'Model', 'Perfection V600')] }],
    [
      'a printer that scans',
      { exif: [field('IFD0', 'Make', 'HP'), field('IFD0', 'Model', 'OfficeJet 8010')] },
    ],
    ['an editor', { exif: [field('IFD0', 'Make', 'Picasa')] }],
    ['a generator', { exif: [field('IFD0', 'Make', 'Stability AI'), field('IFD0', 'Model', 'SDXL')] }],
    ['a graph', { exif: [field('IFD0', 'Model', 'prompt:{}')] }],
    ['a sentence', { exif: [field('IFD0', 'Model', 'x'.repeat(200))] }],
    ['a lens', { exif: [field('Exif', 'LensMake', 'Canon')] }],
  ] satisfies [string, Parameters<typeof evidence>[0]][])('is none in %s', (_name, found) => {
    expect(named(found)).toEqual([]);
  });

  it('is not told again where the fields of a photo have told it, nor of a scanner', () => {
    const photo = [
      field('IFD0', 'Make', 'Canon'),
      field('IFD0', 'Model', 'EOS R5'),
      field('Exif', 'FNumber', 4),
      field('Exif', 'ISO', 100),
    ];
    const told = cameraExif.detect(evidence({ exif: photo }), facts());
    expect(named({ exif: photo }, told)).toEqual([]);
    const scanner = told.map((one) => ({ ...one, id: 'camera.scanner' as const }));
    expect(named({ exif: photo }, scanner)).toEqual([]);
  });

  it('states no capture', () => {
    const { signals } = detectAll(DETECTORS, evidence({ exif: [field('IFD0', 'Model', 'EOS R5')] }), facts());
    const [only] = signals;
    expect(signals).toHaveLength(1);
    expect(only && SIGNAL_ORIGINS.isCapture(only)).toBe(false);
    expect(only && SIGNAL_ORIGINS.originOf(only)).toBeUndefined();
  });
});

describe('makers of the note', () => {
  const note = (make: string, value: string) =>
    cameraMakerNote.detect(
      evidence({ exif: [field('IFD0', 'Make', make), field('Exif', 'MakerNote', value)] }),
      facts(),
    );
  const nikon = Buffer.from('Nikon\0\u0002\u0010\0\0MM').toString('hex');

  it('are set against Make', () => {
    expect(note('Canon', nikon)).toMatchObject([{ id: 'camera.makerNoteMismatch', basis: [{}, {}] }]);
    expect(note('NIKON CORPORATION', nikon)).toEqual([]);
    expect(note('Apple', 'FUJIFILM...')).toHaveLength(1);
  });

  it('say nothing where a supplier is shared, the make unknown or the note another’s', () => {
    expect(note('LEICA', 'Panasonic....')).toEqual([]);
    expect(note('Assay Optics', nikon)).toEqual([]);
    expect(note('Canon', '1f000100000000')).toEqual([]);
  });
});

describe('place and person', () => {
  const GPS = [
    field('GPS', 'GPSLatitudeRef', 'S'),
    field('GPS', 'GPSLatitude', [48, 30, 36]),
    field('GPS', 'GPSLongitudeRef', 'W'),
    field('GPS', 'GPSLongitude', [2, 0, 0]),
  ];
  const where = (found: Parameters<typeof evidence>[0]) => cameraLocation.detect(evidence(found), facts());

  it.each([
    ['EXIF', { exif: GPS }],
    ['XMP', { xmp: xmp({ 'exif:GPSLatitude': '48,30.6S', 'exif:GPSLongitude': '2,0.0W' }) }],
    ['Apple’s key', { bmffMeta: [tag('com.apple.quicktime.location.ISO6709', '-48.5100-002.0000+010/')] }],
    ['user data', { bmffMeta: [tag('©xyz', '-48.5100-002.0000/', 'udta')] }],
  ])('is read from %s into masked facts alone', (_name, found) => {
    const [signal] = where(found);
    expect(signal).toMatchObject({
      id: 'camera.location',
      facts: [
        { name: 'latitude', value: '-48.510000', personal: 'location' },
        { name: 'longitude', value: '-2.000000', personal: 'location' },
      ],
    });
    expect(JSON.stringify({ ...signal, facts: [] })).not.toContain('48');
  });

  it('is none without numbers, with zeros, or past the poles', () => {
    const at = (latitude: number[], longitude: number[]) =>
      where({ exif: [field('GPS', 'GPSLatitude', latitude), field('GPS', 'GPSLongitude', longitude)] });
    expect(at([Number.NaN, 0, 0], [1, 0, 0])).toEqual([]);
    expect(at([0, 0, 0], [0, 0, 0])).toEqual([]);
    expect(at([91, 0, 0], [0, 0, 0])).toEqual([]);
    expect(at([48], [2])).toHaveLength(1);
  });

  it('keeps serial numbers and names in masked facts', () => {
    const signals = cameraPersonal.detect(
      evidence({
        exif: [
          field('Exif', 'SerialNumber', 'SN-0012345'),
          field('Exif', 'LensSerialNumber', 7788),
          field('IFD0', 'Artist', 'Alex Example'),
        ],
        xmp: xmp({ 'dc:creator[1]': 'Alex Example' }),
      }),
      facts(),
    );
    expect(signals).toMatchObject([
      { id: 'camera.serials', facts: [{ value: 'SN-0012345', personal: 'serial' }, { value: '7788' }] },
      { id: 'camera.names', facts: [{ personal: 'names' }, { value: 'Alex Example' }] },
    ]);
    expect(JSON.stringify(signals.map((s) => ({ ...s, facts: [] })))).not.toMatch(/Alex|0012345|7788/);
  });

  it('takes a dash for no name', () => {
    expect(
      cameraPersonal.detect(
        evidence({ exif: [field('IFD0', 'Artist', ' '), field('IFD0', 'OwnerName', 'N/A')] }),
        facts(),
      ),
    ).toEqual([]);
  });
});

it('gives the lens with the camera’s fields', () => {
  const exif = [
    field('IFD0', 'Make', 'Canon'),
    field('IFD0', 'Model', 'Canon EOS 40D'),
    field('Exif', 'ExposureTime', 0.01),
    field('Exif', 'FNumber', 7.1),
    field('Exif', 'LensModel', 'EF 50mm'),
  ];
  expect(cameraExif.detect(evidence({ exif }), facts())).toMatchObject([
    { facts: [{ name: 'lens', value: 'EF 50mm' }] },
  ]);
});

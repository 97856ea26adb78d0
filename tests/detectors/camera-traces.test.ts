import { describe, expect, it } from 'vitest';
import { cameraExif } from '../../src/core/detectors/camera-exif.js';
import { cameraLocation } from '../../src/core/detectors/camera-location.js';
import { cameraMakerNote } from '../../src/core/detectors/camera-maker-note.js';
import { cameraPersonal } from '../../src/core/detectors/camera-personal.js';
import { cameraScanner } from '../../src/core/detectors/camera-scanner.js';
import { cameraTraces } from '../../src/core/detectors/camera-traces.js';
import type { ContainerTag, ExifField, XmpPacket } from '../../src/core/evidence/evidence.js';
import { MEDIA_TYPES } from '../../src/core/media/media-types.js';
import { evidence, facts } from '../literals.js';

const field = (block: ExifField['block'], name: string, value: ExifField['value']): ExifField => ({
  block,
  name,
  value,
});
const tag = (key: string, value: string, system = 'mdta'): ContainerTag => ({ key, value, system });
const xmp = (values: Record<string, string>): XmpPacket[] => [
  {
    place: 'APP1 XMP',
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
    // A screen recording on a computer has the software alone.
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
    ['a screenshot', { exif: [field('Exif', 'UserComment', 'Screenshot')] }, 'camera.hint.screenshot'],
  ])('name %s', (_name, found, id) => {
    expect(traces(found).map((s) => s.id)).toEqual([id]);
  });

  it.each([
    ['a digital camera’s FileSource', { exif: [field('Exif', 'FileSource', 3)] }],
    ['its other spelling', { exif: [field('Exif', 'FileSource', '03')] }],
    ['a sound editor', { broadcastWave: [tag('Originator', 'Pro Tools', 'bext')] }],
    ['a comment on screenshots', { exif: [field('Exif', 'UserComment', 'Screenshot of a cat')] }],
  ])('do not take %s for one', (_name, found) => {
    expect(traces(found)).toEqual([]);
  });

  it('take a name for a hint only', () => {
    const called = (name: string) =>
      cameraTraces.ofName?.({ name }, { bytes: 1, mediaType: 'image/png', fittingHints: [] });
    expect(called('Screenshot_20260503-102030.png')).toMatchObject([
      { id: 'camera.hint.screenshot', grade: 'C' },
    ]);
    expect(called('screenshots.png')).toEqual([]);
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

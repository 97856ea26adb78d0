import { readValue } from '../media/carrier.js';
import { NOT_A_CAMERA } from '../signatures/cameras.js';
import { defineDetector } from './detector.js';
import { deviceName, exifTextOf } from './exif-field.js';

/** Fields that a camera writes together when it takes a picture. */
const EXPOSURE = [
  'ExposureTime',
  'FNumber',
  'ISO',
  'PhotographicSensitivity',
  'FocalLength',
  'ShutterSpeedValue',
  'ApertureValue',
] as const;
const FEWEST_EXPOSURE_FIELDS = 2;

/** Weak: EXIF is plain text that anyone can copy, and editors keep it. Alone it never decides `origin`. */
export const cameraExif = defineDetector({
  id: 'camera-exif',
  needs: ['exif'],
  raises: ['camera.exif'],
  detect({ exif }) {
    const fields = readValue(exif) ?? [];
    const make = exifTextOf(fields, 'IFD0', 'Make');
    const model = exifTextOf(fields, 'IFD0', 'Model');
    const exposure = EXPOSURE.filter((name) => fields.some((f) => f.block === 'Exif' && f.name === name));
    if (!make || !model || NOT_A_CAMERA.test(make) || NOT_A_CAMERA.test(model)) return [];
    if (exposure.length < FEWEST_EXPOSURE_FIELDS) return [];
    const lens = exifTextOf(fields, 'Exif', 'LensModel');
    return [
      {
        id: 'camera.exif',
        backing: 'inferred',
        value: deviceName(make, model) ?? model,
        ...(lens === undefined ? {} : { facts: [{ name: 'lens', value: lens }] }),
        basis: [
          { carrier: 'exif', place: 'IFD0 Make, Model' },
          { carrier: 'exif', place: `Exif ${exposure.join(', ')}` },
        ],
      },
    ];
  },
});

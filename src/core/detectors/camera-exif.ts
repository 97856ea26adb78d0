import { foundValue } from '../media/carrier.js';
import { NOT_A_CAMERA } from '../signatures/cameras.js';
import { defineDetector } from './detector.js';
import { joinDeviceName, readExifText } from './exif-field.js';

/** Fields that cameras write together when taking a picture. */
const EXPOSURE = [
  'ExposureTime',
  'FNumber',
  'ISO',
  'PhotographicSensitivity',
  'FocalLength',
  'ShutterSpeedValue',
  'ApertureValue',
] as const;
const MIN_EXPOSURE_FIELDS = 2;

/** Weak evidence: EXIF is plain text that anyone can copy and that editors preserve. Alone it never decides `origin`. */
export const cameraExif = defineDetector({
  id: 'camera-exif',
  needs: ['exif'],
  raises: ['camera.exif'],
  detect({ exif }) {
    const fields = foundValue(exif) ?? [];
    const make = readExifText(fields, 'IFD0', 'Make');
    const model = readExifText(fields, 'IFD0', 'Model');
    const exposure = EXPOSURE.filter((name) => fields.some((f) => f.block === 'Exif' && f.name === name));
    if (!make || !model || NOT_A_CAMERA.test(make) || NOT_A_CAMERA.test(model)) return [];
    if (exposure.length < MIN_EXPOSURE_FIELDS) return [];
    const lens = readExifText(fields, 'Exif', 'LensModel');
    return [
      {
        id: 'camera.exif',
        backing: 'inferred',
        value: joinDeviceName(make, model) ?? model,
        ...(lens === undefined ? {} : { facts: [{ name: 'lens', value: lens }] }),
        basis: [
          { carrier: 'exif', locator: 'IFD0 Make, Model' },
          { carrier: 'exif', locator: `Exif ${exposure.join(', ')}` },
        ],
      },
    ];
  },
});

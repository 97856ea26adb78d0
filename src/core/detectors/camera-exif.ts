import { defineDetector } from '../detector.js';
import { type ExifField, readValue } from '../evidence.js';

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

/** Generators write into Make and Model too: ComfyUI its graph, others their own name. */
const NOT_A_CAMERA = /^(prompt|workflow) ?:|^black forest labs$|^ideogram/i;

/** Weak: EXIF is plain text that anyone can copy, and editors keep it. Alone it never decides `origin`. */
export const cameraExif = defineDetector({
  id: 'camera-exif',
  needs: ['exif'],
  raises: ['camera.exif'],
  detect({ exif }) {
    const fields = readValue(exif) ?? [];
    const make = textOf(fields, 'IFD0', 'Make');
    const model = textOf(fields, 'IFD0', 'Model');
    const exposure = EXPOSURE.filter((name) => fields.some((f) => f.block === 'Exif' && f.name === name));
    if (!make || !model || NOT_A_CAMERA.test(make) || NOT_A_CAMERA.test(model)) return [];
    if (exposure.length < FEWEST_EXPOSURE_FIELDS) return [];
    return [
      {
        id: 'camera.exif',
        backing: 'inferred',
        value: model.toLowerCase().startsWith(make.toLowerCase()) ? model : `${make} ${model}`,
        basis: [
          { carrier: 'exif', place: 'IFD0 Make, Model' },
          { carrier: 'exif', place: `Exif ${exposure.join(', ')}` },
        ],
      },
    ];
  },
});

const MOST_NAME_CHARACTERS = 120;

function textOf(fields: ExifField[], block: ExifField['block'], name: string): string | undefined {
  const value = fields.find((f) => f.block === block && f.name === name)?.value;
  const text = typeof value === 'string' ? value.trim() : '';
  return text === '' || text.length > MOST_NAME_CHARACTERS ? undefined : text;
}

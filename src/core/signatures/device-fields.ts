import type { Carrier } from '../media/carrier.js';

/** Fields with the make and model of a device: plain text that editors retain and anyone can write. */
export interface DeviceField {
  carrier: Carrier;
  make: ReadonlySet<string>;
  model: ReadonlySet<string>;
  source: string;
}

export const DEVICE_FIELDS: readonly DeviceField[] = [
  {
    carrier: 'exif',
    make: new Set(['Make']),
    // DNG stores the model under a name that is unique to the camera and may omit Model.
    model: new Set(['Model', 'UniqueCameraModel', 'LocalizedCameraModel']),
    source: 'EXIF 3.0 4.6.5; TIFF/EP; DNG 1.7 UniqueCameraModel',
  },
  {
    carrier: 'xmp',
    make: new Set(['tiff:Make']),
    model: new Set(['tiff:Model']),
    source: 'XMP Specification Part 2, tiff',
  },
  {
    carrier: 'bmffMeta',
    make: new Set([
      ...['©mak', '@mak', 'manu', 'make', 'com.apple.quicktime.make', 'com.android.manufacturer'],
      'com.apple.proapps.manufacturer',
    ]),
    model: new Set([
      ...['©mod', '©mdl', '@mod', 'modl', 'cmnm', 'CNMN', 'smta:mdln', 'model'],
      ...['com.apple.quicktime.model', 'com.android.model'],
    ]),
    source: 'QuickTime File Format, user data and metadata keys; ExifTool QuickTime.pm and Samsung.pm (smta)',
  },
];

/** Scanners and printers, which also write Make and Model but take no photos. */
export const NON_CAMERA_MODEL =
  /\b(scan(ner|jet|snap|gear)?|canoscan|coolscan|perfection|flextight|opticfilm|(laser|office|desk)jet|workcentre|imagerunner|bizhub|multifunction|mfp)\b|^(LiDE|DCP-|MFC-|fi-\d{4})/i;

/** Programs that write their own name instead of a camera's. */
export const NON_CAMERA_MAKE =
  /^(adobe|gimp|picasa|microsoft|imagemagick|inkscape|blender|snipaste|opencv)\b/i;

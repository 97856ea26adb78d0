import type { Carrier } from '../media/carrier.js';

/** Where files name the maker and the model of a device: plain text that editors keep and anyone can write. */
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
    // DNG keeps the model under a name that no other camera has, and may leave Model out.
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

/** Scanners and printers write Make and Model as well, and take no photos. */
export const NO_CAMERA_MODEL =
  /\b(scan(ner|jet|snap|gear)?|canoscan|coolscan|perfection|flextight|opticfilm|(laser|office|desk)jet|workcentre|imagerunner|bizhub|multifunction|mfp)\b|^(LiDE|DCP-|MFC-|fi-\d{4})/i;

/** Programs that put their own name where a camera's would stand. */
export const NO_CAMERA_MAKE =
  /^(adobe|gimp|picasa|microsoft|imagemagick|inkscape|blender|snipaste|opencv)\b/i;

import type { Detector } from '../detector.js';
import { c2paValidation } from './c2pa-validation.js';
import { cameraExif } from './camera-exif.js';
import { digitalSourceType } from './digital-source-type.js';
import { gb45438ImplicitLabel } from './gb45438-implicit-label.js';
import { generatorSignature } from './generator-signature.js';
import { mediaTypeMismatch } from './media-type-mismatch.js';
import { severalAssets } from './several-assets.js';

/** In Report order. */
export const DETECTORS: readonly Detector[] = [
  c2paValidation,
  digitalSourceType,
  gb45438ImplicitLabel,
  generatorSignature,
  cameraExif,
  severalAssets,
  mediaTypeMismatch,
];

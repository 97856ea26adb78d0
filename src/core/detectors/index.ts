import type { Detector } from '../detector.js';
import { c2paDeclarations } from './c2pa-declarations.js';
import { c2paSoftBindings } from './c2pa-soft-bindings.js';
import { c2paValidation } from './c2pa-validation.js';
import { cameraExif } from './camera-exif.js';
import { cawgIdentity } from './cawg-identity.js';
import { conformance } from './conformance.js';
import { digitalSourceType } from './digital-source-type.js';
import { enginesDisagree } from './engines-disagree.js';
import { gb45438ImplicitLabel } from './gb45438-implicit-label.js';
import { generatorSignature } from './generator-signature.js';
import { mediaTypeMismatch } from './media-type-mismatch.js';
import { rubricSignals } from './rubric-signals.js';
import { severalAssets } from './several-assets.js';

/** In Report order. */
export const DETECTORS: readonly Detector[] = [
  c2paValidation,
  rubricSignals,
  conformance,
  enginesDisagree,
  digitalSourceType,
  c2paDeclarations,
  c2paSoftBindings,
  cawgIdentity,
  gb45438ImplicitLabel,
  generatorSignature,
  cameraExif,
  severalAssets,
  mediaTypeMismatch,
];

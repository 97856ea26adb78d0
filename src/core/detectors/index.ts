import { aiText } from './ai-text.js';
import { c2paDeclarations } from './c2pa-declarations.js';
import { c2paDisclosure } from './c2pa-disclosure.js';
import { c2paSoftBindings } from './c2pa-soft-bindings.js';
import { c2paValidation } from './c2pa-validation.js';
import { cameraExif } from './camera-exif.js';
import { cameraLocation } from './camera-location.js';
import { cameraMakerNote } from './camera-maker-note.js';
import { cameraNamed } from './camera-named.js';
import { cameraPersonal } from './camera-personal.js';
import { cameraScanner } from './camera-scanner.js';
import { cameraTraces } from './camera-traces.js';
import { cawgIdentity } from './cawg-identity.js';
import { conformance } from './conformance.js';
import { datesOutOfOrder } from './dates-out-of-order.js';
import type { Detector } from './detector.js';
import { digitalSourceType } from './digital-source-type.js';
import { editorHistory } from './editor-history.js';
import { editorTraces } from './editor-traces.js';
import { enginesDisagree } from './engines-disagree.js';
import { gb45438ImplicitLabel } from './gb45438-implicit-label.js';
import { generatorSignature } from './generator-signature.js';
import { iptcCredit } from './iptc-credit.js';
import { iptcProperties } from './iptc-properties.js';
import { jpegCodingFacts } from './jpeg-coding-facts.js';
import { mediaTypeMismatch } from './media-type-mismatch.js';
import { pixelProof } from './pixel-proof.js';
import { pixelThumbnail } from './pixel-thumbnail.js';
import { pixelWatermark } from './pixel-watermark.js';
import { platformHints } from './platform-hints.js';
import { platformTraces } from './platform-traces.js';
import { rubricSignals } from './rubric-signals.js';
import { severalAssets } from './several-assets.js';
import { sizesDiffer } from './sizes-differ.js';
import { stealthText } from './stealth-text.js';
import { videoAudioTraces } from './video-audio-traces.js';
import { visibleMarks } from './visible-marks.js';

/** All detectors, in Report order. */
export const DETECTORS: readonly Detector[] = [
  c2paValidation,
  rubricSignals,
  conformance,
  enginesDisagree,
  digitalSourceType,
  c2paDeclarations,
  c2paDisclosure,
  c2paSoftBindings,
  cawgIdentity,
  gb45438ImplicitLabel,
  iptcProperties,
  iptcCredit,
  generatorSignature,
  videoAudioTraces,
  cameraExif,
  cameraMakerNote,
  cameraTraces,
  cameraScanner,
  cameraNamed,
  cameraLocation,
  cameraPersonal,
  editorTraces,
  editorHistory,
  platformTraces,
  platformHints,
  datesOutOfOrder,
  sizesDiffer,
  jpegCodingFacts,
  pixelProof,
  stealthText,
  pixelWatermark,
  pixelThumbnail,
  visibleMarks,
  severalAssets,
  aiText,
  mediaTypeMismatch,
];

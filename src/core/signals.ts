/**
 * The closed list of signal ids. Each reads as a fact; docs/signals.md is generated from it.
 * Terms of C2PA, IPTC and GB 45438 are verbatim.
 */

import { INCEPTION_ROWS, TRANSFORMATION_ROWS } from './rubric-rows.js';
import { CAMERA_SIGNALS } from './signals-camera.js';
import { DISCLOSURE_SIGNALS } from './signals-disclosure.js';
import { EDITOR_SIGNALS } from './signals-editors.js';
import { FILE_SIGNALS } from './signals-file.js';
import { GB45438_SIGNALS } from './signals-gb45438.js';
import { GENERATOR_SIGNALS } from './signals-generators.js';
import { LABEL_SIGNALS } from './signals-labels.js';
import { PIXEL_SIGNALS } from './signals-pixels.js';
import { VIDEO_AUDIO_SIGNALS } from './signals-video-audio.js';

/** IPTC digitalSourceType (release 2024-10-23, CC BY 4.0) and the two C2PA values. */
export const DIGITAL_SOURCE_TYPES = [
  'trainedAlgorithmicMedia',
  'compositeWithTrainedAlgorithmicMedia',
  'compositeSynthetic',
  'trainedAlgorithmicData',
  'virtualRecording',
  'composite',
  'digitalArt',
  'algorithmicMedia',
  'algorithmicallyEnhanced',
  'dataDrivenMedia',
  'digitalCreation',
  'humanEdits',
  'minorHumanEdits',
  'softwareImage',
  'digitalCapture',
  'computationalCapture',
  'compositeCapture',
  'screenCapture',
  'negativeFilm',
  'positiveFilm',
  'print',
  'empty',
] as const;
export type DigitalSourceType = (typeof DIGITAL_SOURCE_TYPES)[number];

type TypeIds<P extends string> = `${P}.digitalSourceType.${DigitalSourceType | 'unrecognised'}`;

function typeRows<P extends string>(prefix: P, where: string): Record<TypeIds<P>, string> {
  const rows = [...DIGITAL_SOURCE_TYPES, 'unrecognised' as const].map((term) => [
    `${prefix}.digitalSourceType.${term}`,
    term === 'unrecognised'
      ? `${where} carries a digitalSourceType that is not in the vocabulary; the value is shown as written.`
      : `${where} declares digitalSourceType ${term}.`,
  ]);
  return Object.fromEntries(rows) as Record<TypeIds<P>, string>;
}

function rubricRows() {
  return { ...INCEPTION_ROWS, ...TRANSFORMATION_ROWS };
}

export const SIGNALS = {
  'c2pa.present': 'The file carries a C2PA manifest store.',
  'c2pa.remote': 'The file points to Content Credentials kept elsewhere; they were not fetched.',
  'c2pa.unreadable': 'There is a C2PA manifest store, and it could not be read.',
  'c2pa.integrity.intact':
    'The active manifest’s signature, every hashed URI and its hard binding match this file.',
  'c2pa.binding.leavesOutMore':
    'The hard binding leaves out more bytes than the manifest store takes: those may have changed without a trace.',
  'c2pa.integrity.altered': 'Bytes that the active manifest covers have changed since it was signed.',
  'c2pa.integrity.undetermined': 'Whether the file changed since signing could not be determined.',
  'c2pa.ingredient.altered': 'A manifest of an ingredient does not match what it was made for.',
  'c2pa.engines.disagree':
    'Two C2PA engines gave different answers on presence or validation codes; the value names both sides.',
  'c2pa.signer.named': 'The active manifest’s certificate names a signer.',
  'c2pa.signer.official': 'The signer’s certificate chains to the C2PA official trust list.',
  'c2pa.signer.interim':
    'The signer’s certificate is on or chains to the interim trust list (frozen 2026-01-01).',
  'c2pa.signer.private': 'The signer’s certificate chains to an anchor that the operator installed.',
  'c2pa.signer.unlisted':
    'The signer’s certificate is on none of the installed lists: anyone can make such a one.',
  'c2pa.signer.revoked': 'An answer attached to the signature says that the certificate was revoked.',
  'c2pa.conformance.disallowedSignal':
    'The signer’s product may not claim what this manifest claims, by its record in the conforming products list.',
  'c2pa.time.proven':
    'A timestamp from a listed authority proves that the signature was made no later than it says.',
  'c2pa.time.stamped': 'A timestamp that matches the signature is attached.',
  'c2pa.time.expiredWithoutTimestamp':
    'The signer’s certificate has run out and no trusted timestamp proves when it was used.',
  ...rubricRows(),
  ...typeRows('c2pa', 'A C2PA action'),
  ...typeRows('iptc', 'XMP (Iptc4xmpExt:DigitalSourceType)'),
  'c2pa.declaration.microsoftAiImage':
    'A C2PA action in Microsoft’s form: software agent “Image Creator from Designer”, description “AI Generated Image”.',
  'c2pa.declaration.blackForestLabs':
    'A C2PA assertion in Black Forest Labs’ form (c2pa.ai_generated_content) says ai_generated: true.',
  'c2pa.declaration.adobeFirefly':
    'A C2PA assertion of Adobe (com.adobe.generative-ai) in a manifest that Adobe Firefly wrote names Adobe Firefly.',
  'c2pa.declaration.aiDisclosure':
    'A C2PA assertion (c2pa.ai-disclosure) names an AI model that took part; it does not say how much of the content is its work.',
  'c2pa.declaration.suno':
    'A C2PA assertion that others have observed in files from Suno, a music generator (com.suno.provenance).',
  'c2pa.declaration.dreamina':
    'The claim generator calls itself Dreamina; others have observed that in files from that generator.',
  'c2pa.trainingMining':
    'A C2PA or CAWG assertion says whether the content may be used for data mining or AI training. It says nothing of how the content was made.',
  'c2pa.softBinding.fingerprint':
    'A C2PA soft binding gives a fingerprint computed from the content, to find its manifest again.',
  'c2pa.softBinding.unrecognised':
    'A C2PA soft binding names an algorithm that is not in the table; it is shown as written.',
  'watermark.declared':
    'A C2PA soft binding says that an invisible watermark is in the content; it was not looked for.',
  'watermark.action':
    'A C2PA action says that a watermark was put into the content; it was not looked for. It does not mean AI.',
  'cawg.identity.present':
    'A CAWG identity assertion is there: somebody other than the signer may state a role in this content.',
  'cawg.identity.wellFormed':
    'The CAWG identity’s own signature and references match; whether its issuer may be relied on was not checked.',
  'cawg.identity.notCheckable':
    'The CAWG identity could not be checked here: that needs the network, a CAWG list or a method the engine lacks.',
  'cawg.identity.malformed':
    'The CAWG identity assertion breaks a rule of its own format; the codes are shown. That is no fault of the file.',
  'cawg.identity.outsideValidity':
    'The CAWG identity’s credential was revoked, or its dates or timestamp do not fit; the codes are shown.',
  'cawg.identity.invalid':
    'The CAWG identity’s signature does not match, or it was made for other assertions than these.',
  ...GB45438_SIGNALS,
  ...GENERATOR_SIGNALS,
  ...VIDEO_AUDIO_SIGNALS,
  ...CAMERA_SIGNALS,
  ...LABEL_SIGNALS,
  ...EDITOR_SIGNALS,
  ...PIXEL_SIGNALS,
  ...DISCLOSURE_SIGNALS,
  ...FILE_SIGNALS,
} as const satisfies Record<string, string>;

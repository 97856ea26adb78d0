import type { ContentCredentials } from '../../../../src/core/report/report.js';

/** Members that are compared between the engines. */
export type Verdict = Pick<ContentCredentials, 'presence' | 'integrity' | 'ingredientIntegrity'>;

export interface KnownDifference {
  /** Path below fixtures/ or the corpus folder. */
  file: string;
  native: Verdict;
  wasm: Verdict;
  reason: string;
}

/** Same verdicts with different codes: the content of a second opinion. */
export interface KnownCodeDifference {
  /** Path below fixtures/ or the corpus folder. */
  file: string;
  differences: readonly string[];
  reason: string;
}

const prefixedSvg = (file: string): KnownDifference => ({
  file,
  native: { presence: 'unsupported' },
  wasm: { presence: 'absent' },
  reason: 'c2pa-rs 0.91 refuses an SVG whose root has a prefix; 0.92 reads it. There is no store in it.',
});

/** Differences in the corpus of real files; docs/engines.md describes them. */
export const CORPUS_DIFFERENCES: readonly KnownDifference[] = [
  prefixedSvg('dec-2026/LAION-AI+Open-Assistant/assets/open assistant hexagon sticker EN.svg'),
  prefixedSvg('dec-2026/prefix_xmp.svg'),
];

export const FIXTURE_DIFFERENCES: readonly KnownDifference[] = [
  prefixedSvg('hostile/svg-prefixed-root.svg'),
  prefixedSvg('labels/svg-prefixed-xmp.svg'),
  {
    file: 'c2pa/pdf-c2pa-embedded-only.pdf',
    native: { presence: 'present', integrity: 'intact' },
    wasm: { presence: 'unreadable' },
    reason: 'Neither engine reaches the store; Assay hands it to native, and WASM has no call for that.',
  },
  {
    file: 'c2pa/pdf-c2pa-two-stores.pdf',
    native: { presence: 'present', integrity: 'intact' },
    wasm: { presence: 'unreadable' },
    reason:
      'Both engines take the older of two stores; Assay hands the newest to native, and WASM has no call for that.',
  },
];

const otherPurpose = (file: string): KnownCodeDifference => ({
  file,
  differences: ['-signingCredential.invalid'],
  reason:
    'c2pa-rs 0.91 refuses a certificate that is for no purpose of its list (“certificate missing required EKU”), 0.92 does not. It says nothing of the bytes.',
});

export const FIXTURE_CODE_DIFFERENCES: readonly KnownCodeDifference[] = [
  otherPurpose('c2pa/jpeg-c2pa-document-signer.jpg'),
];

const VALIDATOR_MEDIA = 'ms-c2pa-extension-validator/test/media';
/** Microsoft’s older certificates. */
export const CORPUS_CODE_DIFFERENCES: readonly KnownCodeDifference[] = [
  'bing_creator_cloud_surfing_puppy.jpg',
  'cards_expired_with_timestamp.jpg',
  'cards_expired_with_untrusted_timestamp.jpg',
  'cards_trusted.avif',
  'cards_trusted.jpg',
  'cards_trusted.mp4',
  'cards_trusted.svg',
  'cards_trusted.webp',
  'cards_untrusted.jpg',
  'cicadas_trusted.mp3',
  'cicadas_trusted.wav',
].map((name) => otherPurpose(`${VALIDATOR_MEDIA}/${name}`));

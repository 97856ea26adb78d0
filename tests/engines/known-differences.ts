import type { ContentCredentials } from '../../src/core/report/report.js';

/** What is held equal between the engines. */
export type Verdict = Pick<ContentCredentials, 'presence' | 'integrity' | 'ingredientIntegrity'>;

export interface KnownDifference {
  /** Below fixtures/ or the corpus folder. */
  file: string;
  native: Verdict;
  wasm: Verdict;
  reason: string;
}

const EXCLUSION_CHECK =
  'c2pa-rs 0.91 adds a check that the excluded range is just the manifest and reports a mismatch; 0.90 has no such check. The bytes did not change, so Assay calls the newer answer undetermined.';

const truepic = (name: string): KnownDifference => ({
  file: `c2pa-public-testfiles/truepic-20230212-${name}.jpg`,
  native: { presence: 'present', integrity: 'intact' },
  wasm: { presence: 'present', integrity: 'undetermined' },
  reason: EXCLUSION_CHECK,
});

/** In the corpus of real files. docs/engines.md tells the same in words. */
export const CORPUS_DIFFERENCES: readonly KnownDifference[] = [
  truepic('camera'),
  truepic('landscape'),
  truepic('library'),
  {
    file: 'c2pa-rs/sdk/tests/fixtures/id3v23_compression_underflow.mp3',
    native: { presence: 'unreadable' },
    wasm: { presence: 'absent' },
    reason: 'c2pa-rs 0.90 panics in its ID3 library on this file; 0.91 reads it.',
  },
];

export const FIXTURE_DIFFERENCES: readonly KnownDifference[] = [
  {
    file: 'c2pa/jpeg-c2pa-status-bytes.jpg',
    native: { presence: 'unreadable' },
    wasm: { presence: 'present', integrity: 'intact' },
    reason: 'c2pa-rs 0.90 refuses a store with a c2pa.certificate-status in byte strings; 0.91 reads it.',
  },
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

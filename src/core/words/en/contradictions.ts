import type { ContradictionSentences, Speaker } from '../sentence.js';

/** What is said of two statements that do not go together, English: whose each is, and what each says. */
export const contradictions: ContradictionSentences = {
  captureAndGeneration: (capture, generation) =>
    `${speaker(capture)} says it was photographed or recorded; ${lower(speaker(generation))} says it was made with AI.`,
  gbCopies: (fields) =>
    fields.length === 0
      ? 'Two copies of the Chinese AI label (GB 45438) in this file say different things.'
      : `Two copies of the Chinese AI label (GB 45438) in this file say different things in ${fields.join(', ')}.`,
  iptcCopies: (one, other) =>
    `The label IPTC digitalSourceType stands in this file more than once and says different things: ${one} and ${other}.`,
  silentManifest: (label) =>
    `${speaker(label)} says that AI was used; the Content Credentials, which match this file, list what was done to it and do not mention AI. Both can hold where the label was there before they were made.`,
  conformance:
    'The Content Credentials claim what the signer’s product may not claim, by its record in the conforming products list.',
};

const SPEAKERS = {
  manifest: 'A manifest in the Content Credentials',
  'iptc-credit': 'The credit line (IPTC)',
  iptc: 'The XMP label (IPTC digitalSourceType)',
  gb45438: 'The Chinese AI label (GB 45438)',
  exif: 'The camera data (EXIF)',
  camera: 'The camera data',
  recorder: 'The recorder’s data',
  watermark: 'A watermark in the pixels',
  proof: 'A signature over the pixels',
} as const satisfies Record<Extract<Speaker, string>, string>;

function speaker(one: Speaker): string {
  if (typeof one === 'string') return SPEAKERS[one];
  if ('label' in one) return one.label ? `The AI label of ${one.label}` : 'The platform’s AI label';
  return one.trace === undefined ? 'The generator’s settings' : `The trace of ${one.trace}`;
}

function lower(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1);
}

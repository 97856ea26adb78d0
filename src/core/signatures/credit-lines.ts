import type { SignatureRow } from './row.js';

/**
 * IPTC Credit lines (IIM 2:110, XMP photoshop:Credit) as written by AI tools. The whole line must match, because a
 * photographer may be named “Google” or “Gemini” and picture desks write free text.
 */

const CREDIT = {
  carriers: ['iptcIim', 'xmp'],
  field: /^(?:2:110|photoshop:Credit)$/,
  shape: 'line',
} as const;
const PHOTOS = 'Google Photos, strings of the decompiled app';

export const CREDIT_LINES = [
  {
    id: 'iptc-credit-google-made',
    signal: 'iptc.credit.googleMade',
    tool: 'Google',
    proves: 'generated',
    ...CREDIT,
    pattern: /^Made with Google AI$/,
    grade: 'D',
    source: PHOTOS,
  },
  {
    id: 'iptc-credit-google-made-by',
    signal: 'iptc.credit.googleMade',
    tool: 'Google',
    proves: 'generated',
    ...CREDIT,
    pattern: /^Made by Google AI$/,
    grade: 'O',
    source: 'older wording, seen by others in public pictures',
  },
  {
    id: 'iptc-credit-google-edited',
    signal: 'iptc.credit.googleEdited',
    tool: 'Google Photos, Gemini',
    proves: 'edited',
    ...CREDIT,
    pattern: /^Edited with Google AI$/,
    grade: 'D',
    source: `${PHOTOS}; a public Gemini PNG of 2025-11-28`,
  },
  {
    id: 'iptc-credit-apple-clean-up',
    signal: 'iptc.credit.appleCleanUp',
    tool: 'Apple Photos (Clean Up)',
    proves: 'edited',
    ...CREDIT,
    pattern: /^Apple Photos Clean Up$/,
    grade: 'D',
    source: 'strings of Apple’s frameworks',
  },
  {
    id: 'iptc-credit-apple-generative-edit',
    signal: 'iptc.credit.appleCleanUp',
    tool: 'Apple Photos (Clean Up)',
    proves: 'edited',
    ...CREDIT,
    pattern: /^Apple Photos Generative Edit: Clean Up$/,
    grade: 'O',
    source: 'wiltodelta/remove-ai-watermarks documentation',
  },
  {
    id: 'iptc-credit-apple-image-playground',
    signal: 'iptc.credit.appleImagePlayground',
    tool: 'Apple Image Playground',
    proves: 'tool',
    ...CREDIT,
    pattern: /^Apple Image Playground$/,
    grade: 'C',
    source: 'press reports; no sample seen',
  },
] as const satisfies readonly SignatureRow[];

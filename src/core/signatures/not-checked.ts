import type { Kind } from '../media-types.js';

/** What no file reader can tell without the vendor's own detector. Links are for people; Assay calls none of them. */
export interface UncheckedMark {
  what: string;
  why: string;
  ask?: string;
  link?: string;
  kinds: readonly Kind[];
}

export const UNCHECKED_MARKS = [
  {
    what: 'SynthID watermark',
    why: 'Only the vendor’s own detector can read it.',
    ask: 'Google (Gemini app, SynthID Detector) and, for OpenAI content, OpenAI',
    link: 'https://openai.com/verify',
    kinds: ['image', 'video', 'audio'],
  },
  {
    what: 'TrustMark and other invisible watermarks',
    why: 'Reading them needs a model that is not part of Assay. A watermark is not itself a statement of AI origin.',
    ask: 'The maker of the watermark',
    kinds: ['image', 'video'],
  },
  {
    what: 'AudioSeal and other inaudible watermarks',
    why: 'Reading them needs a model that is not part of Assay.',
    ask: 'The maker of the watermark',
    kinds: ['audio'],
  },
  {
    what: 'Visible and audible marks',
    why: 'Assay reads what a file states in its data, not what its picture shows or its sound says.',
    kinds: ['image', 'video', 'audio'],
  },
] as const satisfies readonly UncheckedMark[];

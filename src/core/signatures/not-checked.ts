import type { Kind } from '../media-types.js';

/** What no file reader can tell without the vendor's own detector. Links are for people; Assay calls none of them. */
export interface UncheckedMark {
  what: string;
  why: string;
  ask?: string;
  link?: string;
  kinds: readonly Kind[];
}

/** What Assay could look for in this file and was not asked to. */
export const UNASKED_PIXELS = {
  what: 'Watermarks of the Stable Diffusion and FLUX reference pipelines',
  why: 'They stand in the pixels, which are decoded only when that is asked for.',
  ask: 'Inspect again with “--deep”, or with the box “Look at the pixels too”',
} as const satisfies Omit<UncheckedMark, 'kinds'>;

/** Of each watermark that a manifest declares by a registered name; the name is its maker’s own. */
export const DECLARED_WATERMARK = {
  why: 'The Content Credentials state that this watermark is in the content. It was not looked for: reading it needs its maker’s detector.',
} as const;

/** What needs the network or a list, and so may be left unchecked of Content Credentials. */
export const UNCHECKED_CREDENTIALS = {
  revocation: {
    what: 'Revocation',
    why: 'No answer that covers the time is attached, and none was fetched: whether the signer’s certificate was revoked is not known.',
  },
  trustLists: {
    what: 'Trust lists',
    /** Where the Report gives no reason of its own. */
    why: 'The signer was not matched against trust lists.',
    ask: 'Install lists with “assay trust update” or “assay trust import”',
  },
  remote: {
    what: 'Remote Content Credentials',
    why: 'The address in the file was not fetched.',
    ask: 'Fetch it yourself if you trust the address',
  },
} as const satisfies Record<string, Omit<UncheckedMark, 'kinds'>>;

const DETECTOR = 'Only the maker’s own detector can read it.';
/** Rows of the same `why` and without a link of their own stand together on the page. */
const OTHERS = 'Only their makers’ detectors, or models that are not part of Assay, can read them.';

export const UNCHECKED_MARKS = [
  {
    what: 'SynthID watermark (Google; OpenAI since May 2026)',
    why: DETECTOR,
    ask: 'Google (Gemini app, SynthID Detector) and, for OpenAI content, OpenAI',
    link: 'https://openai.com/verify',
    kinds: ['image', 'video', 'audio'],
  },
  {
    what: 'TrustMark watermark (Adobe Content Authenticity)',
    why: 'Reading it needs a model that is not part of Assay, and what it stands for is looked up at its maker. It leads to Content Credentials and says nothing of AI by itself.',
    ask: 'Adobe (Inspect, “search for possible matches”)',
    link: 'https://contentauthenticity.adobe.com/inspect',
    kinds: ['image'],
  },
  { what: 'Content Seal, Stable Signature (Meta)', why: OTHERS, kinds: ['image', 'video'] },
  { what: 'VideoSeal, PixelSeal, Watermark Anything', why: OTHERS, kinds: ['image', 'video'] },
  { what: 'rivaGan', why: OTHERS, kinds: ['image'] },
  { what: 'AudioSeal, PerTh, WavMark', why: OTHERS, kinds: ['audio', 'video'] },
  { what: 'Digimarc, IMATAG, Microsoft InvisMark', why: OTHERS, kinds: ['image'] },
  { what: 'NexGuard (NAGRA), Verimatrix, Teletrax (Kinetiq)', why: OTHERS, kinds: ['video'] },
  {
    what: 'Visible and audible marks',
    why: 'Assay reads what a file states in its data, not what its picture shows or its sound says.',
    kinds: ['image', 'video', 'audio'],
  },
] as const satisfies readonly UncheckedMark[];

type Row =
  | typeof UNASKED_PIXELS
  | (typeof UNCHECKED_CREDENTIALS)[keyof typeof UNCHECKED_CREDENTIALS]
  | (typeof UNCHECKED_MARKS)[number];
/** Every text of the rows: another language that lacks one does not compile. */
export type UncheckedText =
  | Row['what' | 'why']
  | (typeof DECLARED_WATERMARK)['why']
  | Extract<Row, { ask: string }>['ask'];

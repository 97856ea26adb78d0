/** Words of a manifest that declare a watermark, besides the registered algorithms. None of them says how the content was made. */

/** C2PA 2.2 table 8 and later: an invisible watermark was put in, bound to the manifest or not. */
export const WATERMARK_ACTIONS = [
  'c2pa.watermarked',
  'c2pa.watermarked.bound',
  'c2pa.watermarked.unbound',
] as const;

/** Actions of other names whose description says that a watermark was put in; the whole description is matched. */
export interface WatermarkDescription {
  action: string;
  description: string;
  grade: 'V' | 'S' | 'D' | 'O';
  source: string;
}

export const WATERMARK_DESCRIPTIONS = [
  {
    action: 'c2pa.edited',
    description: 'Applied imperceptible SynthID watermark.',
    grade: 'V',
    source: 'enslo/sd-metadata samples/c2pa/png/gemini_3.1pro.png',
  },
] as const satisfies readonly WatermarkDescription[];

/**
 * Edits that a signer records as `c2pa.edited` and whose own words say that a mark was put in and nothing else, one row a
 * description. They change no more of the content than `c2pa.watermarked` does. Grades as in generators.ts.
 */
export interface WatermarkEdit {
  /** The whole description of the action. */
  description: string;
  /** As a Report names such a step. */
  step: MarkStep;
  grade: 'V' | 'S' | 'D' | 'O';
  source: string;
}

/** An action with what its description says it was. */
export const MARK_STEPS = ['c2pa.edited (visible watermark)', 'c2pa.edited (invisible watermark)'] as const;
export type MarkStep = (typeof MARK_STEPS)[number];

export const WATERMARK_EDITS = [
  {
    description: 'Added visible watermark',
    step: 'c2pa.edited (visible watermark)',
    grade: 'V',
    source: 'Pictures of Google Gemini, 2026 (enslo/sd-metadata samples/c2pa/png/gemini_3.1pro.png)',
  },
  {
    description: 'Applied imperceptible SynthID watermark.',
    step: 'c2pa.edited (invisible watermark)',
    grade: 'V',
    source: 'Pictures of Google Gemini, 2026 (enslo/sd-metadata samples/c2pa/png/gemini_3.1pro.png)',
  },
] as const satisfies readonly WatermarkEdit[];

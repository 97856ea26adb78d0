import { WATERMARK_ACTIONS } from './soft-bindings.js';

/**
 * Steps whose description states that only a watermark was added, one row per wording. They change the content no more
 * than `c2pa.watermarked` does. Grades as in generators.ts.
 */
export interface WatermarkEdit {
  /** Matches the whole description of the action. */
  words: RegExp;
  /** Name of the step in a Report. */
  step: WatermarkStep;
  grade: 'V' | 'S' | 'D' | 'O';
  source: string;
}

/** Actions with the kind of watermark given in their description. */
export const WATERMARK_STEPS = [
  'c2pa.edited (visible watermark)',
  'c2pa.edited (invisible watermark)',
  'c2pa.edited (watermark)',
] as const;
export type WatermarkStep = (typeof WATERMARK_STEPS)[number];

/** Target of the watermark: `… to the audio`. */
const TARGET_PATTERN = '( to (the )?(image|picture|video|audio|content))?';
const CONTENT_PATTERN = '(image|picture|video|audio|media|content)';
const whole = (words: string) => new RegExp(`^${words}\\.?$`, 'i');

export const WATERMARK_EDITS: readonly WatermarkEdit[] = [
  {
    words: whole(`(added|applied)( a)? visible watermark${TARGET_PATTERN}`),
    step: 'c2pa.edited (visible watermark)',
    grade: 'V',
    source: 'Pictures of Google Gemini, 2026 (enslo/sd-metadata samples/c2pa/png/gemini_3.1pro.png)',
  },
  {
    words: whole(
      `(added|applied|embedded)( an)? (imperceptible|invisible)( synthid)?( digital)? watermark${TARGET_PATTERN}`,
    ),
    step: 'c2pa.edited (invisible watermark)',
    grade: 'V',
    source:
      'Pictures of Google Gemini, 2026: “Applied imperceptible SynthID watermark.” (enslo/sd-metadata samples/c2pa/png/gemini_3.1pro.png), “Added imperceptible SynthID watermark” (pranayr710/c2pa-ai-detector img/gemini_img.png)',
  },
  {
    words: whole(`${CONTENT_PATTERN} watermarked`),
    step: 'c2pa.edited (watermark)',
    grade: 'O',
    source: 'Reported of signed pictures in December 2026',
  },
];

interface EditStep {
  action: string;
  description?: string | undefined;
}

const EDITED = 'c2pa.edited';
const WATERMARKED: ReadonlySet<string> = new Set(WATERMARK_ACTIONS);

/**
 * Returns the watermark that a step added, by its description; `undefined` for any other step. The standard's action
 * for invisible watermarks may only be called visible by its description.
 */
export function detectWatermarkStep({ action, description = '' }: EditStep): WatermarkStep | undefined {
  if (action !== EDITED && !WATERMARKED.has(action)) return undefined;
  const step = WATERMARK_EDITS.find(({ words }) => words.test(description))?.step;
  return action === EDITED || step === 'c2pa.edited (visible watermark)' ? step : undefined;
}

export const isInvisibleWatermarkStep = (one: EditStep): boolean =>
  detectWatermarkStep(one) === 'c2pa.edited (invisible watermark)';

/** Returns whether a step added a watermark, by its standard action or its description. */
export const isWatermarkStep = (one: EditStep): boolean =>
  WATERMARKED.has(one.action) || detectWatermarkStep(one) !== undefined;

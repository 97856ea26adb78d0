import { WATERMARK_ACTIONS } from './soft-bindings.js';

/**
 * Steps of which the signer's own words say that a mark was put in and nothing else, one row a form of words. They change no more
 * of the content than `c2pa.watermarked` does. Grades as in generators.ts.
 */
export interface WatermarkEdit {
  /** Fits the whole description of the action. */
  words: RegExp;
  /** As a Report names such a step. */
  step: MarkStep;
  grade: 'V' | 'S' | 'D' | 'O';
  source: string;
}

/** An action with what its description says it was. */
export const MARK_STEPS = [
  'c2pa.edited (visible watermark)',
  'c2pa.edited (invisible watermark)',
  'c2pa.edited (watermark)',
] as const;
export type MarkStep = (typeof MARK_STEPS)[number];

/** Where a mark went: `… to the audio`. */
const PLACE = '( to (the )?(image|picture|video|audio|content))?';
const CONTENT = '(image|picture|video|audio|media|content)';
const whole = (words: string) => new RegExp(`^${words}\\.?$`, 'i');

export const WATERMARK_EDITS: readonly WatermarkEdit[] = [
  {
    words: whole(`(added|applied)( a)? visible watermark${PLACE}`),
    step: 'c2pa.edited (visible watermark)',
    grade: 'V',
    source: 'Pictures of Google Gemini, 2026 (enslo/sd-metadata samples/c2pa/png/gemini_3.1pro.png)',
  },
  {
    words: whole(
      `(added|applied|embedded)( an)? (imperceptible|invisible)( synthid)?( digital)? watermark${PLACE}`,
    ),
    step: 'c2pa.edited (invisible watermark)',
    grade: 'V',
    source:
      'Pictures of Google Gemini, 2026: “Applied imperceptible SynthID watermark.” (enslo/sd-metadata samples/c2pa/png/gemini_3.1pro.png), “Added imperceptible SynthID watermark” (pranayr710/c2pa-ai-detector img/gemini_img.png)',
  },
  {
    words: whole(`${CONTENT} watermarked`),
    step: 'c2pa.edited (watermark)',
    grade: 'O',
    source: 'Reported of signed pictures in December 2026',
  },
];

interface Step {
  action: string;
  description?: string | undefined;
}

const EDITED = 'c2pa.edited';
const WATERMARKED: ReadonlySet<string> = new Set(WATERMARK_ACTIONS);

/**
 * The mark that a step put in, in its own words; undefined where it is another step. An action of the standard's own for
 * invisible watermarks is one that words alone can say to be visible.
 */
export function markStep({ action, description = '' }: Step): MarkStep | undefined {
  if (action !== EDITED && !WATERMARKED.has(action)) return undefined;
  const step = WATERMARK_EDITS.find(({ words }) => words.test(description))?.step;
  return action === EDITED || step === 'c2pa.edited (visible watermark)' ? step : undefined;
}

export const isInvisibleMark = (one: Step): boolean => markStep(one) === 'c2pa.edited (invisible watermark)';

/** A step that put in a watermark, by its name in the standard or by its words. */
export const isMark = (one: Step): boolean => WATERMARKED.has(one.action) || markStep(one) !== undefined;

import { CARRIERS } from '../../core/media/carrier.js';
import { FINGERPRINT_STEPS, type ReadingStep } from '../../core/report/analyze-options.js';

export type NamedStep = Pick<ReadingStep, 'step'> & { engine?: ReadingStep['engine'] | undefined };

/** Every step a reading process can be in. */
export const STEPS: readonly ReadingStep['step'][] = [
  'open',
  'detect',
  'inside',
  'visible',
  ...CARRIERS,
  ...FINGERPRINT_STEPS,
];

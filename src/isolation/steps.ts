import { CARRIERS } from '../core/media/carrier.js';
import { LIKENESS_STEPS, type Step } from '../core/report/analyze-options.js';

export type NamedStep = Pick<Step, 'step'> & { engine?: Step['engine'] | undefined };

/** Every step a reading process can be in. */
export const STEPS: readonly Step['step'][] = ['open', 'detect', 'inside', ...CARRIERS, ...LIKENESS_STEPS];

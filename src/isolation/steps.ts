import type { Step } from '../core/analyze-options.js';
import { CARRIERS } from '../core/evidence.js';

export type NamedStep = Pick<Step, 'step'> & { engine?: Step['engine'] | undefined };

/** Every step a reading process can be in. */
export const STEPS: readonly Step['step'][] = ['open', 'hash', 'detect', ...CARRIERS];

import type { SampleName } from '../../samples/samples.js';

/** Of the guide for whoever has inspected nothing yet. */
export interface FirstUseWords {
  heading: string;
  steps: readonly string[];
  samples: string;
  samplesTerms: string;
  sample: Record<SampleName, { button: string; shows: string }>;
  lacking: string;
  doctor: string;
}

import type { VisibleMarkRow } from './row.js';

/** English notice, as in the icon of the EU's code of practice. */
export const AI_GENERATED_WORDS = {
  id: 'visible-ai-generated-words',
  signal: 'visible.text',
  service: 'services that use the EU icon',
  corners: ['lowerRight', 'lowerLeft', 'upperLeft'],
  look: {
    kind: 'words',
    pattern: /(?<![A-Za-z])A[Il1|][-‐–]?generated(?![A-Za-z])/iu,
  },
  grade: 'C',
  source: 'EU Code of Practice on marking, June 2026: icon AI GENERATED',
} as const satisfies VisibleMarkRow;

import type { VisibleMarkRow } from './row.js';

/** Notice in videos of Pika. */
export const PIKA_WORDS = {
  id: 'visible-pika-words',
  signal: 'visible.text',
  service: 'Pika',
  corners: ['lowerRight', 'upperLeft'],
  look: {
    kind: 'words',
    pattern: /MadewithPika/iu,
  },
  grade: 'S',
  source: 'Videos of Pika: MADE WITH PIKA, which moves between corners',
} as const satisfies VisibleMarkRow;

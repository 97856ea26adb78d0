import type { VisibleMarkRow } from './row.js';

/** Italian notice of Galaxy AI. */
export const SAMSUNG_ITALIAN_WORDS = {
  id: 'visible-samsung-italian-words',
  signal: 'visible.text',
  service: 'Samsung Galaxy AI',
  corners: ['lowerLeft'],
  look: {
    kind: 'words',
    pattern: /Contenutigeneratidall['’‘]?A?[Il1|]?/iu,
  },
  grade: 'S',
  source: 'Notice on pictures of Galaxy telephones set to Italian; other languages were not seen',
} as const satisfies VisibleMarkRow;
